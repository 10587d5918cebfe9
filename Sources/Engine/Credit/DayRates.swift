import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// The exchange rates of a table, by currency and day.
struct DayRates: Sendable {
  /// Digits after the point of every rate.
  let places: Int
  private static let none = Int64.min
  private let codes: [Int32]
  private let days: Range<Int32>
  // INVARIANT: for each code of a currency, no rates or one a day of `days`; those that were rejected are not above
  // zero.
  private var rates: [[Int64]]
  private let ownRate: [Int64]

  /// Rates on these days for the currencies in `column`, the column of the credited table.
  init?(
    _ conversion: Conversion, rates table: Table, currencies column: Column, planCurrency: String,
    days: Range<Int32>, rejected: inout [RejectedRow]
  ) {
    guard case .text(let codes, let pool) = column.values, let currency = table[conversion.rateCurrency],
      let date = table[conversion.rateDate], let rate = table[conversion.rate]
    else { return nil }
    self.codes = codes
    self.days = days
    places = if case .decimal(_, let places) = rate.values { places } else { 0 }
    rates = [[Int64]](repeating: [], count: pool.count)
    let one = Int64(truncatingIfNeeded: PowersOfTen[places])
    // The plan's own currency needs no rows.
    ownRate = (0..<Int32(pool.count)).map { pool[$0] == planCurrency ? one : Self.none }
    var numbers: [String: Int] = [:]
    for code in 0..<Int32(pool.count) { numbers[pool[code]] = Int(code) }
    var firstRows: [Place: Int] = [:]
    for row in 0..<table.rowCount {
      guard let value = rate.number(row), let digits = Int64(exactly: value.coefficient) else { continue }
      if digits <= 0 { rejected.append(Self.notPositive(row, value, conversion, table)) }
      guard let word = currency.text(row), let code = numbers[word], let day = date.date(row)?.day,
        days.contains(day)
      else { continue }
      if rates[code].isEmpty { rates[code] = [Int64](repeating: Self.none, count: days.count) }
      let place = Int(day - days.lowerBound)
      if let first = firstRows.updateValue(row, forKey: Place(code: code, day: place)) {
        // Which of the two holds would be left to the order of the rows: neither does.
        rejected.append(Self.twin(first, of: row, conversion, table))
        rejected.append(Self.twin(row, of: first, conversion, table))
        rates[code][place] = 0
      } else {
        rates[code][place] = digits
      }
    }
  }

  /// A currency and a day.
  private struct Place: Hashable {
    let code: Int
    let day: Int
  }

  /// The rate of a row's currency on a day, as an integer of the last digit; nil where the table has no good one.
  func rate(row: Int, day: Int32) -> Int64? {
    let rate = known(row: row, day: day)
    return rate > 0 ? rate : nil
  }

  /// Whether the table has rows with a rate for this currency and day, all of them rejected.
  func isRejected(row: Int, day: Int32) -> Bool {
    let rate = known(row: row, day: day)
    return rate != Self.none && rate <= 0
  }

  private func known(row: Int, day: Int32) -> Int64 {
    let code = Int(codes[row])
    let known = rates[code].isEmpty ? Self.none : rates[code][Int(day - days.lowerBound)]
    return known == Self.none ? ownRate[code] : known
  }

  private static func notPositive(
    _ row: Int, _ rate: ExactDecimal, _ conversion: Conversion, _ table: Table
  ) -> RejectedRow {
    RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: conversion.rate,
      code: .badNumber,
      message: "a rate of \(rate) converts nothing: a rate must be above zero",
      help: "write how much of the plan's currency one unit of this currency is worth")
  }

  private static func twin(
    _ row: Int, of other: Int, _ conversion: Conversion, _ table: Table
  ) -> RejectedRow {
    let words = [conversion.rateCurrency, conversion.rateDate].map { table[$0]?.display(row) ?? "" }
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: conversion.rate,
      code: .duplicateKey,
      message: "line \(table.lines[other]) has a rate of \(words[0]) for \(words[1]) too",
      help: "keep one of the rows; none of them is used")
  }
}
