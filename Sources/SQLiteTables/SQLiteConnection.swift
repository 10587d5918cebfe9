import CSQLite
import Diagnostics

/// A database that is open for reading alone.
///
/// What runs on it may read tables and call functions that give the same for the same: nothing is written, no other file
/// is opened, and neither chance nor the clock is asked.
final class SQLiteConnection {
  private static let patience: Int32 = 5000
  private static let ofChance = [
    "random", "randomblob", "load_extension", "changes", "total_changes", "last_insert_rowid",
    "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_version", "sqlite_source_id",
  ]

  private let handle: OpaquePointer

  init(_ path: String, file: String) throws(SQLiteFault) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, StillClock.name)
    guard let handle else { throw SQLiteFault(.file, .fileNotReadable, "cannot read `\(file)`: no memory") }
    self.handle = handle
    if code != SQLITE_OK { throw fault(code, file) }
    sqlite3_busy_timeout(handle, Self.patience)
    for pragma in ["trusted_schema = OFF", "query_only = ON", "schema_version"] {
      let code = sqlite3_exec(handle, "PRAGMA \(pragma)", nil, nil, nil)
      if code != SQLITE_OK { throw fault(code, file) }
    }
    sqlite3_set_authorizer(
      handle,
      { _, action, _, name, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
          let name = name.map { String(cString: $0).lowercased() } ?? ""
          return SQLiteConnection.ofChance.contains(name) ? SQLITE_DENY : SQLITE_OK
        default: return SQLITE_DENY
        }
      }, nil)
  }

  deinit { sqlite3_close_v2(handle) }

  /// The statement, whose text must be one `SELECT`.
  func prepare(_ sql: String) throws(SQLiteFault) -> SQLiteStatement {
    var statement: OpaquePointer?
    var rest = 0
    let text = Array(sql.utf8CString)
    let code = text.withUnsafeBufferPointer { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text.baseAddress, Int32(text.count), &statement, &tail)
      if let start = text.baseAddress, let tail { rest = tail - start }
      return code
    }
    if code != SQLITE_OK { throw queryFault(code, sql) }
    guard let statement else { throw SQLiteFault(.rows, .wrongValue, "the query is empty") }
    let prepared = SQLiteStatement(statement, of: self)
    if text[rest...].contains(where: { $0 != 0 && $0 > 0x20 && $0 != 0x3B }) {
      throw SQLiteFault(
        .rows, .wrongValue, "the query is more than one statement", help: "write one `SELECT` or `WITH`")
    }
    return prepared
  }

  /// The names of all tables and views.
  var tables: [String] {
    get throws(SQLiteFault) {
      let names = try prepare(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
          + "ORDER BY name")
      var found: [String] = []
      while try names.step() { found.append(names.text(0)) }
      return found
    }
  }

  /// Whether a name is a table rather than a view.
  func isTable(_ name: String) throws(SQLiteFault) -> Bool {
    let types = try prepare(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(\(Self.quoted(name, "'")))")
    return try types.step()
  }

  /// A name or a text between quotes.
  static func quoted(_ text: String, _ quote: String = "\"") -> String {
    quote + text.replacing(quote, with: quote + quote) + quote
  }

  /// What went wrong while rows were read.
  func stepFault(_ code: Int32) -> SQLiteFault {
    SQLiteFault(.rows, .fileNotReadable, "the rows cannot be read: \(message)", help: Self.help(code))
  }

  private var message: String { String(cString: sqlite3_errmsg(handle)) }

  private func fault(_ code: Int32, _ file: String) -> SQLiteFault {
    SQLiteFault(.file, .fileNotReadable, "cannot read `\(file)`: \(message)", help: Self.help(code))
  }

  private func queryFault(_ code: Int32, _ sql: String) -> SQLiteFault {
    if code == SQLITE_AUTH {
      return SQLiteFault(
        .rows, .wrongValue, "a query may only read what stands in the database: \(message)",
        help: "write one `SELECT` or `WITH`, without functions of chance")
    }
    if code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_BUSY {
      return SQLiteFault(
        .file, .fileNotReadable, "the database cannot be read: \(message)", help: Self.help(code))
    }
    return SQLiteFault(
      .rows, .wrongValue, "\(place(in: sql))the query is no SQL that can be run: \(message)",
      help: help(message))
  }

  /// Where in a query its fault stands.
  private func place(in sql: String) -> String {
    let offset = Int(sqlite3_error_offset(handle))
    guard offset >= 0 else { return "" }
    let before = Array(sql.utf8.prefix(offset))
    let line = before.count { $0 == 0x0A } + 1
    let start = (before.lastIndex(of: 0x0A) ?? -1) + 1
    let character = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return "line \(line), character \(character) of the query: "
  }

  /// The name that was probably meant, where the database lacks one.
  private func help(_ message: String) -> String? {
    for (words, isColumn) in [("no such table: ", false), ("no such column: ", true)]
    where message.hasPrefix(words) {
      let name = message.dropFirst(words.count).split(separator: ".").last.map(String.init) ?? ""
      guard let tables = try? tables else { return nil }
      let names = isColumn ? tables.flatMap { (try? columns(of: $0)) ?? [] } : tables
      return Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
    }
    return nil
  }

  private func columns(of table: String) throws(SQLiteFault) -> [String] {
    try prepare("SELECT * FROM \(Self.quoted(table))").columns
  }

  private static func help(_ code: Int32) -> String? {
    switch code {
    case SQLITE_NOTADB: "name a file that SQLite wrote"
    case SQLITE_BUSY: "another program writes it just now: try again, or read a copy"
    case SQLITE_CORRUPT: "`sqlite3 FILE \"PRAGMA integrity_check\"` tells what is broken"
    default: nil
    }
  }
}
