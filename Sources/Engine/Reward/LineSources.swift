/// Where the lines of a component come from: which of its credit rules, and which of that rule's lines.
package struct LineSources: Sendable {
  // Empty when there is but one rule.
  private var rules: [Int32] = []
  // Empty when the component has all lines of its one rule.
  private var lines: [Int32] = []

  /// Whether the component has the lines of its one rule, all of them.
  package var isWhole: Bool { lines.isEmpty && rules.isEmpty }

  /// The place, among the component's credit rules, of the rule that gave the line.
  package func rule(_ line: Int) -> Int { rules.isEmpty ? 0 : Int(rules[line]) }

  /// The number of the line among those of its rule.
  package func line(_ line: Int) -> Int { lines.isEmpty ? line : Int(lines[line]) }

  mutating func reserve(_ count: Int) {
    rules.reserveCapacity(count)
    lines.reserveCapacity(count)
  }

  mutating func append(rule: Int, line: Int) {
    rules.append(Int32(rule))
    lines.append(Int32(line))
  }

  /// Keeps these lines, in this order.
  mutating func keep(_ kept: [Int32]) {
    if !rules.isEmpty { rules = kept.map { rules[Int($0)] } }
    lines = lines.isEmpty ? kept : kept.map { lines[Int($0)] }
  }
}
