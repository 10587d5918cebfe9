import Diagnostics
import Expressions
import PlanModel
import Tables

/// Works out the columns of one table that have a formula.
struct ComputedColumns {
  let columns: [ComputedColumn]

  /// The table with its columns; rows for which one has no value are rejected.
  func added(to table: Table, rejected: inout [RejectedRow]) throws(Diagnostic) -> Table {
    var table = table
    for computed in columns {
      let only = try computed.only.map { condition throws(Diagnostic) in try table.mask(condition) }
      let evaluator = ColumnEvaluator(computed.formula, rowCount: table.rowCount) { table[$0] }
      let (column, faults) = evaluator.column(
        computed.column.name, computed.column.type, computed.rounding, only: only)
      table.add(column)
      if faults.isEmpty { continue }
      for (row, fault) in faults.sorted(by: { $0.key < $1.key }) {
        rejected.append(
          RejectedRow(
            table: table.name, file: table.file, line: Int(table.lines[row]), column: computed.column.name,
            code: .expressionValue,
            message: "`\(computed.formula.text)` has no value for this row: \(fault.message)",
            help: fault.help))
      }
      table.keep((0..<table.rowCount).map { faults[$0] == nil })
    }
    return table
  }
}
