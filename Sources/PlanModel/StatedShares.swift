package import Money

/// Shares that the plan states for the people of a row, where their table has none: equal ones, or by role.
package struct StatedShares: Sendable, Equatable {
  /// The share of those who have a word in the column of roles.
  package struct OfRole: Sendable, Equatable {
    package let role: String
    package let share: ExactDecimal

    package init(role: String, share: ExactDecimal) { (self.role, self.share) = (role, share) }
  }

  /// What becomes of the share of a role that nobody has on a row.
  package enum Vacant: String, Sendable, CaseIterable {
    /// The shares do not add up to 100 %, and the row is rejected.
    case reject
    /// The others get it, in proportion to their shares.
    case scale
  }

  /// The column that tells which row a person has a share of; those without one have none.
  package let row: String
  package let person: String
  /// The column of roles; nil where all people of a row have the same share.
  package let by: String?
  package let roles: [OfRole]
  package let vacant: Vacant
  /// Whether each person has the share of their role whole, as with overlays, rather than an equal part of it.
  package let isWhole: Bool

  package init(
    row: String, person: String, by: String?, roles: [OfRole], vacant: Vacant, isWhole: Bool
  ) {
    (self.row, self.person, self.by) = (row, person, by)
    (self.roles, self.vacant, self.isWhole) = (roles, vacant, isWhole)
  }

  /// Digits after the point of shares that are worked out: of a third, 33.33333333 %.
  package static let places = 10
}
