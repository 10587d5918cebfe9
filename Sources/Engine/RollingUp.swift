import Diagnostics
import PlanModel

/// Passes lines on to the managers as of each line's day.
struct RollingUp {
  let rule: CreditRule
  let levels: Int?
  let people: Payees

  /// The lines that the managers get; each names the payee it comes from.
  func lines(of origin: CreditedLines, rank: [Int32]) throws(Diagnostic) -> CreditedLines {
    var lines = CreditedLines(
      rule: rule.name.text, table: origin.table, idColumn: origin.idColumn, places: origin.places)
    for line in 0..<origin.count {
      let start = Int(origin.payee[line])
      // A line of managers is short: a list is looked through faster than a set is made.
      var seen: [Int] = []
      var payee = start
      var level = 0
      while levels.map({ level < $0 }) ?? true, let manager = people.manager(of: payee, day: origin.day[line])
      {
        if manager == start || seen.contains(manager) {
          if levels == nil { throw cycle(people.ids[manager]) }
          break
        }
        if levels != 1 { seen.append(manager) }
        lines.append(
          payee: Int32(manager), row: origin.row[line], day: origin.day[line], period: origin.period[line],
          amount: origin.amount[line], share: origin.share[line], from: Int32(start))
        payee = manager
        level += 1
      }
    }
    lines.sort(rank: rank)
    return lines
  }

  private func cycle(_ id: String) -> Diagnostic {
    Diagnostic(
      .managerCycle, .error, "`\(id)` is among their own managers, so that `levels: all` never ends",
      at: rule.name.span, help: "mend the managers in the table of people")
  }
}
