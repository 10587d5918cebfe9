import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// What components earned on deals: in the run itself, and in earlier runs whose lines the plan names as a table.
struct PaidOnLines {
  private struct Key: Hashable {
    let payee: Int
    let deal: String
  }

  /// For each payee and deal, what was earned and when.
  private var earned: [Key: [(day: CalendarDate, amount: ExactDecimal)]] = [:]
  /// Deals of the run's own data, on which nothing may have been earned.
  private var known: Set<String> = []

  init(
    _ source: Settle.PaidLines, of deals: Table, _ data: RunData,
    _ earnings: [(name: String, figures: ComponentResult.Figures)]
  ) {
    let wanted = Set((0..<deals.rowCount).compactMap { deals[source.row]?.display($0) })
    for (name, figures) in earnings where source.components.contains(where: { $0.text == name }) {
      let lines = figures.lines
      guard let table = data.tables[lines.table], let ids = table[lines.idColumn] else { continue }
      var dealOfRow: [Int32: String] = [:]
      for row in 0..<table.rowCount {
        let id = ids.display(row)
        if wanted.contains(id) { dealOfRow[Int32(row)] = id }
      }
      known.formUnion(dealOfRow.values)
      for line in 0..<lines.count {
        guard let deal = dealOfRow[lines.row[line]] else { continue }
        earned[Key(payee: Int(lines.payee[line]), deal: deal), default: []].append(
          (
            CalendarDate(day: lines.day[line]),
            ExactDecimal(coefficient: Int128(figures.earned[line]), scale: figures.places)
          ))
      }
    }
    guard let earlier = source.earlier, let table = data.tables[earlier.table] else { return }
    let payees = data.people.finder.indices(of: table[earlier.person])
    for row in 0..<table.rowCount where payees[row] >= 0 {
      guard let deal = table[earlier.row]?.display(row), let day = table[earlier.date]?.date(row),
        let amount = table[earlier.amount]?.number(row),
        // What lies in the run's own periods the run knows better.
        data.plan.calendar.index(of: day) == nil
      else { continue }
      earned[Key(payee: Int(payees[row]), deal: deal), default: []].append((day, amount))
    }
  }

  /// What a payee earned on a deal up to a day, and the first day of it; nil where the deal is not known at all.
  func paid(payee: Int, deal: String, by day: CalendarDate) -> (amount: ExactDecimal, day: CalendarDate)? {
    guard let all = earned[Key(payee: payee, deal: deal)] else {
      return known.contains(deal) ? (.zero, day) : nil
    }
    let before = all.filter { $0.day <= day }
    let sum = before.reduce(ExactDecimal.zero) { (try? $0.adding($1.amount)) ?? $0 }
    return (sum, before.map(\.day).min() ?? day)
  }
}
