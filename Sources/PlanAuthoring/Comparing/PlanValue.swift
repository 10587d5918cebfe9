import Money
import PlanReading
import YAMLSource

/// Values of a plan by what they mean, and in a few words.
enum PlanValue {
  /// Whether two values mean the same: `10%` is `0.1`, and the order of keys is nothing.
  static func agree(_ one: YAMLNode, _ other: YAMLNode) -> Bool {
    switch (one.content, other.content) {
    case (.scalar(let a), .scalar(let b)):
      if let a = ScalarNumber(a), let b = ScalarNumber(b) {
        return a.value == b.value && (a.currency == b.currency || a.currency == nil || b.currency == nil)
      }
      return a.value == b.value
    case (.sequence(let a), .sequence(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { agree($0, $1) }
    case (.mapping(let a), .mapping(let b)):
      return a.count == b.count
        && a.allSatisfy { pair in other[pair.key].map { agree(pair.value, $0) } ?? false }
    default: return false
    }
  }

  /// A value in a line, cut where it is long.
  static func words(_ node: YAMLNode) -> String { cut(flow(node)) }

  static func words(_ items: [YAMLNode]) -> String {
    cut("[" + items.map(flow).joined(separator: ", ") + "]")
  }

  private static func flow(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let scalar):
      if scalar.style != .block { return scalar.text }
      let lines = scalar.text.split(separator: "\n").count
      return "\(lines) line\(lines == 1 ? "" : "s")"
    case .sequence(let items): return "[" + items.map(flow).joined(separator: ", ") + "]"
    case .mapping(let pairs):
      return "{" + pairs.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func cut(_ text: String) -> String { text.count > 120 ? text.prefix(117) + "…" : text }

  /// How the rows of two tables differ, their order aside; nil when they do not.
  static func rows(_ before: String, _ after: String, header: Int) -> (before: String, after: String)? {
    let (old, new) = (before.split(separator: "\n"), after.split(separator: "\n"))
    var counts: [Substring: Int] = [:]
    for row in old { counts[row, default: 0] += 1 }
    for row in new { counts[row, default: 0] -= 1 }
    let gone = counts.values.reduce(0) { $0 + max(0, $1) }
    let added = counts.values.reduce(0) { $0 + max(0, -$1) }
    if gone == 0, added == 0 { return nil }
    func rows(_ lines: Int) -> String { lines == header + 1 ? "1 row" : "\(max(0, lines - header)) rows" }
    return (rows(old.count), "\(rows(new.count)), \(gone) gone and \(added) new")
  }
}
