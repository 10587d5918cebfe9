package import Money

/// In which currency a payee is paid, and by which rates.
package struct PayCurrency: Sendable {
  /// The day of whose rate a period is paid.
  package enum Day: String, Sendable, CaseIterable {
    case periodStart = "period-start"
    case periodEnd = "period-end"
    /// The day on which the calendar's `payment` pays the period.
    case payment
  }

  /// The attribute with the code of the currency; empty for the plan's own.
  package let attribute: String
  /// The table of rates and its columns: how much of the plan's currency one unit is worth on a day.
  package let table: String
  package let currency: String
  package let date: String
  package let rate: String
  package let day: Day
  package let mode: RoundingMode
  package let place: Named

  package init(
    attribute: String, table: String, currency: String, date: String, rate: String, day: Day,
    mode: RoundingMode, place: Named
  ) {
    (self.attribute, self.table, self.currency) = (attribute, table, currency)
    (self.date, self.rate, self.day) = (date, rate, day)
    (self.mode, self.place) = (mode, place)
  }
}
