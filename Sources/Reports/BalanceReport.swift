package import Engine
import PlanCalendar
import PlanModel

/// What is open after a run, in the columns that a later run reads as its opening balances.
package enum BalanceReport {
  /// The balances of all payees, or of one; nil where the plan settles nothing or a component failed.
  package static func report(_ result: RunResult, payee: Int? = nil) -> Report? {
    guard let settle = result.data.plan.settle, let settlement = result.settlement else { return nil }
    let rows = settlement.balances.filter { payee == nil || $0.payee == payee }.map { balance -> [Cell] in
      [
        .text(result.data.people.ids[balance.payee]), .text(settle.steps[balance.step].name.text),
        .text(balance.due.map { $0 == Int32.min ? "" : CalendarDate(day: $0).description } ?? ""),
        .number(settlement.decimal(balance.amount)),
      ]
    }
    return Report(
      headings: Settle.balanceColumns, isFigure: [false, false, false, true], rows: rows)
  }
}
