import Diagnostics
import PlanModel
import SQLiteTables
import SystemIO
import Tables

/// Reads rows of an SQLite database, with the fingerprint of its file.
struct DatabaseReading {
  let rows: DatabaseRows
  /// Where the database is.
  let path: String

  /// What another program has written and not yet put in its place stands in a file beside the database.
  private var logPath: String { path + "-wal" }

  /// What tells that the database has not been written since; nil where it is no plain file.
  var stamp: [FileStamp]? {
    FileStamp(path).map { stamp in [stamp] + (FileStamp(logPath).map { [$0] } ?? []) }
  }

  func read(_ schema: TableSchema, below folder: String) throws(Diagnostic) -> (
    result: TableReading, fingerprint: String
  ) {
    let fingerprint: String
    do throws(Diagnostic) {
      fingerprint = try self.fingerprint()
    } catch {
      throw Diagnostic(
        error.code, .error, error.message, at: rows.file.span,
        help: DataFolder.help(rows.file.text, below: folder))
    }
    let wanted: SQLiteReader.Rows =
      switch rows.rows {
      case .table(let name): .table(name.text)
      case .query(let query): .query(query.text)
      }
    do throws(SQLiteFault) {
      let reader = SQLiteReader(schema, wanted, takesReals: rows.takesReals, file: rows.file.text)
      return (try reader.read(path), fingerprint)
    } catch {
      let place = error.part == .file ? rows.file.span : rows.name.span
      throw Diagnostic(error.code, .error, error.message, at: place, help: error.help)
    }
  }

  /// SHA-256 of the file, and of what waits beside it.
  private func fingerprint() throws(Diagnostic) -> String {
    var hash = Fingerprint()
    for path in [path, logPath] where path == self.path || FileStamp(path) != nil {
      let file = try OpenFile(path)
      var isAtEnd = false
      while !isAtEnd {
        var failure: Diagnostic?
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
          do throws(Diagnostic) {
            count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
          } catch {
            failure = error
          }
        }
        if let failure { throw failure }
        bytes.withUnsafeBytes { hash.add($0) }
        isAtEnd = bytes.isEmpty
      }
    }
    return hash.text
  }
}
