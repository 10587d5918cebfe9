public import ModuleProtocol
public import Money

/// A column of numbers at one scale, ready to be computed with.
public struct NumberColumn: Sendable {
  /// The numbers as integers of the last digit.
  public let values: [Int64]
  /// Digits after the point.
  public let places: Int
  /// Which cells are empty; nil when none is.
  public let missing: [Bool]?

  /// The number of a row, exactly.
  public func decimal(_ row: Int) -> ExactDecimal {
    ExactDecimal(coefficient: Int128(values[row]), scale: places)
  }

  /// Whether the cell of this row is empty.
  public func isMissing(_ row: Int) -> Bool { missing?[row] ?? false }
}

extension Frame {
  /// The column of numbers with this name; a fault when it is not there or holds something else.
  public func numbers(_ name: String) throws(CalculationFault) -> NumberColumn {
    guard let column = self[name] else { throw CalculationFault("column `\(name)` is missing") }
    switch column.values {
    case .integer(let values): return NumberColumn(values: values, places: 0, missing: column.missing)
    case .decimal(let values, let places):
      return NumberColumn(values: values, places: places, missing: column.missing)
    default: throw CalculationFault("column `\(name)` does not hold numbers")
    }
  }

  /// For each row, the cell as a key: the text, the digits, `true` or `false`; nil for an empty cell.
  public func keys(_ name: String) throws(CalculationFault) -> [String?] {
    guard let column = self[name] else { throw CalculationFault("column `\(name)` is missing") }
    switch column.values {
    case .text(let codes, let dictionary):
      return codes.indices.map { column.isMissing($0) ? nil : dictionary[Int(codes[$0])] }
    case .integer(let values): return values.indices.map { column.isMissing($0) ? nil : String(values[$0]) }
    case .boolean(let flags): return flags.indices.map { column.isMissing($0) ? nil : String(flags[$0]) }
    case .decimal(let values, let places):
      return values.indices.map { row in
        column.isMissing(row)
          ? nil : ExactDecimal(coefficient: Int128(values[row]), scale: places).normalized.description
      }
    case .date: throw CalculationFault("column `\(name)` holds days, which cannot be looked up")
    }
  }
}
