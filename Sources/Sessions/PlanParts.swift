import Diagnostics
import SystemIO
import YAMLSource

/// Puts a plan together from its file, the parts that it includes, and the plan that it extends.
struct PlanParts {
  /// A file that the plan is made of, beside its own.
  struct Part: Sendable {
    let file: String
    let source: SourceText
    let fingerprint: String
  }

  /// How many files deep plans may extend and include each other.
  private static let deepest = 16
  private static let keys: Set<String> = ["extends", "include"]

  private let replaced: [String: [UInt8]]
  private(set) var parts: [Part] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether every file that is named could be had.
  private(set) var isWhole = true
  private var documents: [String: YAMLDocument] = [:]

  init(replacing: [String: [UInt8]]) { replaced = replacing }

  /// The whole plan that begins with this node; nil where a part of it is missing, as the rest would seem wrong.
  mutating func whole(_ root: YAMLNode?, file: String) -> YAMLNode? {
    guard let root else { return nil }
    let whole = composed(root, file, above: [file])
    return isWhole ? whole : nil
  }

  private mutating func composed(_ root: YAMLNode, _ file: String, above: [String]) -> YAMLNode {
    var node = root.without(Self.keys)
    var layers = YAMLLayers()
    for name in names(root["include"]) {
      guard let part = read(name, file, above) else { continue }
      node = layers.joined(node, with: part)
    }
    diagnostics += layers.diagnostics
    if let base = root["extends"] {
      if let name = base.scalar {
        if let plan = read((name.text, base.span), file, above) {
          node = YAMLLayers.overridden(plan, by: node)
        }
      } else {
        tell(.wrongType, "`extends` names one plan", base.span, help: "write `extends: FILE`")
      }
    }
    return node
  }

  private mutating func names(_ node: YAMLNode?) -> [(String, SourceSpan)] {
    guard let node else { return [] }
    var names: [(String, SourceSpan)] = []
    for item in node.items ?? [node] {
      if let scalar = item.scalar {
        names.append((scalar.text, item.span))
      } else {
        tell(.wrongType, "`include` names files", item.span, help: "write `include: [FILE, FILE]`")
      }
    }
    return names
  }

  /// The whole plan or part of a plan in a file that is named in another.
  private mutating func read(_ name: (text: String, span: SourceSpan), _ file: String, _ above: [String])
    -> YAMLNode?
  {
    let path = Path.join(Path.folder(of: file) == "." ? "" : Path.folder(of: file), name.text)
    if above.contains(path) || above.count > Self.deepest {
      tell(
        .wrongValue,
        above.contains(path)
          ? "`\(name.text)` is made of itself" : "plans extend and include each other too deeply", name.span)
      return nil
    }
    let document: YAMLDocument
    if let known = documents[path] {
      document = known
    } else {
      do throws(Diagnostic) {
        let bytes = if let text = replaced[path] { text } else { try FileBytes.read(path) }
        document = YAMLReader.read(bytes, file: path)
        parts.append(Part(file: path, source: document.source, fingerprint: Fingerprint.of(bytes)))
      } catch {
        tell(
          error.code, error.message, name.span, help: "the file is looked for beside \(file)")
        return nil
      }
      documents[path] = document
      diagnostics += document.diagnostics
    }
    guard let root = document.root else {
      isWhole = false
      return nil
    }
    guard root.pairs != nil else {
      tell(.wrongType, "`\(name.text)` is no mapping of keys", name.span)
      return nil
    }
    return composed(root, path, above: above + [path])
  }

  private mutating func tell(
    _ code: DiagnosticCode, _ message: String, _ span: SourceSpan, help: String? = nil
  ) {
    isWhole = false
    diagnostics.append(Diagnostic(code, .error, message, at: span, help: help))
  }
}
