import JSONCore
public import ModuleProtocol
public import PlanCalendar

/// A column of days.
public struct DayColumn: Sendable {
  /// The days, counted from 1970-01-01; those of empty cells mean nothing.
  public let numbers: [Int32]
  /// Which cells are empty; nil when none is.
  public let missing: [Bool]?

  /// The day of a row; nil for an empty cell.
  public func day(_ row: Int) -> CalendarDate? {
    missing?[row] ?? false ? nil : CalendarDate(day: numbers[row])
  }
}

extension Frame {
  /// The column of days with this name; a fault when it is not there or holds something else.
  public func days(_ name: String) throws(CalculationFault) -> DayColumn {
    guard let column = self[name] else { throw CalculationFault("column `\(name)` is missing") }
    guard case .date(let numbers) = column.values else {
      throw CalculationFault("column `\(name)` does not hold days")
    }
    return DayColumn(numbers: numbers, missing: column.missing)
  }
}

extension ConfigReader {
  /// The day, written as `2026-01-31`; a fault when it is absent or something else.
  public func day(_ faults: inout [ConfigFault]) -> CalendarDate? {
    if let text = value?.string, let day = CalendarDate(text) { return day }
    faults.append(
      fault(value == nil ? "a day is missing" : "a day is wanted here", help: "write days as YYYY-MM-DD"))
    return nil
  }
}
