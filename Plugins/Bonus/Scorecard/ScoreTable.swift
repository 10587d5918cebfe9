import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// The managers' scores: of several for one objective in a period, or window, the latest counts.
struct ScoreTable {
  private struct Score {
    let day: Int32
    let score: ExactDecimal
    let evidence: String?
  }

  private let scores: [Int: [String: Score]]
  private let unscored: ScorecardTerms.Unscored

  init(_ terms: ScorecardTerms.Scores, _ batch: Batch) throws(CalculationFault) {
    unscored = terms.unscored
    guard let table = batch.tables[terms.table] else {
      throw CalculationFault("table `\(terms.table)` is missing")
    }
    let payees = try batch.periods.numbers("payee").values
    let (from, to) = (
      try batch.periods.days("period.from").numbers, try batch.periods.days("period.to").numbers
    )
    var rowsOfPayee: [Int64: [Int]] = [:]
    for row in payees.indices { rowsOfPayee[payees[row], default: []].append(row) }
    let (owners, names) = (try table.numbers("payee").values, try table.keys(terms.objective))
    let (points, days) = (try table.numbers(terms.score), try table.days(terms.date))
    let evidence = try terms.evidence.map { name throws(CalculationFault) in try table.keys(name) }
    var found: [Int: [String: Score]] = [:]
    for line in 0..<table.count {
      guard let name = names.name(line), let day = days.day(line)?.day, !points.isMissing(line) else {
        continue
      }
      guard let row = rowsOfPayee[owners[line]]?.first(where: { from[$0] <= day && day <= to[$0] }) else {
        continue
      }
      if let other = found[row]?[name], other.day >= day {
        if other.day == day, other.score != points.decimal(line) {
          throw CalculationFault("`\(terms.table)` has two scores for `\(name)` of one person and day")
        }
        continue
      }
      let words = evidence?.name(line).map { "\(CalendarDate(day: day)): \($0)" }
      found[row, default: [:]][name] = Score(day: day, score: points.decimal(line), evidence: words)
    }
    scores = found
  }

  /// The latest score in these rows of the periods.
  func attained(_ objective: String, _ rows: ClosedRange<Int>) -> Attained {
    for row in rows.reversed() {
      if let score = scores[row]?[objective] {
        return Attained(reached: .exactly(ExactFraction(score.score)), evidence: score.evidence)
      }
    }
    return Attained(reached: unscored == .full ? .exactly(ExactFraction(ExactDecimal.one)) : .nothing)
  }
}
