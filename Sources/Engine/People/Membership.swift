package import Diagnostics
package import PlanCalendar
import PlanModel

/// On which days of the calendar people are in a plan.
package struct Membership: Sendable {
  /// Whether somebody is in the plan, by payee and day from the calendar's first on.
  private let flags: [[Bool]]
  /// The first day.
  package let start: CalendarDate

  /// Looks at each day on which the plan may hold; a condition that has no value for somebody is a fault.
  package init(_ data: RunData) throws(Diagnostic) {
    let periods = data.plan.calendar.periods
    start = periods.first?.start ?? CalendarDate(day: 0)
    let count = Int((periods.last?.end ?? start).day - start.day)
    let assignment = data.plan.assignment
    var flags = [[Bool]](repeating: [Bool](repeating: false, count: count), count: data.people.count)
    for offset in 0..<count {
      let day = start.adding(days: offset)
      if let from = assignment?.from, day < from { continue }
      if let to = assignment?.to, to < day { continue }
      guard let condition = assignment?.payees else {
        for payee in flags.indices { flags[payee][offset] = true }
        continue
      }
      let mask = try LineColumns(everyoneOn: day, period: 0, context: data).mask(
        condition, data.plan.name.span)
      for payee in mask.indices where mask[payee] { flags[payee][offset] = true }
    }
    self.flags = flags
  }

  /// Whether the payee is in the plan on the day.
  package func holds(_ payee: Int, on day: CalendarDate) -> Bool {
    let offset = Int(day.day - start.day)
    return flags[payee].indices.contains(offset) && flags[payee][offset]
  }

  /// Whether the payee is in the plan on any day of the period.
  package func holds(_ payee: Int, in period: Period) -> Bool {
    (period.start.day..<period.end.day).contains { holds(payee, on: CalendarDate(day: $0)) }
  }
}
