import Diagnostics
import YAMLSource

/// The way from the root of a plan to what stands at a position.
struct NodePath {
  /// Keys and places in lists.
  private(set) var tokens: [String] = []
  /// The spans on the way, the outermost first.
  private(set) var spans: [SourceSpan] = []
  /// The innermost pair on the way.
  private(set) var pair: YAMLPair?
  /// Whether the position is on that pair's key.
  private(set) var isOnKey = false
  /// What stands there.
  private(set) var node: YAMLNode

  init(_ root: YAMLNode, at position: SourcePosition) {
    node = root
    spans.append(root.span)
    while step(position) {}
  }

  private mutating func step(_ position: SourcePosition) -> Bool {
    switch node.content {
    case .scalar: return false
    case .sequence(let items):
      guard let index = items.firstIndex(where: { $0.span.holds(position) }) else { return false }
      tokens.append(String(index))
      node = items[index]
      spans.append(node.span)
      return true
    case .mapping(let pairs):
      for found in pairs {
        let isKey = found.keySpan.holds(position)
        guard isKey || found.value.span.holds(position) else { continue }
        tokens.append(found.key)
        (pair, isOnKey, node) = (found, isKey, found.value)
        spans.append(
          SourceSpan(
            file: found.keySpan.file, start: found.keySpan.start,
            end: max(found.keySpan.end, found.value.span.end)))
        spans.append(isKey ? found.keySpan : found.value.span)
        return !isKey
      }
      return false
    }
  }
}

extension SourceSpan {
  /// Whether the position lies in it, its end included.
  func holds(_ position: SourcePosition) -> Bool { start <= position && position <= end }
}
