import Money

/// The terms of a quota bonus.
struct Terms {
  struct Step {
    /// The attainment that reaches it.
    let atLeast: ExactDecimal
    /// What it pays, in the currency's minor unit.
    let amount: Int64
    let pointer: String
  }

  enum Payment: String, CaseIterable {
    /// In the last period of the measure's window.
    case windowEnd = "window-end"
    /// In each period, what is due less what was paid before in the window.
    case whenReached = "when-reached"
  }

  enum Fallen: String, CaseIterable {
    case keep
    case takeBack = "take-back"
  }

  /// Ascending by attainment.
  let steps: [Step]
  let paid: Payment
  let fallen: Fallen
}
