package import Diagnostics
package import JSONCore

extension Diagnostic {
  /// The diagnostic for programs: code, severity, message, place, help, related places.
  package var json: JSONValue {
    var object = JSONObject([
      ("code", .string(code.rawValue)), ("severity", .string(severity.rawValue)),
      ("message", .string(message)),
    ])
    object["location"] = location?.json
    object["help"] = help.map { .string($0) }
    if !related.isEmpty {
      object["related"] = .array(
        related.map { ["message": .string($0.message), "location": $0.location.json] })
    }
    return .object(object)
  }
}

extension Location {
  /// The place for programs; lines and columns count from 1, columns in Unicode scalars.
  package var json: JSONValue {
    switch self {
    case .source(let span):
      return [
        "file": .string(span.file), "line": .number(span.start.line), "column": .number(span.start.column),
        "endLine": .number(span.end.line), "endColumn": .number(span.end.column),
      ]
    case .row(let file, let line, let column):
      var object = JSONObject([("file", .string(file)), ("line", .number(line))])
      object["field"] = column.map { .string($0) }
      return .object(object)
    case .file(let file): return ["file": .string(file)]
    }
  }
}
