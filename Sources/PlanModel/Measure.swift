package import Expressions
package import PlanCalendar

/// A figure per payee and period: what was sold, against what was wanted.
package struct Measure: Sendable {
  package enum Total: Sendable, Equatable {
    /// The sum of the credited amounts.
    case amount
    /// The sum of a column of the credited table, in full for each credited person.
    case column(String)
    /// The number of lines.
    case count
    /// What a formula comes to on the lines.
    case figure(Figure)
    /// What a formula makes of other measures.
    case formula(MeasureFormula)
  }

  package let name: Named
  package let total: Total
  /// The credit rules whose lines are measured; none where it is made of other measures.
  package let credits: [String]
  package let condition: Expression?
  /// The window over which it accumulates and after which it starts anew; nil for each period alone.
  package let window: Grain?
  package let quota: Quota?

  package init(
    name: Named, total: Total, credits: [String], condition: Expression?, window: Grain?, quota: Quota?
  ) {
    self.name = name
    self.total = total
    self.credits = credits
    self.condition = condition
    self.window = window
    self.quota = quota
  }
}
