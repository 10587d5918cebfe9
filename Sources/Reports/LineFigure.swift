import Engine
import Money
import PlanModel
import Tables

extension LineReport {
  /// One figure of what a transaction gave a payee: `[credited]`, `[commission, earned]`, `[total]`.
  ///
  /// It is the sum over the payee's lines of the transaction, by all rules or by the one named; zero where there is no
  /// such line, empty where a component failed, and nil where there is no such transaction at all.
  package func figure(_ path: [String], payee: Int, transaction: String, credit: String?) -> Cell? {
    let data = result.data
    var isKnown = false
    var sum = ExactDecimal.zero
    if path.count == 2, data.plan.components.contains(where: { $0.name.text == path[0] }),
      result.component(path[0])?.figures == nil
    {
      return .empty
    }
    for rule in data.plan.credits where credit == nil || credit == rule.name.text {
      guard let lines = data.credited[rule.name.text], let ids = data.tables[lines.table]?[lines.idColumn]
      else {
        continue
      }
      isKnown = isKnown || (0..<ids.count).contains { ids.display($0) == transaction }
      let own = (0..<lines.count).filter { line in
        lines.payee[line] == payee && lines.row[line] >= 0 && ids.display(Int(lines.row[line])) == transaction
      }
      if own.isEmpty { continue }
      let column = Outputs.Column(
        heading: path.joined(separator: "."), path: path, rounding: nil, span: data.plan.name.span)
      let cells = cells(column, lines, componentLines(rule.name.text, lines))
      if path == ["total"], case .empty = cells.cell(own[0]) { return .empty }
      for line in own {
        if case .number(let amount) = cells.cell(line), let more = try? sum.adding(amount) { sum = more }
      }
    }
    return isKnown ? .number(sum) : nil
  }

  /// The ids of all transactions of the tables that are credited.
  package var transactions: [String] {
    Set(result.data.credited.values.map { [$0.table, $0.idColumn] }).flatMap { place in
      let ids = result.data.tables[place[0]]?[place[1]]
      return (0..<(ids?.count ?? 0)).compactMap { row in ids?.display(row) }
    }
  }
}
