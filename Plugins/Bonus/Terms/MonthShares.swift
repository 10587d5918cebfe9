import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Shares of somebody's first months: a ramp, or a guarantee that runs out.
///
/// The period that holds the day `since` has the first share, one that begins so many months after that month the share
/// of that number; later ones have none. Worked number: shares of 50 % and 75 % since 20 April; April has 50 %, May 75 %,
/// and for June nothing is stated any more.
struct MonthShares {
  let since: String
  let shares: [ExactDecimal]
  let pointer: String

  var need: ColumnNeeds.Need { ColumnNeeds.Need(since, .date, at: pointer + "/since") }

  /// For each row of the periods the share; nil where none is stated.
  func over(_ periods: Frame) throws(CalculationFault) -> [ExactDecimal?] {
    let since = try periods.days(since)
    let (first, last) = (try periods.days("period.from"), try periods.days("period.to"))
    return first.numbers.indices.map { row in
      guard let day = since.day(row) else { return nil }
      if day.day > last.numbers[row] { return .zero }
      let months = max(0, Self.month(CalendarDate(day: first.numbers[row])) - Self.month(day))
      return months < shares.count ? shares[months] : nil
    }
  }

  private static func month(_ day: CalendarDate) -> Int { day.civil.year * 12 + day.civil.month }
}
