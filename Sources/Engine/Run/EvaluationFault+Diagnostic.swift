import Diagnostics
import Expressions
import Tables

extension EvaluationFault {
  /// What to tell of an expression that has no value for a row.
  func diagnostic(of expression: Expression, at location: Location) -> Diagnostic {
    Diagnostic(
      .expressionValue, .error, "`\(expression.text)` has no value for this row: \(message)", at: location,
      help: help)
  }

  /// How to mend it, where that can be said.
  var help: String? {
    message == Self.divisionByZero.message
      ? "test for it first, as in `units != 0 && amount / units > 10.0`" : nil
  }
}

extension Table {
  /// For each row, whether the condition over the table's columns holds.
  func mask(_ condition: Expression) throws(Diagnostic) -> [Bool] {
    do {
      return try ColumnEvaluator(condition, rowCount: rowCount) { self[$0] }.mask()
    } catch {
      throw error.diagnostic(of: condition, at: location(row: error.row ?? 0))
    }
  }

  /// Where a row stands in its file.
  func location(row: Int, column: String? = nil) -> Location {
    .row(file: file, line: Int(lines[row]), column: column)
  }
}
