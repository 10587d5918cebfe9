package import Diagnostics

/// A row that takes no part in the run, and why.
package struct RejectedRow: Sendable, Hashable {
  package let table: String
  package let file: String
  package let line: Int
  package let column: String?
  package let code: DiagnosticCode
  package let message: String
  package let help: String?

  package init(
    table: String, file: String, line: Int, column: String?, code: DiagnosticCode, message: String,
    help: String? = nil
  ) {
    self.table = table
    self.file = file
    self.line = line
    self.column = column
    self.code = code
    self.message = message
    self.help = help
  }

  /// The fault as a diagnostic; a warning where the plan accepts rejected rows.
  package func diagnostic(_ severity: Diagnostic.Severity) -> Diagnostic {
    Diagnostic(code, severity, message, at: .row(file: file, line: line, column: column), help: help)
  }
}
