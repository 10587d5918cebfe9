import Money

/// What people are paid beside and at target: base, target incentive, and both together, on-target earnings (OTE).
///
/// Worked number: an OTE of 100,000 at a mix of 60 % is a base of 60,000 and a target incentive of 40,000.
package struct PayMix: Sendable, Equatable {
  /// What is stated of people as attributes; the rest is worked out.
  package enum Stated: String, Sendable, CaseIterable {
    case base = "base_pay"
    case target = "target_incentive"
    case onTarget = "ote"
    /// The part of the OTE that is base.
    case mix = "pay_mix"
  }

  /// How a period's part of a year's target is found.
  package enum Spread: String, Sendable, CaseIterable {
    /// A twelfth for each month, a quarter for each quarter.
    case equal
    /// By the days of the period over those of the year.
    case days
  }

  package let stated: Set<Stated>
  /// How a target of a year is spread; nil for targets of a period.
  package let spread: Spread?

  package init(stated: Set<Stated>, spread: Spread?) { (self.stated, self.spread) = (stated, spread) }

  /// The attribute of payees with a period's part of their target incentive.
  package static let periodTarget = "period_target"

  /// The amounts that are worked out, by what is stated.
  package var derived: [Stated] {
    switch stated {
    case [.base, .target]: [.onTarget]
    case [.onTarget, .base]: [.target]
    case [.onTarget, .mix]: [.base, .target]
    default: []
    }
  }
}
