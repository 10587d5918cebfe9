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

/// A column of keys: each row's place in a list of the keys that occur, so that a table is looked up in once a
/// key and not once a row.
public struct KeyColumn: Sendable {
  /// For each row, the place of its key in `keys`; -1 for an empty cell.
  public let codes: [Int32]
  /// The keys: texts, the digits of numbers, `true` and `false`.
  public let keys: [String]

  /// The key of a row; nil for an empty cell.
  public func key(_ row: Int) -> String? { codes[row] < 0 ? nil : keys[Int(codes[row])] }
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

  /// The column with this name as keys: the texts, the digits of its numbers, `true` or `false`.
  public func keys(_ name: String) throws(CalculationFault) -> KeyColumn {
    guard let column = self[name] else { throw CalculationFault("column `\(name)` is missing") }
    switch column.values {
    case .text(let codes, let dictionary):
      return KeyColumn(codes: column.codes(codes) { $0 }, keys: dictionary)
    case .boolean(let flags):
      return KeyColumn(codes: column.codes(flags) { $0 ? 1 : 0 }, keys: ["false", "true"])
    case .integer(let values): return column.keys(values) { String($0) }
    case .decimal(let values, let places):
      return column.keys(values) {
        ExactDecimal(coefficient: Int128($0), scale: places).normalized.description
      }
    case .date: throw CalculationFault("column `\(name)` holds days, which cannot be looked up")
    }
  }
}

extension FrameColumn {
  /// The codes of the cells, -1 for the empty ones.
  fileprivate func codes<Cell>(_ cells: [Cell], _ code: (Cell) -> Int32) -> [Int32] {
    guard let missing else { return cells.map(code) }
    return zip(cells, missing).map { $1 ? -1 : code($0) }
  }

  /// The keys of numbers, in the order in which they are first seen.
  fileprivate func keys(_ values: [Int64], _ text: (Int64) -> String) -> KeyColumn {
    var places: [Int64: Int32] = [:]
    var keys: [String] = []
    let codes = codes(values) { value in
      if let place = places[value] { return place }
      let place = Int32(keys.count)
      places[value] = place
      keys.append(text(value))
      return place
    }
    return KeyColumn(codes: codes, keys: keys)
  }
}
