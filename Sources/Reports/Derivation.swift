package import Diagnostics
package import Money

/// A figure and the figures that add up to it, down to steps of arithmetic.
///
/// - Invariant: a derivation with children has the sum of their amounts.
package struct Derivation: Sendable {
  /// What the figure is: "commission", "deal D-1 of 2026-03-01", "30,000.00 × 15%".
  package let title: String
  package let amount: ExactDecimal
  /// What the amount is counted in, of a whole tree; nil for money in the plan's currency.
  package let unit: String?
  /// The plan line or the row that it comes from.
  package let location: Location?
  /// Facts that help to understand the figure and are no part of its sum: a conversion, an attainment.
  package let notes: [Note]
  package let children: [Derivation]

  /// A fact beside a figure, and where it comes from.
  package struct Note: Sendable {
    package let text: String
    package let location: Location?
  }

  init(
    _ title: String, _ amount: ExactDecimal, in unit: String? = nil, at location: Location? = nil,
    notes: [Note] = [], children: [Derivation] = []
  ) {
    self.title = title
    self.amount = amount
    self.unit = unit
    self.location = location
    self.notes = notes
    self.children = children
  }

  /// The sum of the leaves, which is the amount.
  package func leafSum() throws(ArithmeticOverflow) -> ExactDecimal {
    if children.isEmpty { return amount }
    var sum = ExactDecimal.zero
    for child in children { sum = try sum.adding(try child.leafSum()) }
    return sum
  }
}
