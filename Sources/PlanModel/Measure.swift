package import Expressions
package import Money
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
  }

  package let name: Named
  package let total: Total
  /// The credit rules whose lines are measured.
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

/// What a payee is wanted to reach, from rows of a table.
package struct Quota: Sendable, Equatable {
  package enum Placement: Sendable, Equatable {
    /// A column of dates: the row belongs to the period that holds the day.
    case date(String)
    /// A column of period labels.
    case label(String)
  }

  /// Which quota a figure to date is held against.
  package enum Target: String, Sendable, CaseIterable {
    /// The quota of the whole window.
    case full
    /// The quota of the window's periods up to this one.
    case toDate = "to-date"
  }

  /// How a quota of zero, or none, is read.
  package enum Zero: String, Sendable, CaseIterable {
    /// Nothing is attained: 0 %, and amounts stay in the first band.
    case unmet
    /// Every amount lies beyond all bands; the attainment is shown as 0 %.
    case passed
  }

  package let table: String
  package let person: String
  package let placement: Placement
  package let amount: String
  /// What each row's amount is multiplied by; 1 unless the plan says otherwise.
  package let scale: ExactDecimal
  package let target: Target
  package let zero: Zero

  package init(
    table: String, person: String, placement: Placement, amount: String, scale: ExactDecimal, target: Target,
    zero: Zero
  ) {
    self.table = table
    self.person = person
    self.placement = placement
    self.amount = amount
    self.scale = scale
    self.target = target
    self.zero = zero
  }
}
