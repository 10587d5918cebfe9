import Diagnostics
import Expressions
import PlanModel
import Tables

/// Works out the columns of one table that have a formula, or are looked up.
struct ComputedColumns {
  let columns: [ComputedColumn]
  /// The tables in which values are looked up, with the columns that are worked out there.
  let others: [String: Table]

  /// Why a row has no value.
  struct Fault {
    let row: Int
    let code: DiagnosticCode
    let message: String
    let help: String?
  }

  /// The table with its columns; rows for which one has no value are rejected.
  func added(to table: Table, rejected: inout [RejectedRow]) throws(Diagnostic) -> Table {
    var table = table
    for computed in columns {
      let (column, faults): (Column, [Fault]) =
        switch computed.source {
        case .formula(let formula): try Self.column(computed.column, formula, table)
        case .lookup(let lookup):
          LookedUp(lookup, in: lookup.table == table.name ? table : others[lookup.table], for: table)
            .column(computed.column.name, &rejected)
        case .shares(let shares): (SharesWorkedOut(shares, table).column(computed.column.name, &rejected), [])
        case .cells(let name, let condition):
          (try Self.cells(of: name, where: condition, table, as: computed.column.name), [])
        }
      table.add(column)
      if faults.isEmpty { continue }
      var keep = [Bool](repeating: true, count: table.rowCount)
      for fault in faults {
        keep[fault.row] = false
        rejected.append(
          RejectedRow(
            table: table.name, file: table.file(of: fault.row), line: Int(table.lines[fault.row]),
            column: computed.column.name, code: fault.code, message: fault.message, help: fault.help))
      }
      table.keep(keep)
    }
    return table
  }

  /// The cells of a column where a condition holds, the others empty.
  private static func cells(
    of name: String, where condition: Expression, _ table: Table, as own: String
  ) throws(Diagnostic) -> Column {
    let mask = try table.mask(condition)
    let rows = mask.indices.map { mask[$0] ? Int32($0) : -1 }
    guard let column = table[name]?.gathered(rows) else { return Column(name: own, values: .integer([])) }
    return Column(name: own, values: column.values, missing: column.missing)
  }

  private static func column(
    _ schema: ColumnSchema, _ formula: ComputedColumn.Formula, _ table: Table
  ) throws(Diagnostic) -> (Column, [Fault]) {
    let only = try formula.only.map { condition throws(Diagnostic) in try table.mask(condition) }
    let evaluator = ColumnEvaluator(formula.expression, rowCount: table.rowCount) { table[$0] }
    let (column, faults) = evaluator.column(schema.name, schema.type, formula.rounding, only: only)
    let told = faults.sorted { $0.key < $1.key }.map { row, fault in
      Fault(
        row: row, code: .expressionValue,
        message: "`\(formula.expression.text)` has no value for this row: \(fault.message)", help: fault.help)
    }
    return (column, told)
  }
}
