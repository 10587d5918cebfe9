import Diagnostics
import Engine
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions

/// The texts that commands show.
struct ReportText {
  let preview: PayoutPreview
  /// Nil for all periods.
  let period: Int?

  private var plan: Plan { preview.result.data.plan }
  private var periodWord: String { period.map { plan.calendar.periods[$0].label } ?? "all periods" }

  private func money(_ amount: ExactDecimal?) -> String {
    amount.map { $0.padded(to: plan.currency.places).grouped } ?? "incomplete"
  }

  private func heading(_ words: String) -> String {
    let state = preview.outcome.isComplete ? "" : "INCOMPLETE: these figures are not to be paid\n"
    return "\(VisibleText.of(plan.name.text)): \(words)\n\(state)\n"
  }

  /// The statement of all payees, and what is to be told of the run.
  var statement: String {
    let table = TextTable(StatementReport(preview.result).report(period: period)).text
    let words = DiagnosticText(sources: preview.outcome.planFile.sources)
    let shown = preview.outcome.diagnostics.prefix(50).map { words.render($0) }.joined()
    return heading("payouts of \(periodWord), not saved") + table
      + "\ntotal \(money(preview.total(period: period))) \(plan.currency.code)\n"
      + (shown.isEmpty ? "" : "\n" + shown)
  }

  /// Who gets more and who gets less than by the saved plan.
  func comparison(_ change: PayDifference) -> String {
    var text = heading("what this edit changes in \(periodWord), against the saved plan")
    for (word, rows) in [("better off", change.better), ("worse off", change.worse)] {
      text += "\(rows.count) \(word)\n"
      if rows.isEmpty { continue }
      let report = Report(
        headings: ["payee", "name", "saved", "now", "change"], isFigure: [false, false, true, true, true],
        rows: rows.map { row in
          let places = plan.currency.places
          let amounts = row.amounts
          return [.text(row.id), .text(row.name)]
            + [amounts.before, amounts.after, amounts.difference].map {
              $0.map { .number($0.padded(to: places)) } ?? .empty
            }
        })
      text += TextTable(report).text + "\n"
    }
    return text + "\(change.same) the same\n"
  }

  /// Why a payee is paid what they are.
  func explanation(_ derivations: [Derivation]) -> String {
    let drawing = DerivationText(places: plan.currency.places)
    let file = preview.outcome.planFile.file
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let trees = derivations.map { drawing.text($0) }.joined(separator: "\n")
    return heading("why") + trees.replacing(VisibleText.of(file) + ":", with: VisibleText.of(name) + ":")
  }
}
