import PlanModel
import Tables

/// The exchange rates of the rows of a table, each by its own currency.
struct DayRates: Sendable {
  /// Digits after the point of every rate.
  var places: Int { rates.places }
  private let codes: [Int32]
  private let rates: ExchangeRates

  /// Rates on these days for the currencies in `column` of the table whose amounts are converted.
  init?(
    _ source: RateTable, rates table: Table, currencies column: Column, planCurrency: String,
    days: Range<Int32>, rejected: inout [RejectedRow]
  ) {
    guard case .text(let codes, let pool) = column.values,
      let rates = ExchangeRates(
        source, table, currencies: pool, planCurrency: planCurrency, days: days, rejected: &rejected)
    else { return nil }
    (self.codes, self.rates) = (codes, rates)
  }

  /// The rate of a row's currency on a day, as an integer of the last digit; nil where the table has no good one.
  @inline(__always)
  func rate(row: Int, day: Int32) -> Int64? { rates.rate(code: codes[row], day: day) }

  /// Whether the table has rows with a rate for this currency and day, all of them rejected.
  func isRejected(row: Int, day: Int32) -> Bool { rates.isRejected(code: codes[row], day: day) }
}
