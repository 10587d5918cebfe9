import Diagnostics
import Money
import Tables

/// Warns of percent columns that seem to hold shares: 0.075 where 7.5 was meant.
enum SmallPercentages {
  /// A warning of each percent column of a table whose cells are all bare, above 0 and at most 1; `bytes` gives the
  /// text of the table, and is asked only when the numbers look so.
  static func warnings(_ schema: TableSchema, _ table: Table, _ bytes: () -> [UInt8]) -> [Diagnostic] {
    let suspects = schema.columns.filter { isSuspect($0, table) }
    // A sign anywhere in the text shows that whoever wrote it thinks in percent.
    if suspects.isEmpty || bytes().contains(0x25) { return [] }
    return suspects.map { column in
      Diagnostic(
        .smallPercentages, .warning,
        "every cell of `\(column.header)` is at most 1, and read as at most 1%",
        at: .row(file: table.file(of: 0), line: Int(table.lines[0]), column: column.header),
        help:
          "state `{type: decimal, places: 4}` if they are shares, or write the cells as percentages, like `7.5%`"
      )
    }
  }

  private static func isSuspect(_ column: ColumnSchema, _ table: Table) -> Bool {
    guard case .percent(let places) = column.type, let cells = table[column.name],
      case .decimal(let numbers, _) = cells.values, table.rowCount > 0
    else { return false }
    let onePercent = PowersOfTen[max(0, places - 2)]
    var hasAny = false
    for row in 0..<table.rowCount where !cells.isMissing(row) {
      if numbers[row] <= 0 || Int128(numbers[row]) > onePercent { return false }
      hasAny = true
    }
    return hasAny
  }
}
