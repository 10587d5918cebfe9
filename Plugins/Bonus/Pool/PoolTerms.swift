import Money

/// The terms of a pool that is shared out in each period.
struct PoolTerms {
  enum Size {
    case amount(Int64)
    /// A share of what a measure came to in the period, all payees together.
    case share(ExactDecimal, measure: String)
    /// An amount, as far as a curve pays it for what all reached together: the sum of figures over that of the quotas.
    case funded(Int64, BonusFigure, Curve)
  }

  enum By {
    /// To each the same.
    case equal
    /// In proportion to a number of the payee: base pay, a weight.
    case column(String)
    /// In proportion to what a measure came to in the period; less than zero counts as zero.
    case measure(String)
  }

  let size: Size
  /// The attribute of the team that has a pool of its own; nil for one pool of all.
  let team: String?
  let by: By
  /// A factor of the payee on that.
  let multiplier: String?
  let proration: Proration?
}
