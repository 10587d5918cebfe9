/// A stretch of days that pay is computed for: from its first day up to, not including, its end.
package struct Period: Sendable, Hashable {
  /// What people call it: `2026-03`, `2026-Q1`, `2026-H1`, `2026`, or a name from the plan.
  package let label: String
  /// The first day.
  package let start: CalendarDate
  /// The day after the last.
  package let end: CalendarDate

  package init(label: String, start: CalendarDate, end: CalendarDate) {
    self.label = label
    self.start = start
    self.end = end
  }

  /// The last day.
  package var lastDay: CalendarDate { end.adding(days: -1) }

  /// Whether the day lies in the period.
  package func contains(_ date: CalendarDate) -> Bool { date >= start && date < end }
}
