import Diagnostics
import PlanCalendar
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

  /// The part of the target incentive of each payee and period, where the plan says what people are paid at target.
  var targets: PeriodTargets?

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

  /// An attribute of these payees, as numbers, in these periods: on the last day of each, or of the whole of it.
  package func attribute(_ name: String, places: [Int]) -> Column? {
    if name == PayMix.periodTarget, let targets { return targets.column(places, name: name) }
    let periods = plan.calendar.periods
    return people.attribute(
      name, payees: places.map { Int32($0 / periods.count) },
      days: places.map { periods[$0 % periods.count].lastDay.day })
  }

  /// Keeps a warning, once.
  mutating func tell(_ notice: Diagnostic) {
    if !notices.contains(notice) { notices.append(notice) }
  }
}
