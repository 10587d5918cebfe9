/// Where a fault is: in a plan's text, in a row of a data file, or in a file as a whole.
package enum Location: Sendable, Hashable {
  case source(SourceSpan)
  /// The line on which the row begins (1 is the header line), and the column's name if one is at fault.
  case row(file: String, line: Int, column: String?)
  case file(String)

  /// The file's name.
  package var file: String {
    switch self {
    case .source(let span): span.file
    case .row(let file, _, _), .file(let file): file
    }
  }

  /// The place as people and editors read it: `plan.yaml:12:7`, or `deals.csv:40 (amount)`.
  package var description: String {
    switch self {
    case .source(let span): "\(span.file):\(span.start.line):\(span.start.column)"
    case .row(let file, let line, let column): "\(file):\(line)" + (column.map { " (\($0))" } ?? "")
    case .file(let file): file
    }
  }
}
