package import Expressions
package import PlanCalendar

/// Who is in a plan, and when: what is outside of it is measured and not paid.
package struct Assignment: Sendable, Equatable {
  /// Only people for whom this holds on a day are in the plan on that day.
  package let payees: Expression?
  /// The first day, and the last.
  package let from: CalendarDate?
  package let to: CalendarDate?

  package init(payees: Expression?, from: CalendarDate?, to: CalendarDate?) {
    (self.payees, self.from, self.to) = (payees, from, to)
  }
}
