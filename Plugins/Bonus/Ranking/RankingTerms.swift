import Money

/// The terms of a bonus by how somebody stands among the others.
struct RankingTerms {
  /// What equal ones get who stand on both sides of a band's edge.
  enum Ties: String, CaseIterable { case better, worse }

  struct Band {
    /// The share of the field, counted from the best, that it reaches to; nil for all who are left.
    let top: ExactDecimal?
    /// A share of the target, or an amount.
    let pays: ExactDecimal
    let pointer: String
  }

  let figure: BonusFigure
  /// The attribute within whose value people are compared; nil for all.
  let within: String?
  /// Nil where the bands pay amounts.
  let target: Target?
  let bands: [Band]
  /// How a part of a person at a band's edge is rounded.
  let edge: RoundingMode
  let ties: Ties
  let isPaidAtWindowEnd: Bool
  let scaling: Scaling
  let rounding: RoundingMode
}
