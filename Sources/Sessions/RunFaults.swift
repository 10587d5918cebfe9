package import Diagnostics
import JSONCore
import Reports

/// What ended a run before it had any figures.
package struct RunFaults: Error {
  package let diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// The content of the `run.json` of a run that came to nothing.
  func manifest(plan: String) -> JSONValue {
    [
      "state": "failed", "plan": ["file": .string(plan)], "total": .null,
      "diagnostics": diagnostics.shortJSON, "diagnosticsLeftOut": .number(diagnostics.leftOut),
    ]
  }
}

extension [Diagnostic] {
  // So many are written out; a file with a million bad rows has them in `rejected.csv`.
  private static var mostWritten: Int { 1000 }

  /// The first of them, for `run.json`.
  var shortJSON: JSONValue { .array(prefix(Self.mostWritten).map(\.json)) }

  /// How many `shortJSON` leaves out.
  var leftOut: Int { Swift.max(0, count - Self.mostWritten) }
}
