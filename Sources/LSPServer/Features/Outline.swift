import Diagnostics
import JSONCore
import YAMLSource

/// The outline of a plan: symbols, stretches that fold, selections that grow.
extension Desk {
  func symbols(_ document: OpenDocument) -> JSONValue {
    guard let root = analysis(of: document).root else { return [] }
    if client.hasNestedSymbols { return .array((root.pairs ?? []).map { symbol($0, 1, document) }) }
    var flat: [JSONValue] = []
    for section in root.pairs ?? [] {
      flat.append(flatSymbol(section, nil, document))
      for pair in section.value.pairs ?? [] { flat.append(flatSymbol(pair, section.key, document)) }
    }
    return .array(flat)
  }

  private func symbol(_ pair: YAMLPair, _ depth: Int, _ document: OpenDocument) -> JSONValue {
    var object = JSONObject([
      ("name", .string(pair.key.isEmpty ? " " : pair.key)), ("kind", .number(Self.kind(pair, depth))),
      ("range", document.text.range(of: pair.wholeSpan, encoding).json),
      ("selectionRange", document.text.range(of: pair.keySpan, encoding).json),
    ])
    if let text = pair.value.scalar?.text, !text.isEmpty {
      object["detail"] = .string(String(text.prefix { $0 != "\n" }.prefix(60)))
    }
    let isDeep = depth >= 4
    if let pairs = pair.value.pairs, !pairs.isEmpty, !isDeep {
      object["children"] = .array(pairs.map { symbol($0, depth + 1, document) })
    }
    return .object(object)
  }

  private func flatSymbol(_ pair: YAMLPair, _ section: String?, _ document: OpenDocument) -> JSONValue {
    var object = JSONObject([
      ("name", .string(pair.key.isEmpty ? " " : pair.key)),
      ("kind", .number(Self.kind(pair, section == nil ? 1 : 2))),
      (
        "location",
        ["uri": .string(document.uri), "range": document.text.range(of: pair.wholeSpan, encoding).json]
      ),
    ])
    object["containerName"] = section.map { .string($0) }
    return .object(object)
  }

  /// The protocol's number for what a pair is: a namespace at the top, a class below, fields, values.
  private static func kind(_ pair: YAMLPair, _ depth: Int) -> Int {
    if pair.value.items != nil { return 18 }
    if pair.value.pairs == nil { return pair.value.scalar.map { ScalarKind($0).symbol } ?? 13 }
    return depth == 1 ? 3 : depth == 2 ? 5 : 19
  }

  func foldingRanges(_ document: OpenDocument) -> JSONValue {
    guard let root = analysis(of: document).root else { return [] }
    var ranges: [JSONValue] = []
    func add(_ start: SourcePosition, _ end: SourcePosition) {
      let first = document.text.lineNumber(of: document.text.offset(of: start))
      var last = document.text.lineNumber(of: document.text.offset(of: end))
      while last > first, document.text.line(last).allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { last -= 1 }
      if last > first { ranges.append(["startLine": .number(first), "endLine": .number(last)]) }
    }
    func walk(_ node: YAMLNode) {
      for pair in node.pairs ?? [] {
        add(pair.keySpan.start, pair.value.span.end)
        walk(pair.value)
      }
      for item in node.items ?? [] {
        add(item.span.start, item.span.end)
        walk(item)
      }
    }
    walk(root)
    return .array(ranges)
  }

  func selectionRanges(_ document: OpenDocument, _ positions: [TextPosition]) -> JSONValue {
    guard let root = analysis(of: document).root else { return .null }
    return .array(
      positions.map { position in
        let path = NodePath(root, at: document.text.sourcePosition(position, encoding))
        var range: JSONValue = TextRange(start: position, end: position).json
        var selection: JSONObject?
        for span in path.spans where span.start < span.end {
          range = document.text.range(of: span, encoding).json
          if selection?["range"] == range { continue }
          var inner = JSONObject([("range", range)])
          inner["parent"] = selection.map { .object($0) }
          selection = inner
        }
        return .object(selection ?? JSONObject([("range", range)]))
      })
  }
}

extension YAMLPair {
  /// The pair with all that stands below it.
  var wholeSpan: SourceSpan {
    SourceSpan(file: keySpan.file, start: keySpan.start, end: max(keySpan.end, value.span.end))
  }
}

/// What a scalar is to an editor.
enum ScalarKind {
  case text, number, boolean, empty

  init(_ scalar: YAMLScalar) {
    switch scalar.value {
    case .null: self = .empty
    case .boolean: self = .boolean
    case .number: self = .number
    case .text(let text):
      let isShare = text.hasSuffix("%") && text.first?.isNumber == true && scalar.style == .plain
      self = isShare ? .number : .text
    }
  }

  /// The protocol's number of the kind of symbol.
  var symbol: Int {
    switch self {
    case .text: 15
    case .number: 16
    case .boolean: 17
    case .empty: 21
    }
  }
}
