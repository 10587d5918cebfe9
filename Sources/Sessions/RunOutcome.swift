package import Diagnostics
package import Engine
package import JSONCore
import Money
import PlanCalendar
import PlanModel
import Reports
package import Tables

/// A run and its circumstances: what was read, what was rejected, whether the figures are whole.
package struct RunOutcome: Sendable {
  package let planFile: PlanFile
  package let planDiagnostics: [Diagnostic]
  package let data: LoadedData
  package let result: RunResult
  package let modules: [(id: String, version: String)]

  /// All rows that take no part in the figures.
  package var rejected: [RejectedRow] {
    (data.rejected + result.rejected).sorted {
      ($0.file, $0.line, $0.column ?? "") < ($1.file, $1.line, $1.column ?? "")
    }
  }

  /// Everything there is to tell, rejected rows included; those of tables that accept them are warnings.
  package var diagnostics: [Diagnostic] {
    let accepting = Set(result.data.plan.tables.filter(\.schema.acceptsRejects).map(\.schema.name))
    let rows = rejected.map { $0.diagnostic(accepting.contains($0.table) ? .warning : .error) }
    // A component whose terms were refused is told by the refusal; that it failed in the run adds nothing.
    let refusals = planDiagnostics.filter { $0.severity == .error }
    let failures =
      refusals.isEmpty ? result.diagnostics : result.diagnostics.filter { $0.code != .moduleFailed }
    return planDiagnostics + data.diagnostics + failures + rows
  }

  /// Whether every figure that the plan promises is there and rests on all rows.
  package var isComplete: Bool {
    !diagnostics.hasErrors && result.components.allSatisfy { $0.figures != nil }
  }

  /// The content of `run.json`; with a payee or a period, its totals are of that part alone, as the files are.
  package func manifest(payee: Int? = nil, period: Int? = nil) -> JSONValue {
    let totals = StatementReport(result).totals(payee: payee, period: period)
    let rejected = RejectedCounts(rejected)
    let shown = diagnostics
    return [
      "state": isComplete ? "complete" : "incomplete",
      "plan": [
        "name": .string(result.data.plan.name.text), "file": .string(planFile.file),
        "sha256": .string(planFile.fingerprint), "currency": .string(result.data.plan.currency.code),
        "parts": .array(
          planFile.parts.map { ["file": .string($0.file), "sha256": .string($0.fingerprint)] }),
      ],
      "only": only(payee, period),
      "asOf": result.asOf.map { .string($0.description) } ?? .null,
      "data": .array(
        data.sources.map { source in
          [
            "table": .string(source.table), "file": .string(source.file),
            "sha256": .string(source.fingerprint),
            "rows": .number(source.recordCount),
            "rejected": .number(rejected.rows(of: source.table, in: source.file)),
            "rejectedByReason": rejected.reasons(of: source.table, in: source.file),
          ]
        }),
      "tables": DataQuality(self, rejected).json,
      "modules": .array(modules.map { ["id": .string($0.id), "version": .string($0.version)] }),
      "counts": [
        "payees": .number(result.data.people.count), "periods": .number(result.periods.count),
        "creditedLines": .object(
          JSONObject(
            result.data.plan.credits.map { rule in
              (rule.name.text, .number(result.data.credited[rule.name.text]?.lineCount ?? 0))
            })),
        "houseRows": .object(
          JSONObject(
            result.data.plan.credits.compactMap { rule in
              guard let rows = result.data.credited[rule.name.text]?.houseRows, rows > 0 else { return nil }
              return (rule.name.text, .number(rows))
            })),
        "rejectedRows": .number(rejected.rowCount),
        "rejectedByReason": rejected.reasons,
      ],
      "components": .array(
        zip(result.components, totals.components).map { component, part in
          [
            "name": .string(part.name), "module": .string(component.component.module.text),
            "state": part.amount == nil ? "failed" : "computed", "unit": .string(part.unit),
            "total": Self.json(part.amount),
          ]
        }),
      "total": Self.json(totals.money),
      "totals": .object(JSONObject(totals.units.map { ($0.unit, Self.json($0.amount)) })),
      "diagnostics": shown.shortJSON, "diagnosticsLeftOut": .number(shown.leftOut),
    ]
  }

  private static func json(_ amount: ExactDecimal?) -> JSONValue {
    amount.map { .string($0.description) } ?? .null
  }

  private func only(_ payee: Int?, _ period: Int?) -> JSONValue {
    if payee == nil, period == nil { return .null }
    var object = JSONObject()
    if let payee { object["payee"] = .string(result.data.people.ids[payee]) }
    if let period { object["period"] = .string(result.data.plan.calendar.periods[period].label) }
    return .object(object)
  }
}
