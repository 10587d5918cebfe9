import Expressions
import JSONCore
import Money
import PlanCalendar
import PlanModel

/// All of a plan that decides what a stage makes of its inputs; where it stands in the plan is no part of it.
enum StageDefinition: Sendable, Equatable {
  case table([ComputedColumn])
  case people(People, ignoring: [String])
  case ranks(table: String, id: String)
  case credit(CreditRule.Source, Frame, isSummed: Bool, isDealt: Bool, asOf: CalendarDate?)
  case measure(Measure.Total, credits: [String], condition: Expression?, window: Grain?, Quota?, Frame)
  case component(
    module: String, credits: [String], measure: String?, condition: Expression?, payees: Expression?,
    from: CalendarDate?, to: CalendarDate?, config: JSONValue,
    isSummed: Bool, Teams, Frame)

  /// What holds for the whole plan.
  struct Frame: Sendable, Equatable {
    let calendar: PlanCalendar
    let currency: Currency
    /// The tables of which rows for other people are passed over.
    let tablesOfOthers: [String]
    /// Who is in the plan: targets are spread over the days on which they are.
    let assignment: Assignment?
  }

  init(_ measure: Measure, _ frame: Frame) {
    self = .measure(
      measure.total, credits: measure.credits, condition: measure.condition, window: measure.window,
      measure.quota, frame)
  }

  init(_ component: Component, isSummed: Bool, _ teams: Teams, _ frame: Frame) {
    self = .component(
      module: component.module.text, credits: component.credits, measure: component.measure,
      condition: component.condition, payees: component.payees, from: component.from,
      to: component.to, config: component.config, isSummed: isSummed, teams.of(module: component.module.text),
      frame)
  }
}
