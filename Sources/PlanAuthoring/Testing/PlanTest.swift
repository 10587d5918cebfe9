package import Money
package import PlanCalendar
package import PlanModel

/// Rows, and what a plan must make of them.
package struct PlanTest: Sendable {
  /// What one payee must get, in a period or for a transaction.
  package struct Expectation: Sendable {
    package let payee: Named
    package let subject: Subject
    package let figures: [Figure]
  }

  /// What the figures of an expectation are of.
  package enum Subject: Sendable {
    /// A period, by its label; nil in a plan of one period.
    case period(Named?)
    /// A transaction, by its id, and the one rule whose credit is meant; nil for all of them together.
    case transaction(Named, credit: Named?)
  }

  /// A diagnostic that the plan or its rows must give.
  package struct Telling: Sendable {
    package let code: Named
    /// Where, as far as the test says: `deals:3:date`, `plan.yaml:36`.
    package let place: Named?
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
  /// The diagnostics that must be told; nil when the test does not speak of them, so that no error may be told.
  package let tellings: [Telling]?
}
