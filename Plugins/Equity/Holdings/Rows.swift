import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// The rows of a table of the batch, read by the parts that its columns play.
struct Rows {
  let ref: TableRef
  private let frame: Frame

  init(_ ref: TableRef, _ batch: Batch) throws(CalculationFault) {
    guard let frame = batch.tables[ref.name] else { throw CalculationFault("table `\(ref.name)` is missing") }
    self.ref = ref
    self.frame = frame
  }

  var count: Int { frame.count }

  /// The number of each row's payee; nil for rows of everyone.
  func payees() throws(CalculationFault) -> [Int64?] {
    guard ref.person != nil else { return Array(repeating: nil, count: count) }
    let column = try frame.numbers("payee")
    return (0..<count).map { column.isMissing($0) ? nil : column.values[$0] }
  }

  func texts(_ part: String) throws(CalculationFault) -> [String?] {
    guard let name = ref.columns[part] else { return Array(repeating: nil, count: count) }
    let column = try frame.keys(name)
    let texts = column.keys.map(\.shown)
    return column.codes.map { $0 < 0 ? nil : texts[Int($0)] }
  }

  func numbers(_ part: String) throws(CalculationFault) -> [Fraction?] {
    guard let name = ref.columns[part], count > 0 else { return Array(repeating: nil, count: count) }
    let column = try frame.numbers(name)
    return (0..<count).map { column.isMissing($0) ? nil : Fraction(column.decimal($0)) }
  }

  func days(_ part: String) throws(CalculationFault) -> [CalendarDate?] {
    guard let name = ref.columns[part], count > 0 else { return Array(repeating: nil, count: count) }
    guard let column = frame[name], case .date(let days) = column.values else {
      throw CalculationFault("column `\(name)` of `\(ref.name)` does not hold days")
    }
    return (0..<count).map { column.isMissing($0) ? nil : CalendarDate(day: days[$0]) }
  }

  /// The cell of a part that must not be empty.
  func wanted<Cell>(_ cells: [Cell?], _ row: Int, _ part: String) throws(CalculationFault) -> Cell {
    if let cell = cells[row] { return cell }
    throw CalculationFault(
      "a row of `\(ref.name)` has no `\(ref.columns[part] ?? part)`", at: [ref.place(row, part)])
  }
}

extension KeyValue {
  /// The key as the table has it.
  fileprivate var shown: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.normalized.description
    case .date(let day): day.description
    case .boolean(let flag): flag ? "true" : "false"
    }
  }
}
