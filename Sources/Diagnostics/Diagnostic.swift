/// One thing to tell a person about their plan or data: where, what, why and how to mend it.
///
/// The message begins in lower case, has no full stop, and quotes what the user wrote in backticks.
package struct Diagnostic: Sendable, Hashable, Error {
  package enum Severity: String, Sendable, Comparable {
    case error, warning, note

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
  }

  /// A second place that helps to understand the first.
  package struct Related: Sendable, Hashable {
    package let location: Location
    package let message: String
  }

  package let code: DiagnosticCode
  package let severity: Severity
  package let message: String
  package let location: Location?
  /// How to mend it, as a sentence of its own.
  package let help: String?
  package let related: [Related]

  package init(
    _ code: DiagnosticCode, _ severity: Severity, _ message: String, at location: Location? = nil,
    help: String? = nil, related: [(Location, String)] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.location = location
    self.help = help
    self.related = related.map { Related(location: $0.0, message: $0.1) }
  }

  package init(
    _ code: DiagnosticCode, _ severity: Severity, _ message: String, at span: SourceSpan?,
    help: String? = nil, related: [(Location, String)] = []
  ) {
    self.init(code, severity, message, at: span.map { .source($0) }, help: help, related: related)
  }

  /// The order in which diagnostics are shown: by file, then place, then code.
  package static func inOrder(_ left: Self, _ right: Self) -> Bool { left.sortKey < right.sortKey }

  private var sortKey: (String, Int, Int, String, String) {
    switch location {
    case .source(let span): (span.file, span.start.line, span.start.column, code.rawValue, message)
    case .row(let file, let line, let column): (file, line, 0, code.rawValue, (column ?? "") + message)
    case .file(let file): (file, 0, 0, code.rawValue, message)
    case nil: ("", 0, 0, code.rawValue, message)
    }
  }
}

extension Sequence<Diagnostic> {
  /// Whether any of them is an error.
  package var hasErrors: Bool { contains { $0.severity == .error } }
}
