import PlanCalendar

/// Something that falls on a day and is added up over a period.
struct Entry {
  /// What is added up, a column of the periods each.
  enum Flow: String, CaseIterable {
    /// What the component pays.
    case earned
    case forfeited, exercised, lapsed, withheld, delivered, iso, nso
    case fairValue = "fair_value"
    case tax, cash, dividends, repurchase

    /// Whether it is counted in the currency, not in units.
    var isMoney: Bool {
      switch self {
      case .fairValue, .tax, .cash, .dividends, .repurchase: true
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
      case .withheld: "taken for tax"
      case .delivered: "delivered after tax"
      case .iso: "first exercisable, within the limit for incentive stock options"
      case .nso: "first exercisable, above the limit"
      case .fairValue: "the market value of what vested, less what is paid for it"
      case .tax: "tax withheld"
      case .cash: "paid out in cash after tax"
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
