extension PlanCalendar {
  /// For each period the one at the same place in the window before, or nil where the calendar has none.
  ///
  /// Of March 2026 that is December 2025 with quarters, March 2025 with years, and February without a grain. Weeks go
  /// 52 back for a year. In fiscal years of whole weeks the place is counted from the window's start, so that
  /// the 53rd week of a year has none in a year of 52.
  package func earlier(_ grain: Grain?) -> [Int?] {
    guard let grain else { return periods.indices.map { $0 > 0 ? $0 - 1 : nil } }
    return periods.map { period in
      guard let start = earlierStart(grain, period.start), let place = index(of: start),
        periods[place].start == start
      else { return nil }
      return place
    }
  }

  private func earlierStart(_ grain: Grain, _ start: CalendarDate) -> CalendarDate? {
    if let weekYears {
      let windows = weekYears.windows(grain)
      guard let place = windows.lastIndex(where: { $0.start <= start }), place > 0 else { return nil }
      let earlier = windows[place - 1].start.adding(days: Int(start.day - windows[place].start.day))
      return earlier < windows[place].start ? earlier : nil
    }
    if periods.allSatisfy({ $0.end.day - $0.start.day == 7 }) {
      return start.adding(days: grain == .year ? -364 : -7)
    }
    let (year, month, day) = start.civil
    let months = year * 12 + month - 1 - grain.months
    return CalendarDate(year: months / 12, month: months % 12 + 1, dayOfMonth: day)
  }
}
