import ModuleKit
import ModuleProtocol

/// The payees of a batch, their periods, and which of them holds a day.
struct Roster {
  struct Row {
    let payee: Int64
    let from: Int32
    let to: Int32
  }

  let rows: [Row]
  /// The rows by payee, ascending.
  private let ranges: [Int64: Range<Int>]

  init(_ periods: Frame) throws(CalculationFault) {
    let payees = try periods.numbers("payee").values
    let (from, to) = (try periods.days("period.from").numbers, try periods.days("period.to").numbers)
    rows = payees.indices.map { Row(payee: payees[$0], from: from[$0], to: to[$0]) }
    var ranges: [Int64: Range<Int>] = [:]
    for row in payees.indices { ranges[payees[row]] = (ranges[payees[row]]?.lowerBound ?? row)..<row + 1 }
    self.ranges = ranges
  }

  static let needs: [ColumnNeeds.Need] = [.init("period.from", .date), .init("period.to", .date)]

  /// The numbers of the payees, ascending.
  var payees: [Int64] { ranges.keys.sorted() }

  /// The row of the payee's period that holds the day; nil when the payee takes no part then.
  func row(of payee: Int64, on day: Int32) -> Int? {
    ranges[payee]?.first { rows[$0].from <= day && day <= rows[$0].to }
  }

  func rows(of payee: Int64) -> Range<Int> { ranges[payee] ?? 0..<0 }
}
