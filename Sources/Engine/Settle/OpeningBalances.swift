import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// What earlier runs left open, by step and payee.
struct OpeningBalances {
  private(set) var open: [[OpenAmounts]]

  init(_ settle: Settle, _ data: RunData, places: Int) throws(Diagnostic) {
    open = settle.steps.map { _ in Array(repeating: OpenAmounts(), count: data.people.count) }
    guard let opening = settle.opening, let table = data.tables[opening.text] else { return }
    let payees = data.people.finder.indices(of: table["payee"])
    for row in 0..<table.rowCount where payees[row] >= 0 {
      let location = Location.row(
        file: table.file(of: row), line: Int(table.lines[row]), column: "step")
      let name = table["step"]?.display(row) ?? ""
      guard let step = settle.steps.firstIndex(where: { $0.name.text == name }) else {
        throw Diagnostic(
          .unknownName, .error, "there is no step `\(name)` under `settle`", at: location,
          help: Suggestion.help(for: name, in: settle.steps.map(\.name.text)))
      }
      do {
        let amount = try (table["amount"]?.number(row) ?? .zero).rescaled(to: places, rounding: .halfEven)
        open[step][Int(payees[row])].add(amount, due: table["due"]?.date(row)?.day ?? OpenAmounts.atOnce)
      } catch { throw Settling.overflow(settle.steps[step].name) }
    }
  }
}
