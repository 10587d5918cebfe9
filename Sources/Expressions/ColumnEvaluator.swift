package import Money
import PlanCalendar
package import Tables

/// Evaluates checked expressions over whole columns.
///
/// An empty cell equals only `null`; every other comparison with it is false. An empty condition is false.
package struct ColumnEvaluator {
  private let rowCount: Int
  private let column: (String) -> Column?

  /// An evaluator over `rowCount` rows, which finds a name's column through `column`.
  package init(rowCount: Int, column: @escaping (String) -> Column?) {
    self.rowCount = rowCount
    self.column = column
  }

  /// For each row, whether the condition holds.
  package func mask(_ expression: Expression) throws(ArithmeticOverflow) -> [Bool] {
    try mask(expression.root)
  }

  private func mask(_ node: Expression.Node) throws(ArithmeticOverflow) -> [Bool] {
    switch node.form {
    case .literal(let literal): return [Bool](repeating: literal == .boolean(true), count: rowCount)
    case .not(let inner): return try mask(inner).map { !$0 }
    case .and(let left, let right):
      var flags = try mask(left)
      let others = try mask(right)
      for row in flags.indices { flags[row] = flags[row] && others[row] }
      return flags
    case .or(let left, let right):
      var flags = try mask(left)
      let others = try mask(right)
      for row in flags.indices { flags[row] = flags[row] || others[row] }
      return flags
    case .name, .negate, .arithmetic, .list: return try operand(node).map { $0 == .boolean(true) }
    case .has(let inner): return try operand(inner).map { $0 != .null }
    case .compare(let comparison, let left, let right): return try compare(comparison, left, right)
    case .member(let item, let list):
      guard case .list(let items) = list.form else { return [] }
      let allowed = Set(items.compactMap { if case .literal(let literal) = $0.form { literal } else { nil } })
      return try test(item) { allowed.contains($0) }
    case .textTest(let test, let text, let argument):
      guard case .literal(.text(let wanted)) = argument.form else { return [] }
      return try self.test(text) { value in
        guard case .text(let text) = value else { return false }
        return switch test {
        case .startsWith: text.hasPrefix(wanted)
        case .endsWith: text.hasSuffix(wanted)
        case .contains: wanted.isEmpty || text.contains(wanted)
        }
      }
    case .choose(let condition, let then, let otherwise):
      let (conditions, a, b) = (try mask(condition), try mask(then), try mask(otherwise))
      return conditions.indices.map { conditions[$0] ? a[$0] : b[$0] }
    }
  }

  private func compare(
    _ comparison: Expression.Comparison, _ left: Expression.Node, _ right: Expression.Node
  ) throws(ArithmeticOverflow) -> [Bool] {
    if case .literal(let literal) = right.form {
      if case .name(let parts) = left.form, let column = column(parts.joined(separator: ".")),
        let flags = ColumnComparison(comparison, literal).flags(of: column)
      {
        return flags
      }
      return try test(left) { Self.holds(comparison, $0, literal) }
    }
    let (a, b) = (try operand(left), try operand(right))
    return zip(a, b).map { Self.holds(comparison, $0, $1) }
  }

  /// Applies a test to each row; once a distinct text where the value is a column of texts.
  private func test(
    _ node: Expression.Node, _ holds: (Expression.Literal) -> Bool
  ) throws(ArithmeticOverflow) -> [Bool] {
    if case .name(let parts) = node.form, let found = column(parts.joined(separator: ".")),
      case .text(let codes, let pool) = found.values
    {
      let whenMissing = holds(.null)
      if pool.count > codes.count {
        return codes.indices.map { found.isMissing($0) ? whenMissing : holds(.text(pool[codes[$0]])) }
      }
      let answers = (0..<Int32(pool.count)).map { holds(.text(pool[$0])) }
      guard let missing = found.missing else { return codes.map { answers[Int($0)] } }
      return codes.indices.map { missing[$0] ? whenMissing : answers[Int(codes[$0])] }
    }
    return try operand(node).map(holds)
  }

  private static func holds(
    _ comparison: Expression.Comparison, _ left: Expression.Literal, _ right: Expression.Literal
  ) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: precedes(left, right)
    case .greater: precedes(right, left)
    case .lessOrEqual: precedes(left, right) || (left == right && left != .null)
    case .greaterOrEqual: precedes(right, left) || (left == right && left != .null)
    }
  }

  private static func precedes(_ left: Expression.Literal, _ right: Expression.Literal) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: false
    }
  }

  /// The value of each row.
  private func operand(_ node: Expression.Node) throws(ArithmeticOverflow) -> [Expression.Literal] {
    switch node.form {
    case .literal(let literal): return [Expression.Literal](repeating: literal, count: rowCount)
    case .name(let parts):
      guard let column = column(parts.joined(separator: ".")) else {
        return [Expression.Literal](repeating: .null, count: rowCount)
      }
      return (0..<rowCount).map { Self.cell(column, $0) }
    case .negate(let inner):
      return try operand(inner).map {
        if case .number(let value) = $0 { .number(value.negated) } else { .null }
      }
    case .arithmetic(let operation, let left, let right):
      let (a, b) = (try operand(left), try operand(right))
      var results: [Expression.Literal] = []
      for row in a.indices { results.append(try Self.apply(operation, a[row], b[row])) }
      return results
    case .choose(let condition, let then, let otherwise):
      let (conditions, a, b) = (try mask(condition), try operand(then), try operand(otherwise))
      return conditions.indices.map { conditions[$0] ? a[$0] : b[$0] }
    default: return try mask(node).map { .boolean($0) }
    }
  }

  private static func apply(
    _ operation: Expression.Arithmetic, _ left: Expression.Literal, _ right: Expression.Literal
  ) throws(ArithmeticOverflow) -> Expression.Literal {
    guard case .number(let a) = left, case .number(let b) = right else { return .null }
    return switch operation {
    case .add: .number(try a.adding(b))
    case .subtract: .number(try a.subtracting(b))
    case .multiply: .number(try a.multiplied(by: b))
    }
  }

  private static func cell(_ column: Column, _ row: Int) -> Expression.Literal {
    if column.isMissing(row) { return .null }
    switch column.values {
    case .text(let codes, let pool): return .text(pool[codes[row]])
    case .date(let days): return .date(CalendarDate(day: days[row]))
    case .boolean(let flags): return .boolean(flags[row])
    case .integer, .decimal: return column.number(row).map { .number($0) } ?? .null
    }
  }
}
