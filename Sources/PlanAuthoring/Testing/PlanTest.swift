package import Money
package import PlanCalendar
package import PlanModel

/// Rows, and what a plan must make of them.
package struct PlanTest: Sendable {
  /// What one payee must get in one period.
  package struct Expectation: Sendable {
    package let payee: Named
    /// The label of the period; nil in a plan of one period.
    package let period: Named?
    package let figures: [Figure]
  }

  /// One figure and its exact amount.
  package struct Figure: Sendable {
    /// As the test names it: `total`, `commission`, `bookings.attainment`.
    package let name: String
    /// The amount, and where it stands.
    package let amount: ExactDecimal
    package let place: Named
  }

  package let name: Named
  /// Where the expected figures come from, in the author's words.
  package let source: String?
  /// Rows that stand for those of the plan's tables.
  package let rows: [String: TableSource.Origin]
  package let asOf: CalendarDate?
  package let expectations: [Expectation]
}
