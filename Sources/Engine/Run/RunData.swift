import Diagnostics
package import PlanModel
package import Tables

/// What the stages of a run have made so far: tables, people, credited lines, measures.
package struct RunData: Sendable {
  package let plan: Plan
  package let tables: [String: Table]
  package let people: Payees
  /// The lines of each credit rule, by its name.
  package internal(set) var credited: [String: CreditedLines] = [:]
  /// For each table that is credited, the place of each row's id among all ids.
  var ranks: [String: RowRanks] = [:]
  /// The measures, by name.
  package internal(set) var measures: [String: Measured] = [:]
  /// What the components came to that were computed, by name.
  var figures: [String: ComponentResult.Figures] = [:]

  /// The period of each day.
  let periodOfDay: PeriodOfDay
  /// Warnings of rows that take no part.
  var notices: [Diagnostic] = []

  package init(plan: Plan, tables: [String: Table], people: Payees) {
    self.plan = plan
    periodOfDay = PeriodOfDay(plan.calendar)
    self.tables = tables
    self.people = people
  }

  /// Keeps a warning, once.
  mutating func tell(_ notice: Diagnostic) {
    if !notices.contains(notice) { notices.append(notice) }
  }
}
