/// Fiscal years of whole weeks, as retail has them: each quarter has months of 4, 4 and 5 weeks, in a stated order.
///
/// A year of 53 weeks has the week too many in its last month, as the calendar of the National Retail Federation does:
/// by 4-5-4, its fiscal 2023 begins on 2023-01-29, its twelfth month on 2023-12-31, and that has five weeks.
package struct WeekYears: Sendable, Equatable {
  /// How many weeks the three months of a quarter have.
  package enum Pattern: String, Sendable, CaseIterable {
    case fourFourFive = "4-4-5"
    case fourFiveFour = "4-5-4"
    case fiveFourFour = "5-4-4"

    var weeks: [Int] {
      switch self {
      case .fourFourFive: [4, 4, 5]
      case .fourFiveFour: [4, 5, 4]
      case .fiveFourFour: [5, 4, 4]
      }
    }
  }

  /// A fiscal year: what it is called, its first day and its number of weeks, 52 or 53.
  package struct Year: Sendable, Equatable {
    package let label: String
    package let start: CalendarDate
    package let weeks: Int

    package init(label: String, start: CalendarDate, weeks: Int) {
      (self.label, self.start, self.weeks) = (label, start, weeks)
    }
  }

  package let pattern: Pattern
  /// The years, ascending, each beginning where the one before ends.
  package let years: [Year]

  package init(pattern: Pattern, years: [Year]) {
    (self.pattern, self.years) = (pattern, years)
  }

  /// The windows of a length in order, with labels like `FY2026-P03`, `FY2026-Q1`, `FY2026-W07`.
  package func windows(_ grain: Grain) -> [Period] {
    years.flatMap { year in
      let starts = starts(grain, of: year)
      let end = year.start.adding(days: 7 * year.weeks)
      return starts.indices.map { place in
        Period(
          label: Self.label(grain, place + 1, of: year), start: starts[place],
          end: place + 1 < starts.count ? starts[place + 1] : end)
      }
    }
  }

  private func starts(_ grain: Grain, of year: Year) -> [CalendarDate] {
    func after(_ weeks: Int) -> CalendarDate { year.start.adding(days: 7 * weeks) }
    switch grain {
    case .week: return (0..<year.weeks).map(after)
    case .month:
      var week = 0
      return (0..<12).map { month in
        defer { week += pattern.weeks[month % 3] }
        return after(week)
      }
    case .quarter: return (0..<4).map { after(13 * $0) }
    case .half: return [after(0), after(26)]
    case .year: return [after(0)]
    }
  }

  private static func label(_ grain: Grain, _ number: Int, of year: Year) -> String {
    let two = number < 10 ? "0\(number)" : "\(number)"
    return switch grain {
    case .week: "\(year.label)-W\(two)"
    case .month: "\(year.label)-P\(two)"
    case .quarter: "\(year.label)-Q\(number)"
    case .half: "\(year.label)-H\(number)"
    case .year: year.label
    }
  }
}
