package import Expressions
package import Money

/// What a measure makes of the values that a formula has on its lines.
package struct Figure: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case sum
    /// The number of different values.
    case distinct
    /// The sum of the values by their number.
    case average
    /// The sum of the values by the sum of `base`.
    case ratio
    case min, max
    /// The value of the latest day; of several on that day, that of the row whose id comes last.
    case last
    /// The number of different values by that of `base`; ready-made measures alone have it.
    case distinctRatio = "distinct ratio"

    /// Whether it looks at which values there are, whatever their kind.
    package var tellsApart: Bool { self == .distinct || self == .distinctRatio }
    /// Those that a plan names itself.
    package static let stated = allCases.filter { $0 != .distinctRatio }
  }

  package let kind: Kind
  package let value: Expression
  /// What a ratio divides by.
  package let base: Expression?
  /// Digits after the point.
  package let places: Int
  /// How more digits are rounded; nil where there must be none.
  package let rounding: RoundingMode?
  /// The figure where there is nothing to divide by, or no value to choose; nil where that cannot be.
  package let none: ExactDecimal?

  package init(
    kind: Kind, value: Expression, base: Expression?, places: Int, rounding: RoundingMode?,
    none: ExactDecimal?
  ) {
    self.kind = kind
    self.value = value
    self.base = base
    self.places = places
    self.rounding = rounding
    self.none = none
  }
}
