import Engine
import JSONCore
import Money
import PlanModel
import Tables

/// What was made of each table's rows: how many were read, and what those come to that were accepted, to be tied to a
/// ledger.
struct DataQuality {
  private let outcome: RunOutcome
  private let rejected: RejectedCounts

  init(_ outcome: RunOutcome, _ rejected: RejectedCounts) {
    (self.outcome, self.rejected) = (outcome, rejected)
  }

  /// A line for each table, in the order of the plan.
  ///
  /// `accepted` and `sums` are of the rows as they were read, which is also what control totals are held against;
  /// `rejected` counts those rows as well that turned out to have no owner, no rate or no value while they were used.
  var json: JSONValue {
    .array(
      outcome.result.data.plan.tables.map { source in
        let name = source.schema.name
        let files = outcome.data.sources.filter { $0.table == name }
        return [
          "table": .string(name), "rows": .number(files.reduce(0) { $0 + $1.recordCount }),
          "accepted": .number(outcome.data.tables[name]?.rowCount ?? 0),
          "rejected": .number(rejected.rows(of: name)), "rejectedByReason": rejected.reasons(of: name),
          "sums": sums(source), "controlTotal": source.control == nil ? "none" : "agrees",
        ]
      })
  }

  /// What the columns of numbers add up to that are read, but percentages, which add up to nothing.
  private func sums(_ source: TableSource) -> JSONValue {
    var sums = JSONObject()
    let table = outcome.data.tables[source.schema.name]
    for column in source.schema.columns {
      switch column.type {
      case .integer, .decimal:
        sums[column.name] = ControlCheck.sum(table?[column.name]).map { .string($0.description) } ?? .null
      default: break
      }
    }
    return .object(sums)
  }
}
