import PlanCalendar

/// The period of each day of a calendar, by a look into a list.
struct PeriodOfDay: Sendable {
  /// The days from the first period's first to the last period's last.
  let days: Range<Int32>
  // INVARIANT: one number a day of `days`; -1 for a day in no period.
  private let numbers: [Int32]
  /// The number of periods.
  let count: Int
  /// The last day of each period.
  let lastDays: [Int32]

  init(_ calendar: PlanCalendar) {
    count = calendar.periods.count
    lastDays = calendar.periods.map { $0.end.day - 1 }
    guard let first = calendar.periods.first, let last = calendar.periods.last else {
      (days, numbers) = (0..<0, [])
      return
    }
    days = first.start.day..<last.end.day
    numbers = days.map { day in Int32(calendar.index(of: CalendarDate(day: day)) ?? -1) }
  }

  /// The number of the period that holds the day, or -1.
  subscript(day: Int32) -> Int32 {
    day >= days.lowerBound && day < days.upperBound ? numbers[Int(day - days.lowerBound)] : -1
  }
}
