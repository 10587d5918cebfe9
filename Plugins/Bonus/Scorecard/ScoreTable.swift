import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// The managers' scores: of several for one objective in a period the latest counts.
struct ScoreTable {
  private let scores: [Int: [String: ExactDecimal]]
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
    var found: [Int: [String: (day: Int32, score: ExactDecimal)]] = [:]
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
      found[row, default: [:]][name] = (day, points.decimal(line))
    }
    scores = found.mapValues { $0.mapValues(\.score) }
  }

  /// The score of a row of the periods; nil where there is none, and none is nothing.
  func score(of objective: String, _ row: Int) throws(CalculationFault) -> ExactDecimal? {
    scores[row]?[objective] ?? (unscored == .full ? .one : nil)
  }
}
