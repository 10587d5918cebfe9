public import ModuleProtocol
public import Money
import PlanCalendar

/// A column of numbers at one scale, ready to be computed with.
public struct NumberColumn: Sendable {
  /// The numbers as integers of the last digit.
  public let values: [Int64]
  /// Digits after the point.
  public let places: Int
  /// Which cells are empty; nil when none is.
  public let missing: [Bool]?

  /// A column of integers of the last of `places` digits.
  public init(values: [Int64], places: Int, missing: [Bool]? = nil) {
    self.values = values
    self.places = places
    self.missing = missing
  }

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
  /// The keys.
  public let keys: [KeyValue]
  /// What all keys are.
  public let kind: KeyValue.Kind

  /// The key of a row; nil for an empty cell.
  public func key(_ row: Int) -> KeyValue? { codes[row] < 0 ? nil : keys[Int(codes[row])] }

  /// For each of `keys`, its place among the keys of a table in the terms, compared by value; nil for none.
  ///
  /// A column of 0.01 and 0.05 finds `1%` at 0 of `["1%", "2%"]`, and nothing for 0.05. A key that is no value of the
  /// column's kind is a fault, and so are two of the same value.
  public func places(in table: [String]) throws(CalculationFault) -> [Int?] {
    var places: [KeyValue: Int] = [:]
    for (place, text) in table.enumerated() {
      guard let key = KeyValue(text, as: kind) else {
        throw CalculationFault("`\(text)` is no \(kind.rawValue), and is looked up in a column of these")
      }
      if let other = places.updateValue(place, forKey: key) {
        throw CalculationFault("the keys `\(table[other])` and `\(text)` are the same \(kind.rawValue)")
      }
    }
    return keys.map { places[$0] }
  }
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

  /// The column with this name as keys.
  public func keys(_ name: String) throws(CalculationFault) -> KeyColumn {
    guard let column = self[name] else { throw CalculationFault("column `\(name)` is missing") }
    switch column.values {
    case .text(let codes, let dictionary):
      return KeyColumn(codes: column.codes(codes) { $0 }, keys: dictionary.map { .text($0) }, kind: .text)
    case .boolean(let flags):
      return KeyColumn(
        codes: column.codes(flags) { $0 ? 1 : 0 }, keys: [.boolean(false), .boolean(true)], kind: .boolean)
    case .integer(let values): return column.keys(values, .number) { .number(ExactDecimal($0)) }
    case .decimal(let values, let places):
      return column.keys(values, .number) { .number(ExactDecimal(coefficient: Int128($0), scale: places)) }
    case .date(let days): return column.keys(days, .date) { .date(CalendarDate(day: $0)) }
    }
  }
}

extension FrameColumn {
  /// The codes of the cells, -1 for the empty ones.
  fileprivate func codes<Cell>(_ cells: [Cell], _ code: (Cell) -> Int32) -> [Int32] {
    guard let missing else { return cells.map(code) }
    return zip(cells, missing).map { $1 ? -1 : code($0) }
  }

  /// The keys of cells, in the order in which they are first seen.
  fileprivate func keys<Cell: Hashable>(
    _ cells: [Cell], _ kind: KeyValue.Kind, _ key: (Cell) -> KeyValue
  ) -> KeyColumn {
    var places: [Cell: Int32] = [:]
    var keys: [KeyValue] = []
    let codes = codes(cells) { cell in
      if let place = places[cell] { return place }
      let place = Int32(keys.count)
      places[cell] = place
      keys.append(key(cell))
      return place
    }
    return KeyColumn(codes: codes, keys: keys, kind: kind)
  }
}
