import Money
import PlanCalendar
package import Tables

/// Evaluates checked expressions over whole columns.
///
/// Comparisons, conditions, texts and sums of columns are computed a column at a time, everything else a row at a time;
/// both ways give the same. An empty cell is null; an empty condition does not hold.
package struct ColumnEvaluator {
  typealias Node = Expression.Node

  /// For each row whether a condition holds, or why that cannot be said.
  struct Flags {
    var values: [Bool]
    var faults: [Int: EvaluationFault] = [:]
  }

  let rowCount: Int
  private let columns: [Column?]
  let expression: Expression
  let rows: RowEvaluator
  /// Whether everything is computed a row at a time, as tests do to compare.
  let isByRow: Bool

  /// An evaluator of an expression over `rowCount` rows, which finds a name's column through `column`.
  package init(
    _ expression: Expression, rowCount: Int, byRow: Bool = false, column: (String) -> Column?
  ) {
    self.rowCount = rowCount
    self.expression = expression
    columns = expression.columns.map(column)
    rows = RowEvaluator(columns: columns)
    isByRow = byRow
  }

  /// For each row, whether the condition holds; the fault of the first row for which that cannot be said.
  package func mask() throws(EvaluationFault) -> [Bool] {
    let flags = isByRow ? flagsByRow(expression.root, nil) : flags(expression.root) { nil }
    guard let row = flags.faults.keys.min(), var fault = flags.faults[row] else { return flags.values }
    fault.row = row
    throw fault
  }

  // MARK: conditions

  /// The flags of the rows that `asked` tells, all of them where it tells none; those of others may be anything.
  private func flags(_ node: Node, _ asked: () -> [Bool]?) -> Flags {
    switch node {
    case .literal(.boolean(let flag)): return Flags(values: [Bool](repeating: flag, count: rowCount))
    case .not(let inner):
      var flags = flags(inner, asked)
      for row in flags.values.indices { flags.values[row].toggle() }
      return flags
    case .and(let parts): return settled(parts, by: false, asked)
    case .or(let parts): return settled(parts, by: true, asked)
    case .compare(let comparison, let left, let right):
      if let values = compare(comparison, left, right) { return Flags(values: values) }
    case .hasCell(let place): return Flags(values: empty(place).map { !$0 })
    case .column(let place):
      if case .boolean(let cells)? = columns[place]?.values {
        guard let missing = columns[place]?.missing else { return Flags(values: cells) }
        return Flags(values: cells.indices.map { cells[$0] && !missing[$0] })
      }
    default: break
    }
    return flagsByText(node) ?? flagsByRow(node, asked())
  }

  private func empty(_ place: Int) -> [Bool] {
    columns[place].map { $0.missing ?? [Bool](repeating: false, count: rowCount) }
      ?? [Bool](repeating: true, count: rowCount)
  }

  /// `&&` and `||`: a part is asked only about rows that the parts before it did not settle.
  private func settled(_ parts: [Node], by flag: Bool, _ asked: () -> [Bool]?) -> Flags {
    var result = flags(parts[0], asked)
    for part in parts.dropFirst() {
      let before = result
      func open() -> [Bool] {
        var open = asked() ?? [Bool](repeating: true, count: rowCount)
        for row in open.indices where before.values[row] == flag && before.faults[row] == nil {
          open[row] = false
        }
        return open
      }
      let other = flags(part, open)
      var values = result.values
      let others = other.values
      result.values = []
      if flag {
        for row in values.indices { values[row] = values[row] || others[row] }
      } else {
        for row in values.indices { values[row] = values[row] && others[row] }
      }
      result.values = values
      if !result.faults.isEmpty || !other.faults.isEmpty { merge(&result, open(), other, flag) }
    }
    return result
  }

  /// Sets rows in which a part is at fault: settled by the other part, or at fault still.
  private func merge(_ result: inout Flags, _ open: [Bool], _ other: Flags, _ flag: Bool) {
    for row in result.faults.keys where open[row] && other.faults[row] == nil && other.values[row] == flag {
      result.faults[row] = nil
      result.values[row] = flag
    }
    for (row, fault) in other.faults where open[row] && result.faults[row] == nil {
      result.faults[row] = fault
    }
  }

  /// A condition over one column of texts, looked at once a text.
  private func flagsByText(_ node: Node) -> Flags? {
    var used: Set<Int> = []
    node.collectColumns(&used)
    guard used.count == 1, let place = used.first, let column = columns[place],
      case .text(let codes, let pool) = column.values, pool.count < codes.count
    else { return nil }
    // The texts once each, and one empty cell behind them.
    let count = pool.count
    let texts = Column(
      name: column.name, values: .text(codes: Array(0..<Int32(count)) + [0], pool: pool),
      missing: [Bool](repeating: false, count: count) + [true])
    var sample = columns
    sample[place] = count == 0 ? nil : texts
    let evaluator = RowEvaluator(columns: sample)
    var answers: [Bool] = []
    var faults: [Int: EvaluationFault] = [:]
    for text in 0...count {
      do { answers.append(try evaluator.holds(node, row: text)) } catch {
        answers.append(false)
        faults[text] = error
      }
    }
    var flags = Flags(values: [])
    if let missing = column.missing {
      flags.values = codes.indices.map { answers[missing[$0] ? count : Int(codes[$0])] }
    } else {
      flags.values = codes.map { answers[Int($0)] }
    }
    if !faults.isEmpty {
      for row in codes.indices {
        if let fault = faults[column.isMissing(row) ? count : Int(codes[row])] { flags.faults[row] = fault }
      }
    }
    return flags
  }

  private func flagsByRow(_ node: Node, _ asked: [Bool]?) -> Flags {
    var flags = Flags(values: [Bool](repeating: false, count: rowCount))
    for row in 0..<rowCount where asked?[row] ?? true {
      do { flags.values[row] = try rows.holds(node, row: row) } catch { flags.faults[row] = error }
    }
    return flags
  }

  private func compare(_ comparison: Expression.Comparison, _ left: Node, _ right: Node) -> [Bool]? {
    if case .column(let place) = left, case .literal(let literal) = right {
      if literal.isNull {
        return comparison == .equal ? empty(place) : comparison == .notEqual ? empty(place).map { !$0 } : nil
      }
      if let flags = columns[place].flatMap({ ColumnComparison(comparison, literal).flags(of: $0) }) {
        return flags
      }
    }
    guard let a = numbers(left) ?? days(left), let b = numbers(right) ?? days(right) else { return nil }
    return NumberVector.flags(comparison, a, b, count: rowCount)
  }

  /// The days of a column of dates, counted; only days are compared with days, as the checker sees to.
  private func days(_ node: Node) -> NumberVector? {
    switch node {
    case .literal(.date(let date)): return NumberVector(ExactDecimal(date.day))
    case .column(let place):
      guard let column = columns[place], case .date(let days) = column.values else { return nil }
      return NumberVector(cells: days.map { Int64($0) }, places: 0, missing: column.missing)
    default: return nil
    }
  }

  // MARK: numbers

  /// The numbers of a formula whose every step 64 bits hold; nil otherwise.
  func numbers(_ node: Node) -> NumberVector? {
    switch node {
    case .literal(let value):
      switch value {
      case .integer, .number: return value.decimal.flatMap { NumberVector($0) }
      default: return nil
      }
    case .column(let place):
      guard let column = columns[place] else { return nil }
      return switch column.values {
      case .integer(let cells): NumberVector(cells: cells, places: 0, missing: column.missing)
      case .decimal(let cells, let places):
        NumberVector(cells: cells, places: places, missing: column.missing)
      default: nil
      }
    case .negate(let inner):
      guard let zero = NumberVector(.zero), inner.readsColumns, let numbers = numbers(inner) else {
        return nil
      }
      return NumberVector.combined(.subtract, zero, numbers, count: rowCount)
    case .arithmetic(let operation, let left, let right):
      // Whole numbers alone have rules of their own, and are computed once a row.
      guard left.readsColumns || right.readsColumns, let a = numbers(left), let b = numbers(right) else {
        return nil
      }
      return NumberVector.combined(operation, a, b, count: rowCount)
    case .choose(let test, let then, let otherwise):
      let flags = flags(test) { nil }
      guard flags.faults.isEmpty, let a = numbers(then) else { return nil }
      if case .failure = otherwise, !flags.values.contains(false) { return a }
      guard let b = numbers(otherwise) else { return nil }
      return NumberVector.chosen(flags.values, a, b)
    default: return nil
    }
  }
}
