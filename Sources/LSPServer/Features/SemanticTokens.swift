import Diagnostics
import JSONCore
import PlanReading
import YAMLSource

/// The kinds of words in a plan, for colours.
enum SemanticTokens {
  static let types = ["property", "class", "variable", "string", "number", "keyword", "namespace"]
  static let modifiers = ["definition"]

  /// A word: where it stands, and its places in the two lists.
  struct Token {
    let span: SourceSpan
    let type: Int
    let isDefinition: Bool
  }

  /// The tokens of a tree: names by what they name, keys, and values.
  static func tokens(_ root: YAMLNode, _ names: PlanNames?) -> [Token] {
    var tokens: [Token] = []
    var named: [SourcePosition: PlanMention] = [:]
    let own = (names?.mentions ?? []).filter { $0.span.file == root.span.file }
    for mention in own { named[mention.span.start] = mention }
    var placed: Set<SourcePosition> = []
    func add(_ span: SourceSpan, _ type: Int) {
      guard span.start.line == span.end.line, placed.insert(span.start).inserted else { return }
      if let mention = named[span.start] {
        let type = mention.kind == .column || mention.kind == .attribute ? 2 : 1
        tokens.append(Token(span: mention.span, type: type, isDefinition: mention.isDefinition))
      } else {
        tokens.append(Token(span: span, type: type, isDefinition: false))
      }
    }
    func walk(_ node: YAMLNode) {
      switch node.content {
      case .mapping(let pairs):
        for pair in pairs {
          add(pair.keySpan, 0)
          walk(pair.value)
        }
      case .sequence(let items): for item in items { walk(item) }
      case .scalar(let scalar):
        let inside = node.words.filter { named[$0.span.start] != nil }
        // A condition is coloured name by name.
        if inside.count > 0, named[node.nameSpan.start]?.span != node.nameSpan {
          for word in inside { add(word.span, 2) }
        } else if scalar.style != .block {
          let kind = ScalarKind(scalar)
          add(
            kind == .text ? node.nameSpan : node.span, kind == .number ? 4 : kind == .boolean ? 5 : 3)
        }
      }
    }
    walk(root)
    return tokens.sorted { $0.span.start < $1.span.start }
  }
}

extension Desk {
  func semanticTokens(_ document: OpenDocument) -> JSONValue {
    guard let root = analysis(of: document).root else { return ["data": []] }
    var data: [JSONValue] = []
    var last = TextPosition(line: 0, character: 0)
    for token in SemanticTokens.tokens(root, names(document)) where token.span.start < token.span.end {
      let range = document.text.range(of: token.span, encoding)
      guard range.start.line == range.end.line, range.start >= last else { continue }
      let isSameLine = range.start.line == last.line
      data += [
        .number(range.start.line - last.line),
        .number(isSameLine ? range.start.character - last.character : range.start.character),
        .number(range.end.character - range.start.character), .number(token.type),
        .number(token.isDefinition ? 1 : 0),
      ]
      last = range.start
    }
    return ["data": .array(data)]
  }
}
