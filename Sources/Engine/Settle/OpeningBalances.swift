import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// What earlier runs left open, by step and payee.
struct OpeningBalances {
  /// What each payee owes, by step.
  private(set) var owed: [[Int128]]
  /// What is held for each payee until a day, by step.
  private(set) var held: [[[(due: Int32, amount: Int128)]]]

  init(_ settle: Settle, _ data: RunData, places: Int) throws(Diagnostic) {
    owed = settle.steps.map { _ in [Int128](repeating: 0, count: data.people.count) }
    held = settle.steps.map { _ in Array(repeating: [], count: data.people.count) }
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
      let amount: Int128
      do {
        amount = try (table["amount"]?.number(row) ?? .zero).rescaled(to: places, rounding: .halfEven)
      } catch { throw Settling.overflow(settle.steps[step].name) }
      let payee = Int(payees[row])
      if case .holdback = settle.steps[step].kind {
        held[step][payee].append((table["due"]?.date(row)?.day ?? Int32.min, amount))
      } else {
        owed[step][payee] += amount
      }
    }
  }
}
