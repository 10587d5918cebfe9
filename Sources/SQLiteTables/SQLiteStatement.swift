import CSQLite

/// A query that is ready to give its rows one by one.
final class SQLiteStatement {
  /// What a cell of the row holds.
  enum Cell {
    case null
    case integer(Int64)
    /// The shortest decimal that is stored as this binary fraction.
    case real(String)
    case text(UnsafeBufferPointer<UInt8>)
    case blob
  }

  private let handle: OpaquePointer
  private let connection: SQLiteConnection
  /// The names of the columns.
  let columns: [String]

  init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
    (self.handle, self.connection) = (handle, connection)
    columns = (0..<sqlite3_column_count(handle)).map { place in
      sqlite3_column_name(handle, place).map { String(cString: $0) } ?? ""
    }
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; false behind the last.
  func step() throws(SQLiteFault) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw connection.stepFault(code)
    }
  }

  /// What a cell of the row holds; a text until the next step.
  func cell(_ place: Int) -> Cell {
    let place = Int32(place)
    switch sqlite3_column_type(handle, place) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, place))
    case SQLITE_FLOAT: return .real(Self.shortest("\(sqlite3_column_double(handle, place))"))
    case SQLITE_TEXT:
      let text = sqlite3_column_text(handle, place)
      return .text(UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, place))))
    case SQLITE_BLOB: return .blob
    default: return .null
    }
  }

  /// A cell of the row as text.
  func text(_ place: Int) -> String {
    sqlite3_column_text(handle, Int32(place)).map { String(cString: $0) } ?? ""
  }

  /// The shortest text without the zero that says that it is a fraction: `1200.0` is `1200`.
  private static func shortest(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
