/// Conversion of quotas to the plan's currency.
package struct QuotaConversion: Sendable, Equatable {
  /// The day of a period by whose rate its quotas are converted.
  package enum Day: String, Sendable, CaseIterable {
    case periodStart = "period-start"
    case periodEnd = "period-end"
  }

  /// The column of the quotas with their currency.
  package let currency: String
  package let rates: RateTable
  /// Of no meaning for rates of the plan, which hold for all days.
  package let day: Day

  package init(currency: String, rates: RateTable, day: Day) {
    (self.currency, self.rates, self.day) = (currency, rates, day)
  }
}
