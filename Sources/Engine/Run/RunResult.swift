package import Diagnostics
package import PlanCalendar
import PlanModel
package import Tables

/// What a run gave: every stage's figures, and what went wrong.
package struct RunResult: Sendable {
  package let data: RunData
  /// The components, in the order of the plan.
  package let components: [ComponentResult]
  /// What became of the earnings, where the plan settles them and no component failed.
  package let settlement: Settlement?
  /// Rows that the stages of the run could not use.
  package let rejected: [RejectedRow]
  package let diagnostics: [Diagnostic]
  /// The day as of which the run looked at the data, if it was not all of it.
  package let asOf: CalendarDate?
  /// Whether the lines of the result were taken as they were made, and are here no more.
  package var linesWereTaken = false
  /// The work of the stages, for a later run to take over.
  package let memory: RunMemory

  /// The places of the periods that have begun.
  package var periods: Range<Int> { Self.periods(of: data.plan, asOf: asOf) }

  static func periods(of plan: Plan, asOf: CalendarDate?) -> Range<Int> {
    guard let asOf else { return plan.calendar.periods.indices }
    return 0..<plan.calendar.periods.prefix { $0.start <= asOf }.count
  }

  /// The component with this name.
  package func component(_ name: String) -> ComponentResult? {
    components.first { $0.component.name.text == name }
  }
}
