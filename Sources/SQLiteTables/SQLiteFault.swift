package import Diagnostics

/// Why the rows of a database cannot be had.
package struct SQLiteFault: Error {
  /// What of the plan's words is at fault.
  package enum Part: Sendable {
    case file, rows
  }

  package let part: Part
  package let code: DiagnosticCode
  package let message: String
  package let help: String?

  init(_ part: Part, _ code: DiagnosticCode, _ message: String, help: String? = nil) {
    (self.part, self.code, self.message, self.help) = (part, code, message, help)
  }
}
