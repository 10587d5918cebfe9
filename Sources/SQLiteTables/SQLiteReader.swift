import Diagnostics
import Dispatch
package import Tables

/// Reads the rows of a table or a query of an SQLite database into the typed columns of one table.
///
/// Whole numbers and texts are read as they are stored. A binary fraction (`REAL`) is read only where the plan says
/// so, as the shortest decimal that is stored as it: the one that was written, up to 15 digits.
package struct SQLiteReader {
  /// Which rows are read.
  package enum Rows: Sendable, Equatable {
    /// All rows of a table, or of a view.
    case table(String)
    /// What one `SELECT` gives.
    case query(String)
  }

  // The clock's note does not say which query asked: one at a time is read.
  private static let turn = DispatchSemaphore(value: 1)

  private let schema: TableSchema
  private let rows: Rows
  private let takesReals: Bool
  private let file: String

  /// A reader for this table of a plan; `file` is the database as its user knows it.
  package init(_ schema: TableSchema, _ rows: Rows, takesReals: Bool, file: String) {
    (self.schema, self.rows, self.takesReals, self.file) = (schema, rows, takesReals, file)
  }

  /// Reads all rows of the database at this path.
  package func read(_ path: String) throws(SQLiteFault) -> TableReading {
    Self.turn.wait()
    defer { Self.turn.signal() }
    let connection = try SQLiteConnection(path, file: file)
    _ = StillClock.takeNote()
    let names = try names(connection)
    var diagnostics: [Diagnostic] = []
    guard let places = places(names, &diagnostics) else {
      var none = RowReader(schema, file: file)
      return none.finish(diagnostics)
    }
    let statement = try connection.prepare(select(names, places, connection))
    // Of a table only the columns of the plan are selected, in their order.
    let cells = if case .table = rows { Array(places.indices) } else { places }
    let reading = try read(statement, cells, diagnostics)
    if StillClock.takeNote() {
      throw SQLiteFault(
        .rows, .wrongValue, "the query asks for the time of day: another day it would give other rows",
        help: "write the day that is meant, like `date('2026-03-31')`")
    }
    return reading
  }

  private func names(_ connection: SQLiteConnection) throws(SQLiteFault) -> [String] {
    switch rows {
    case .query(let sql): return try connection.prepare(sql).columns
    case .table(let table):
      let tables = try connection.tables
      // SQL does not mind capital letters.
      guard tables.contains(where: { $0.lowercased() == table.lowercased() }) else {
        throw SQLiteFault(
          .rows, .unknownName, "`\(file)` has no table `\(table)`",
          help: Suggestion.help(for: table, in: tables))
      }
      return try connection.prepare("SELECT * FROM \(SQLiteConnection.quoted(table))").columns
    }
  }

  private func select(
    _ names: [String], _ places: [Int], _ connection: SQLiteConnection
  ) throws(SQLiteFault) -> String {
    switch rows {
    case .query(let sql): return sql
    case .table(let table):
      let columns = places.map { SQLiteConnection.quoted(names[$0]) }.joined(separator: ", ")
      // The rows come in the order in which they are stored, whatever indexes there are.
      let order = try connection.isTable(table) ? " NOT INDEXED" : ""
      return "SELECT \(columns) FROM \(SQLiteConnection.quoted(table))\(order)"
    }
  }

  /// The place of each column of the plan among those of the rows, or nil when one is not there.
  private func places(_ names: [String], _ diagnostics: inout [Diagnostic]) -> [Int]? {
    let related: [(Location, String)] =
      schema.span.map { [(.source($0), "table `\(schema.name)` is described here")] } ?? []
    let what = if case .table(let table) = rows { "table `\(table)` of `\(file)`" } else { "the query" }
    let places = schema.columns.map { column -> Int? in
      let place = names.firstIndex(of: column.header)
      if place == nil {
        diagnostics.append(
          Diagnostic(
            .columnMissing, .error, "\(what) has no column `\(column.header)`", at: .file(file),
            help: Suggestion.help(for: column.header, in: names), related: related))
      }
      return place
    }
    if !schema.ignoresOtherColumns {
      for name in names where !schema.columns.contains(where: { $0.header == name }) {
        diagnostics.append(
          Diagnostic(
            .columnUnknown, .warning, "column `\(name)` is not described by the plan and is not read",
            at: .file(file), help: "describe it under `columns`, or state `other_columns: ignore`",
            related: related))
      }
    }
    return places.contains(nil) ? nil : places.compactMap { $0 }
  }

  private func read(
    _ statement: SQLiteStatement, _ places: [Int], _ diagnostics: [Diagnostic]
  ) throws(SQLiteFault) -> TableReading {
    var reader = RowReader(schema, file: file)
    while try statement.step() {
      reader.begin()
      if let fault = add(statement, places, to: &reader) {
        reader.refuse(column: fault.column, fault.code, fault.message, help: fault.help)
      } else {
        reader.accept()
      }
    }
    return reader.finish(diagnostics)
  }

  private struct Fault {
    let column: Int
    let code: DiagnosticCode
    let message: String
    let help: String
  }

  private func add(_ row: SQLiteStatement, _ places: [Int], to reader: inout RowReader) -> Fault? {
    for (column, place) in places.enumerated() {
      switch row.cell(place) {
      case .null: reader.add([UInt8]().span)
      case .integer(let number): reader.add(Array(String(number).utf8).span)
      case .text(let bytes): reader.add(bytes.span)
      case .real(let text) where takesReals: reader.add(Array(text.utf8).span)
      case .real(let text):
        return Fault(
          column: column, code: .binaryFraction,
          message: "the cell holds a binary fraction (REAL), about \(text)",
          help: "state `reals: shortest` to read it as \(text), or keep such numbers as TEXT")
      case .blob:
        return Fault(
          column: column, code: .wrongType, message: "the cell holds bytes (BLOB), no value",
          help: "select `CAST(… AS TEXT)` of it in a `query`, if it is text")
      }
    }
    return nil
  }
}
