import Diagnostics
import PlanModel
import Tables

/// Stops a run at rejected rows of tables for which the plan says so.
struct StoppingRows {
  private let tables: [String: TableSource]

  init(_ plan: Plan) {
    let stopping = plan.tables.filter(\.stopsAtRejects).map { ($0.schema.name, $0) }
    tables = Dictionary(stopping, uniquingKeysWith: { first, _ in first })
  }

  /// Throws when one of the rows belongs to such a table, with all rows of those.
  func stop(_ rejected: [RejectedRow]) throws(RunFaults) {
    let rows = rejected.filter { tables[$0.table] != nil }
      .sorted { ($0.file, $0.line, $0.column ?? "") < ($1.file, $1.line, $1.column ?? "") }
    if rows.isEmpty { return }
    let summaries = Set(rows.map(\.table)).sorted().map { table in
      let count = Set(rows.filter { $0.table == table }.map { "\($0.file):\($0.line)" }).count
      let message =
        "table `\(table)` stops the run: \(count == 1 ? "a row of it was" : "\(count) rows of it were") rejected"
      return Diagnostic(
        .rowsRejected, .error, message,
        at: tables[table]?.schema.span.map { .source($0) } ?? .file(rows[0].file),
        help: "mend the rows; `rejected_rows: fail` computes the others, and leaves the run incomplete")
    }
    throw RunFaults(summaries + rows.map { $0.diagnostic(.error) })
  }
}
