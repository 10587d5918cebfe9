public import JSONCore

/// A row of a batch, and perhaps a column of it, that a module says something about.
///
/// Rows count from 0 in the frame as it was handed over; the host knows the file and the line of each.
public struct BatchPlace: Sendable, Hashable {
  /// The table that the row is of; nil for the lines.
  public let table: String?
  /// The row's place in its frame, from 0.
  public let row: Int
  /// The column's name; nil for the row as a whole.
  public let column: String?

  /// A place.
  public init(table: String?, row: Int, column: String? = nil) {
    self.table = table
    self.row = row
    self.column = column
  }

  /// `{"table": "grants", "row": 2, "column": "units"}`.
  public var json: JSONValue {
    var object = JSONObject()
    object["table"] = table.map { .string($0) }
    object["row"] = .number(row)
    object["column"] = column.map { .string($0) }
    return .object(object)
  }

  /// A place as a module wrote it; nil when it is none.
  public init?(json: JSONValue) {
    guard let row = json["row"]?.int, row >= 0 else { return nil }
    self.init(table: json["table"]?.string, row: row, column: json["column"]?.string)
  }
}
