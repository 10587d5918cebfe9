/// Where the lines of a component come from: which of its credit rules, and which of that rule's lines.
package struct LineSources: Sendable {
  // Nil when there is but one rule.
  private var rules: [Int32]?
  // Nil when the component has all lines of its one rule.
  private var lines: [Int32]?

  /// All lines of one rule.
  static var whole: LineSources { LineSources() }

  /// No lines yet, of several rules, with room for so many.
  static func merging(_ count: Int) -> LineSources {
    var sources = LineSources(rules: [], lines: [])
    sources.rules?.reserveCapacity(count)
    sources.lines?.reserveCapacity(count)
    return sources
  }

  /// Whether the component has the lines of its one rule, all of them.
  package var isWhole: Bool { lines == nil }

  /// The place, among the component's credit rules, of the rule that gave the line.
  package func rule(_ line: Int) -> Int { rules.map { Int($0[line]) } ?? 0 }

  /// The number of the line among those of its rule.
  package func line(_ line: Int) -> Int { lines.map { Int($0[line]) } ?? line }

  mutating func append(rule: Int, line: Int) {
    rules?.append(Int32(rule))
    lines?.append(Int32(line))
  }

  /// Keeps these lines, in this order.
  mutating func keep(_ kept: [Int32]) {
    rules = rules.map { rules in kept.map { rules[Int($0)] } }
    lines = lines.map { lines in kept.map { lines[Int($0)] } } ?? kept
  }
}
