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
  package let rates: RateTable
  package let day: Day
  package let mode: RoundingMode
  package let place: Named

  package init(
    attribute: String, rates: RateTable, day: Day, mode: RoundingMode, place: Named
  ) {
    (self.attribute, self.rates, self.day) = (attribute, rates, day)
    (self.mode, self.place) = (mode, place)
  }
}
