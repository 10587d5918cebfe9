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
  // INVARIANT: for each code of a currency, no rates or one a day of `days`.
  private var rates: [[Int64]]
  private let ownRate: [Int64]

  /// Rates on these days for the currencies in `column`, the column of the credited table.
  init?(
    _ conversion: Conversion, rates table: Table, currencies column: Column, planCurrency: String,
    days: Range<Int32>
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
    for row in 0..<table.rowCount {
      guard let word = currency.text(row), let code = numbers[word], let day = date.date(row)?.day,
        days.contains(day), let value = rate.number(row), let digits = Int64(exactly: value.coefficient)
      else { continue }
      if rates[code].isEmpty { rates[code] = [Int64](repeating: Self.none, count: days.count) }
      rates[code][Int(day - days.lowerBound)] = digits
    }
  }

  /// The rate of a row's currency on a day, as an integer of the last digit; nil where the table has none.
  func rate(row: Int, day: Int32) -> Int64? {
    let code = Int(codes[row])
    let known = rates[code].isEmpty ? Self.none : rates[code][Int(day - days.lowerBound)]
    let rate = known == Self.none ? ownRate[code] : known
    return rate == Self.none ? nil : rate
  }
}
