import Money

/// When a bonus of a window is paid.
enum Payment: String, CaseIterable {
  /// In the last period of the measure's window.
  case windowEnd = "window-end"
  /// In each period, what is due less what was paid before in the window.
  case whenReached = "when-reached"
}

/// The terms of a quota bonus.
struct QuotaTerms {
  enum Fallen: String, CaseIterable {
    case keep
    case takeBack = "take-back"
  }

  let figure: BonusFigure
  let curve: Curve
  /// Nil where the steps pay amounts.
  let target: Target?
  let paid: Payment
  let fallen: Fallen
  let scaling: Scaling
  let guarantee: Guarantee?
  let rounding: RoundingMode
}
