import CSQLite
import Foundation

/// An SQLite file in a folder of its own, which goes with it.
package final class Database {
  package struct Fault: Error {}

  private let folder: TemporaryFolder
  /// Where the file is.
  package let path: String

  /// A new file in which these statements were run.
  package init(_ sql: String) throws {
    folder = try TemporaryFolder()
    path = folder.path + "/crm.db"
    try Self.write(sql, path)
  }

  /// Runs statements on a file, which is made where there is none.
  package static func write(_ sql: String, _ path: String) throws {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    guard sqlite3_open(path, &handle) == SQLITE_OK, sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK
    else { throw Fault() }
  }
}
