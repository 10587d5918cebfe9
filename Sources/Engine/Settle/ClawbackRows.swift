import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// What each row of a clawback's table makes a payee owe, and gives back when it is put right.
struct ClawbackRows {
  struct Row {
    let text: String
    /// Below zero where it gives back.
    let amount: Int128
  }

  /// Those of each pair of payee and period: what is owed first, then what is given back, in the order of their words.
  private(set) var rows: [Int: [Row]] = [:]
  /// Rows of deals of which it is not known what was paid on them.
  private(set) var faults: [Diagnostic] = []

  init(
    _ clawback: Settle.Clawback, _ step: Named, _ data: RunData,
    _ earnings: [(name: String, figures: ComponentResult.Figures)], places: Int,
    asOf: CalendarDate? = nil
  ) throws(Diagnostic) {
    guard let table = data.tables[clawback.table] else { return }
    let payees = data.people.finder.indices(of: table[clawback.person])
    let calendar = data.plan.calendar
    var paidOnLines: PaidOnLines?
    if case .lines(let source) = clawback.paid {
      paidOnLines = PaidOnLines(source, of: table, data, earnings)
    }
    for row in 0..<table.rowCount where payees[row] >= 0 {
      guard let date = table[clawback.date]?.date(row) else { continue }
      let back = clawback.back.flatMap { table[$0]?.date(row) }
      if let asOf, date > asOf { continue }
      let period = calendar.index(of: date)
      let backPeriod = back.flatMap { back in asOf.map { back <= $0 } ?? true ? calendar.index(of: back) : nil
      }
      if period == nil, backPeriod == nil { continue }
      let payee = Int(payees[row])
      let paid: ExactDecimal
      var sold = clawback.since.flatMap { table[$0]?.date(row) }
      switch clawback.paid {
      case .column(let column):
        guard let number = table[column]?.number(row) else { continue }
        paid = number
      case .lines(let source):
        let deal = table[source.row]?.display(row) ?? ""
        guard let found = paidOnLines?.paid(payee: payee, deal: deal, by: date) else {
          faults.append(Self.unknown(deal, data.people.ids[payee], table, row, source.row))
          continue
        }
        (paid, sold) = (found.amount, sold ?? found.day)
      }
      guard let sold else { continue }
      let part = clawback.part.map { table[$0]?.number(row) ?? .zero }
      do {
        let days = max(0, Int(date.day - sold.day))
        let (owed, share) = try Self.owed(clawback, paid, part, days: days, places: places)
        let amount = try owed.rescaled(to: places, rounding: clawback.rounding.mode)
        let text = "\(date), \(days) days after \(sold): \(share) of \(paid.grouped)"
        func place(_ period: Int) -> Int { payee * calendar.periods.count + period }
        if let period { rows[place(period), default: []].append(Row(text: text, amount: amount)) }
        if let backPeriod, let back {
          rows[place(backPeriod), default: []].append(
            Row(text: "\(back), put right: \(text)", amount: -amount))
        }
      } catch { throw Settling.overflow(step) }
    }
    for place in rows.keys {
      rows[place]?.sort {
        ($0.amount < 0 ? 1 : 0, $0.text, $0.amount) < ($1.amount < 0 ? 1 : 0, $1.text, $1.amount)
      }
    }
  }

  private static func owed(
    _ clawback: Settle.Clawback, _ paid: ExactDecimal, _ part: ExactDecimal?, days: Int, places: Int
  ) throws(ArithmeticOverflow) -> (ExactDecimal, String) {
    let digits = min(places, clawback.rounding.places)
    let paid = try part.map { part throws(ArithmeticOverflow) in try paid.multiplied(by: part) } ?? paid
    let words = part.map { " × \(Settling.percent($0))" } ?? ""
    switch clawback.share {
    case .bands(let bands):
      let share = bands.first { days <= $0.within }?.share ?? .zero
      let owed = try paid.multiplied(by: share).rounded(to: digits, clawback.rounding.mode)
      return (owed, Settling.percent(share) + words)
    case .proRata(let whole):
      let left = max(0, whole - days)
      let owed = try paid.multiplied(by: ExactDecimal(Int64(left)))
        .divided(by: ExactDecimal(Int64(whole)), places: digits, clawback.rounding.mode)
      return (owed, "\(left)/\(whole)\(words)")
    }
  }

  private static func unknown(
    _ deal: String, _ payee: String, _ table: Table, _ row: Int, _ column: String
  ) -> Diagnostic {
    Diagnostic(
      .danglingKey, .error,
      "it is not known what `\(payee)` was paid on `\(deal)`, which is to be taken back",
      at: .row(file: table.file(of: row), line: Int(table.lines[row]), column: column),
      help:
        "the deal is neither in the data of the run nor among the lines of `earlier` runs; nothing is taken for it"
    )
  }
}
