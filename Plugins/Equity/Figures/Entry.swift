import PlanCalendar

/// Something that falls on a day and is added up over a period.
struct Entry {
  /// What is added up, a column of the periods each.
  enum Flow: String, CaseIterable {
    /// What the component pays.
    case earned
    case forfeited, exercised, lapsed, withheld, delivered, iso, nso
    case fairValue = "fair_value"
    case spread
    case isoSpread = "iso_spread"
    case tax, cash, dividends, repurchase

    /// Whether it is counted in the currency, not in units.
    var isMoney: Bool {
      switch self {
      case .fairValue, .spread, .isoSpread, .tax, .cash, .dividends, .repurchase: true
      case .earned, .forfeited, .exercised, .lapsed, .withheld, .delivered, .iso, .nso: false
      }
    }

    /// What it shows, for people.
    var summary: String {
      switch self {
      case .earned: "what vested, or was paid"
      case .forfeited: "lost before it vested"
      case .exercised: "exercised"
      case .lapsed: "vested, and lost since"
      case .withheld: "taken for tax, and at exercise for the price"
      case .delivered: "delivered after tax"
      case .iso: "first exercisable, within the limit for incentive stock options"
      case .nso: "first exercisable, above the limit"
      case .fairValue: "the market value of what vested, less what is paid for it"
      case .spread: "what exercised units were worth above their price"
      case .isoSpread:
        "the part of it on incentive stock options, an adjustment for the alternative minimum tax"
      case .tax: "tax withheld"
      case .cash: "paid out in cash after tax; below zero what the holder paid"
      case .dividends: "dividends on units that have not vested"
      case .repurchase: "paid for units bought back"
      }
    }
  }

  let flow: Flow
  let day: CalendarDate
  /// In integers of the last digit: of a unit, or of the currency.
  let amount: Int64
  let text: String
  /// Where the terms say so.
  let pointer: String
}
