import PlanCalendar
import PlanModel
import Tables

/// The period that each row of a table of quotas belongs to.
struct QuotaPlacement {
  /// The number of a row's period, or -1.
  let period: (Int) -> Int

  init(_ placement: Quota.Placement, _ table: Table, _ calendar: PlanCalendar) {
    switch placement {
    case .date(let name):
      let days = PeriodOfDay(calendar)
      guard let column = table[name], case .date(let cells) = column.values else {
        period = { _ in -1 }
        return
      }
      period = { row in column.isMissing(row) ? -1 : Int(days[cells[row]]) }
    case .label(let name):
      var numbers: [String: Int] = [:]
      for (number, period) in calendar.periods.enumerated() { numbers[period.label] = number }
      guard let column = table[name] else {
        period = { _ in -1 }
        return
      }
      if case .text(let codes, let pool) = column.values {
        let known = (0..<Int32(pool.count)).map { numbers[pool[$0]] ?? -1 }
        period = { row in column.isMissing(row) ? -1 : known[Int(codes[row])] }
      } else {
        period = { [numbers] row in numbers[column.display(row)] ?? -1 }
      }
    }
  }
}
