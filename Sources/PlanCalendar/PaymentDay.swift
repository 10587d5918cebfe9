/// On which day a period is paid.
///
/// Worked number: the 15th of the next month, moved before weekends: January 2026 is paid on Friday 2026-02-13, as
/// 2026-02-15 is a Sunday.
package struct PaymentDay: Sendable, Equatable {
  package enum Rule: Sendable, Equatable {
    /// So many days after the period's last day.
    case daysAfter(Int)
    /// On a day of the month that comes so many months after that of the period's last day; 31 is its last day.
    case dayOfMonth(Int, monthsAfter: Int)
  }

  /// Where a payment goes that falls on a Saturday, a Sunday or a holiday.
  package enum Weekends: String, Sendable, CaseIterable {
    case before, after, stay
  }

  package let rule: Rule
  package let weekends: Weekends
  package let holidays: Set<CalendarDate>

  package init(_ rule: Rule, weekends: Weekends, holidays: Set<CalendarDate>) {
    (self.rule, self.weekends, self.holidays) = (rule, weekends, holidays)
  }

  /// The day on which a period is paid.
  package func day(of period: Period) -> CalendarDate {
    let last = period.end.adding(days: -1)
    var day: CalendarDate
    switch rule {
    case .daysAfter(let days): day = last.adding(days: days)
    case .dayOfMonth(let number, let months):
      let start = last.startOfMonth(adding: months)
      let (year, month, _) = start.civil
      day = start.adding(days: min(number, CalendarDate.daysInMonth(month, of: year)) - 1)
    }
    if weekends == .stay { return day }
    while isOff(day) { day = day.adding(days: weekends == .before ? -1 : 1) }
    return day
  }

  private func isOff(_ day: CalendarDate) -> Bool { day.isWeekend || holidays.contains(day) }
}

extension CalendarDate {
  /// Whether the day is a Saturday or a Sunday; 1970-01-01 was a Thursday.
  package var isWeekend: Bool {
    let weekday = (Int(day) + 3) - Self.floorDivide(Int(day) + 3, 7) * 7
    return weekday >= 5
  }
}
