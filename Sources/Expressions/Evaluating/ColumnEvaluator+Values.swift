package import Money
import PlanCalendar
package import Tables

/// Formulas over whole columns: their values, numbers and columns.
extension ColumnEvaluator {
  /// The value for each row of `only`, or for all; null for the others.
  package func values(only: [Bool]? = nil) throws(EvaluationFault) -> [Expression.Value] {
    var values: [Expression.Value] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      if let only, !only[row] {
        values.append(.null)
        continue
      }
      do { values.append(try rows.value(expression.root, row: row)) } catch {
        throw EvaluationFault(error.message, row: row)
      }
    }
    return values
  }

  /// The number for each row of `only`, or for all; nil where it is empty.
  ///
  /// A fraction that no decimal holds is a fault.
  package func decimals(only: [Bool]? = nil) throws(EvaluationFault) -> [ExactDecimal?] {
    if !isByRow, let vector = numbers(expression.root) {
      return (0..<rowCount).map { row in
        if let only, !only[row] { return nil }
        if vector.missing?[row] ?? false { return nil }
        return ExactDecimal(coefficient: Int128(vector[row]), scale: vector.places)
      }
    }
    var decimals: [ExactDecimal?] = []
    decimals.reserveCapacity(rowCount)
    for (row, value) in try values(only: only).enumerated() {
      if !value.isNull, value.decimal == nil {
        let message =
          value.fraction == nil
          ? "\(value.type.article) stands where a number is wanted"
          : "the number has no end as a decimal; say how to round it: `math.round(x, 4)`"
        throw EvaluationFault(message, row: row)
      }
      decimals.append(value.decimal)
    }
    return decimals
  }

  /// The formula as a column of a type, and the rows of `only`, or of all, for which it has no value.
  ///
  /// Where `mode` is nil a number with more digits than the type has none. Worked number: 10.00 / 3 to two places is 3.33.
  package func column(
    _ name: String, _ type: ColumnType, _ mode: RoundingMode?, only: [Bool]? = nil
  ) -> (column: Column, faults: [Int: EvaluationFault]) {
    switch type {
    case .integer, .decimal, .percent:
      let places = type.places
      if !isByRow, let vector = numbers(expression.root), vector.constant == nil, vector.places <= places,
        let padded = vector.padded(to: places)
      {
        let values: Column.Values =
          type == .integer ? .integer(padded.cells) : .decimal(padded.cells, places: places)
        return (Column(name: name, values: values, missing: padded.missing), [:])
      }
      let found = cells(only, empty: Int64(0)) { (value) throws(EvaluationFault) in
        try Self.digits(value, places, mode)
      }
      let values: Column.Values =
        type == .integer ? .integer(found.cells) : .decimal(found.cells, places: places)
      return (Column(name: name, values: values, missing: found.missing), found.faults)
    case .date:
      let found = cells(only, empty: Int32(0)) { (value) throws(EvaluationFault) in
        if case .date(let date) = value { date.day } else { nil }
      }
      return (Column(name: name, values: .date(found.cells), missing: found.missing), found.faults)
    case .boolean:
      let found = cells(only, empty: false) { (value) throws(EvaluationFault) in
        if case .boolean(let flag) = value { flag } else { nil }
      }
      return (Column(name: name, values: .boolean(found.cells), missing: found.missing), found.faults)
    case .text:
      var pool = TextPool()
      let nothing = pool.code("")
      let found = cells(only, empty: nothing) { (value) throws(EvaluationFault) in
        if case .text(let text) = value { pool.code(text) } else { nil }
      }
      return (
        Column(name: name, values: .text(codes: found.cells, pool: pool), missing: found.missing),
        found.faults
      )
    }
  }

  /// The cells that `cell` makes of the values; where it makes none the value is of the wrong kind.
  private func cells<Cell>(
    _ only: [Bool]?, empty: Cell, _ cell: (Expression.Value) throws(EvaluationFault) -> Cell?
  ) -> (cells: [Cell], missing: [Bool]?, faults: [Int: EvaluationFault]) {
    var cells = [Cell](repeating: empty, count: rowCount)
    var missing = [Bool](repeating: false, count: rowCount)
    var faults: [Int: EvaluationFault] = [:]
    for row in 0..<rowCount {
      missing[row] = true
      if let only, !only[row] { continue }
      do throws(EvaluationFault) {
        let value = try rows.value(expression.root, row: row)
        if value.isNull { continue }
        guard let found = try cell(value) else {
          throw EvaluationFault("\(value.type.article) stands where another kind of value is wanted")
        }
        cells[row] = found
        missing[row] = false
      } catch {
        faults[row] = EvaluationFault(error.message, row: row)
      }
    }
    return (cells, missing.contains(true) ? missing : nil, faults)
  }

  private static func digits(
    _ value: Expression.Value, _ places: Int, _ mode: RoundingMode?
  ) throws(EvaluationFault) -> Int64? {
    guard let number = value.fraction else { return nil }
    guard let rounded = try? number.rounded(to: places, mode ?? .halfEven),
      let digits = Int64(exactly: rounded.coefficient)
    else { throw .overflow }
    if mode == nil, ExactFraction(rounded) != number {
      throw EvaluationFault(
        "the number has more than \(places) digits after the point; say how to `round` it")
    }
    return digits
  }
}

extension ColumnType {
  /// The digits after the point of its numbers.
  fileprivate var places: Int {
    switch self {
    case .decimal(let places), .percent(let places): places
    default: 0
    }
  }
}
