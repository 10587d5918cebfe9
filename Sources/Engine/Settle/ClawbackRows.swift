import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// What each row of a clawback's table makes a payee owe.
struct ClawbackRows {
  /// Those of each pair of payee and period, in the order of day, amount and words.
  private(set) var rows: [Int: [(text: String, amount: Int128)]] = [:]

  init(_ clawback: Settle.Clawback, _ step: Named, _ data: RunData, places: Int) throws(Diagnostic) {
    guard let table = data.tables[clawback.table] else { return }
    let payees = data.people.finder.indices(of: table[clawback.person])
    let periods = data.plan.calendar.periods.count
    for row in 0..<table.rowCount where payees[row] >= 0 {
      guard let date = table[clawback.date]?.date(row), let since = table[clawback.since]?.date(row),
        let paid = table[clawback.paid]?.number(row), let period = data.plan.calendar.index(of: date)
      else { continue }
      do {
        let days = max(0, Int(date.day - since.day))
        let (owed, share) = try Self.owed(clawback, paid, days: days, places: places)
        let text = "\(date), \(days) days after \(since): \(share) of \(paid.grouped)"
        rows[Int(payees[row]) * periods + period, default: []].append(
          (text, try owed.rescaled(to: places, rounding: clawback.rounding.mode)))
      } catch { throw Settling.overflow(step) }
    }
    for place in rows.keys { rows[place]?.sort { ($0.text, $0.amount) < ($1.text, $1.amount) } }
  }

  private static func owed(
    _ clawback: Settle.Clawback, _ paid: ExactDecimal, days: Int, places: Int
  ) throws(ArithmeticOverflow) -> (ExactDecimal, String) {
    let digits = min(places, clawback.rounding.places)
    switch clawback.share {
    case .bands(let bands):
      let share = bands.first { days <= $0.within }?.share ?? .zero
      let owed = try paid.multiplied(by: share).rounded(to: digits, clawback.rounding.mode)
      return (owed, Settling.percent(share))
    case .proRata(let whole):
      let left = max(0, whole - days)
      let owed = try paid.multiplied(by: ExactDecimal(Int64(left)))
        .divided(by: ExactDecimal(Int64(whole)), places: digits, clawback.rounding.mode)
      return (owed, "\(left)/\(whole)")
    }
  }
}
