/// The periods of a plan in order, and the longer windows (quarter, half, year) that they add up to.
package struct PlanCalendar: Sendable, Equatable {
  /// The periods, ascending, each beginning where the one before ends.
  package let periods: [Period]
  /// The month (1...12) in which a fiscal year begins.
  package let fiscalYearStart: Int
  /// Fiscal years of whole weeks, in place of those of months.
  package let weekYears: WeekYears?
  /// On which day a period is paid, if the plan says so.
  package var payment: PaymentDay?

  /// A calendar of periods that the plan names by their dates; they must ascend and touch.
  package init(periods: [Period], fiscalYearStart: Int = 1, weekYears: WeekYears? = nil) {
    self.periods = periods
    self.fiscalYearStart = fiscalYearStart
    self.weekYears = weekYears
  }

  /// A calendar of the weeks, months, quarters or longer windows of fiscal years of whole weeks.
  package init(grain: Grain, weekYears: WeekYears) {
    self.init(periods: weekYears.windows(grain), weekYears: weekYears)
  }

  /// A calendar of regular periods that cover `from` to `to`, both of which must lie on period edges.
  ///
  /// A fiscal year bears the name of the calendar year in which it ends, as is usual: with a start in
  /// April, 2026-04-01 begins `FY2027`, and its first quarter is `FY2027-Q1`. With a start in January the
  /// labels are plain: `2026-Q1`. Months are always calendar months, `2026-04`. Weeks begin on the weekday of `from`,
  /// and each is labelled by its first day.
  package init(grain: Grain, from: CalendarDate, to: CalendarDate, fiscalYearStart: Int) {
    var periods: [Period] = []
    var start = from
    while start < to {
      let end = grain == .week ? start.adding(days: 7) : start.startOfMonth(adding: grain.months)
      periods.append(
        Period(label: Self.label(grain, start, fiscalYearStart: fiscalYearStart), start: start, end: end))
      start = end
    }
    self.init(periods: periods, fiscalYearStart: fiscalYearStart)
  }

  /// The first day of the window of this grain that holds the day; for weeks, which begin on any day, the day itself.
  package static func windowStart(_ grain: Grain, of date: CalendarDate, fiscalYearStart: Int) -> CalendarDate
  {
    if grain == .week { return date }
    let (_, month, _) = date.civil
    let monthOfYear = (month - fiscalYearStart + 12) % 12
    return date.startOfMonth(adding: -(monthOfYear % grain.months))
  }

  /// The place of the period that holds the day, or nil when none does.
  package func index(of date: CalendarDate) -> Int? {
    var low = 0
    var high = periods.count
    while low < high {
      let middle = (low + high) / 2
      if periods[middle].start <= date { low = middle + 1 } else { high = middle }
    }
    guard low > 0, periods[low - 1].contains(date) else { return nil }
    return low - 1
  }

  /// For each period, the number of the window that it lies in, counted from 0.
  ///
  /// `nil` means that each period is its own window.
  package func windows(_ grain: Grain?) -> [Int] {
    guard let grain else { return Array(periods.indices) }
    var numbers: [Int] = []
    var last: CalendarDate?
    var number = -1
    for period in periods {
      let start = windowStart(grain, of: period.start)
      if start != last { number += 1 }
      last = start
      numbers.append(number)
    }
    return numbers
  }

  /// The first period that does not lie in one window of this grain, or nil when all do.
  package func period(cutBy grain: Grain) -> Period? {
    periods.first { period in
      windowStart(grain, of: period.start) != windowStart(grain, of: period.end.adding(days: -1))
    }
  }

  /// The first day of the window of this grain that holds the day.
  package func windowStart(_ grain: Grain, of date: CalendarDate) -> CalendarDate {
    guard let weekYears else { return Self.windowStart(grain, of: date, fiscalYearStart: fiscalYearStart) }
    return weekYears.windows(grain).last { $0.start <= date }?.start ?? date
  }

  private static func label(_ grain: Grain, _ start: CalendarDate, fiscalYearStart: Int) -> String {
    let (year, month, _) = start.civil
    if grain == .week { return start.description }
    if grain == .month { return String(start.description.prefix(7)) }
    let plain = fiscalYearStart == 1
    let fiscalYear = plain || month < fiscalYearStart ? year : year + 1
    let name = plain ? "\(fiscalYear)" : "FY\(fiscalYear)"
    let part = ((month - fiscalYearStart + 12) % 12) / grain.months + 1
    switch grain {
    case .quarter: return name + "-Q\(part)"
    case .half: return name + "-H\(part)"
    case .year, .month, .week: return name
    }
  }
}
