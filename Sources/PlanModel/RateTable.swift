/// A table of exchange rates: how much of the plan's currency one unit of a currency is worth, and when.
package struct RateTable: Sendable, Equatable {
  /// Which rate counts for an amount of a day.
  package enum At: String, Sendable, CaseIterable {
    /// That of the day itself.
    case day
    /// The last one up to the day: that of Friday for a Sunday.
    case latest
    /// The one of the month, an average or whatever the table has: a row there may hold any day of the month.
    case month
    /// That of the last day of the month.
    case monthEnd = "month-end"
    /// The one of the plan, the same for all days.
    case plan
  }

  package let table: String
  /// The column with the currency.
  package let currency: String
  /// The column with the day; nil where rates hold for all days.
  package let date: String?
  package let rate: String
  package let at: At

  package init(table: String, currency: String, date: String?, rate: String, at: At) {
    (self.table, self.currency, self.date, self.rate, self.at) = (table, currency, date, rate, at)
  }

  /// How people say for when a rate is wanted: `for 2026-03-10`, `for the month of 2026-03-10`.
  package func time(_ day: String) -> String {
    switch at {
    case .day: "on \(day)"
    case .latest: "on or before \(day)"
    case .month: "for the month of \(day)"
    case .monthEnd: "on the last day of the month of \(day)"
    case .plan: "for the plan"
    }
  }
}
