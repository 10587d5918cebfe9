import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// The share of the days on which a payee was active.
struct Proration {
  enum Edge: String, CaseIterable {
    case counted
    case notCounted = "not-counted"
  }

  /// The column of the payee with the first day; nil when all were there from the beginning.
  let from: String?
  /// The column with the last day; empty for those who are still there.
  let to: String?
  let firstDay: Edge
  let lastDay: Edge

  var needs: [ColumnNeeds.Need] {
    (from.map { [ColumnNeeds.Need($0, .date, at: "/prorate/from")] } ?? [])
      + (to.map { [ColumnNeeds.Need($0, .date, at: "/prorate/to")] } ?? [])
  }

  /// For each row of the periods, the active days and all days.
  ///
  /// Worked number: hired on 16 June, of June's 30 days 15 are active with the first day counted, 14 without.
  func days(_ periods: Frame) throws(CalculationFault) -> [Days] {
    let (first, last) = (try periods.days("period.from").numbers, try periods.days("period.to").numbers)
    let from = try from.map { name throws(CalculationFault) in try periods.days(name) }
    let to = try to.map { name throws(CalculationFault) in try periods.days(name) }
    return first.indices.map { row in
      var (begin, end) = (first[row], last[row])
      if let day = from?.day(row)?.day { begin = max(begin, firstDay == .counted ? day : day + 1) }
      if let day = to?.day(row)?.day { end = min(end, lastDay == .counted ? day : day - 1) }
      return Days(active: Int64(max(0, end - begin + 1)), all: Int64(last[row] - first[row] + 1))
    }
  }

  struct Days {
    var active: Int64
    var all: Int64
  }
}
