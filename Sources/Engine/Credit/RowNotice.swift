import Diagnostics
import Tables

/// A warning of rows that take no part in the figures, which may be meant and may be a slip: one for all of them.
enum RowNotice {
  /// Rows that name somebody who is not among the people; nil when there is none.
  static func strangers(
    _ column: Column?, of table: Table?, people: Payees.Finder, so consequence: String
  ) -> Diagnostic? {
    guard let column, let table else { return nil }
    let rows = people.indices(of: column).indices(of: -2)
    return notice(
      .danglingKey, rows, column.name, table,
      { "`\(column.display($0))` is not among the people of the plan: \(consequence)" },
      help: "mend the id, or add the person")
  }

  /// Rows on days outside the calendar; nil when there is none.
  static func outside(
    _ rows: [Int], _ column: Column, of table: Table, so consequence: String, help: String
  ) -> Diagnostic? {
    notice(
      .noPeriod, rows, column.name, table,
      { "\(column.display($0)) lies outside the calendar: \(consequence)" }, help: help)
  }

  private static func notice(
    _ code: DiagnosticCode, _ rows: [Int], _ column: String, _ table: Table, _ message: (Int) -> String,
    help: String
  ) -> Diagnostic? {
    guard let first = rows.first else { return nil }
    let more = rows.count == 1 ? "" : "; so it is with \(rows.count - 1) more of table `\(table.name)`"
    return Diagnostic(
      code, .warning, message(first) + more,
      at: .row(file: table.file(of: first), line: Int(table.lines[first]), column: column), help: help)
  }
}

extension [Int32] {
  /// The places of the elements that equal `value`.
  fileprivate func indices(of value: Int32) -> [Int] { self.indices.filter { self[$0] == value } }
}
