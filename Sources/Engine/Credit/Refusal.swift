import Diagnostics
import Money
import PlanModel
import Tables

/// Why a row of a credited table gives no credit.
enum Refusal: Sendable {
  case noAmount, noOwner, stranger, ambiguous, noRate, badRate
  case shares(Shares.Fault)

  /// The row with the reason, for people.
  static func rejection(
    of row: Int, _ refusal: Refusal, _ credit: RowCredit, _ table: Table, _ people: Payees
  ) -> RejectedRow {
    let owner = credit.ownerColumn ?? credit.id
    func time(_ day: String) -> String { credit.conversion?.rates.time(day) ?? "on \(day)" }
    func shown(_ column: String) -> String { table[column]?.display(row) ?? "?" }
    let (code, column, message, help): (DiagnosticCode, String, String, String?) =
      switch refusal {
      case .noAmount: (.valueMissing, credit.amount, "the row has no amount to credit", nil)
      case .noOwner:
        (
          .valueMissing, owner, "the row has no owner to credit",
          credit.recipients.count > 1
            ? "end the list of `to` with `nobody` if such rows are house accounts"
            : credit.ownerColumn.map { "leave such rows out with `where: has(\($0))`" }
        )
      case .stranger:
        (
          .danglingKey, owner,
          credit.recipients.count == 1 && credit.ownerColumn != nil
            ? "`\(shown(owner))` is not among the people of the plan"
            : "the owner whom `to` finds is not among the people of the plan",
          Suggestion.nearest(to: shown(owner), in: people.count <= 2000 ? people.ids : []).map {
            "did you mean `\($0)`?"
          }
        )
      case .ambiguous:
        (
          .ambiguousTerritory, credit.id, "several territories fit this row equally well",
          "let one of them state more of the columns, or not hold on this day"
        )
      case .noRate:
        (
          .noRate, credit.conversion?.currency ?? "",
          "there is no rate of \(shown(credit.conversion?.currency ?? "")) \(time(shown(credit.date)))",
          "add it to table `\(credit.conversion?.rates.table ?? "")`"
        )
      case .badRate:
        (
          .noRate, credit.conversion?.currency ?? "",
          "the rate of \(shown(credit.conversion?.currency ?? "")) \(time(shown(credit.date))) was rejected",
          "mend it in table `\(credit.conversion?.rates.table ?? "")`"
        )
      case .shares(.sum(let sum)):
        (
          .splitSum, credit.id, "the shares of this row add up to \(percent(sum)), not 100%",
          "mend its rows in table `\(credit.split?.table ?? "")`"
        )
      case .shares(.ownerMissing):
        (
          .splitSum, owner, "the owner is not among the people who share this row",
          "add the owner to the split, or state `remainder: largest`"
        )
      case .shares(.stranger):
        (.splitSum, credit.id, "a person or percentage in the split of this row is empty or unknown", nil)
      }
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: column, code: code,
      message: message, help: help)
  }

  private static func percent(_ value: ExactDecimal) -> String {
    ExactDecimal(coefficient: value.coefficient, scale: max(0, value.scale - 2)).normalized.description + "%"
  }
}
