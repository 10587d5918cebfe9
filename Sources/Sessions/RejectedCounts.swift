import Diagnostics
import JSONCore
import Tables

/// How many rows were rejected, by the file that they stand in, and for which reasons.
struct RejectedCounts {
  private struct Place: Hashable {
    let table: String
    let file: String
  }

  private var lines: [Place: Set<Int>] = [:]
  private var reasonsOfPlaces: [Place: [String: Int]] = [:]

  init(_ rows: [RejectedRow]) {
    for row in rows {
      let place = Place(table: row.table, file: row.file)
      lines[place, default: []].insert(row.line)
      reasonsOfPlaces[place, default: [:]][row.code.rawValue, default: 0] += 1
    }
  }

  /// The rows of all files.
  var rowCount: Int { lines.values.reduce(0) { $0 + $1.count } }

  /// How often each reason was told, over all files; a row may have several.
  var reasons: JSONValue {
    Self.json(reasonsOfPlaces.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) })
  }

  /// The rows of one table, in all its files.
  func rows(of table: String) -> Int {
    lines.reduce(0) { $0 + ($1.key.table == table ? $1.value.count : 0) }
  }

  /// How often each reason was told of one table, in all its files.
  func reasons(of table: String) -> JSONValue {
    Self.json(
      reasonsOfPlaces.filter { $0.key.table == table }.values
        .reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) })
  }

  /// The rows of one table in one file.
  func rows(of table: String, in file: String) -> Int { lines[Place(table: table, file: file)]?.count ?? 0 }

  /// How often each reason was told in one file of a table.
  func reasons(of table: String, in file: String) -> JSONValue {
    Self.json(reasonsOfPlaces[Place(table: table, file: file)] ?? [:])
  }

  private static func json(_ reasons: [String: Int]) -> JSONValue {
    .object(JSONObject(reasons.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }))
  }
}
