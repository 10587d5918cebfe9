import Diagnostics
import Foundation
import SQLiteTables
import Tables
import TestSupport
import Testing

/// Tables and queries of SQLite files: what is read, exactly, and what is refused.
@Suite struct SQLiteReaderTests {
  private static let schema = TableSchema(
    name: "deals",
    columns: [
      ColumnSchema(name: "id", type: .text),
      ColumnSchema(name: "amount", type: .decimal(places: 2), isOptional: true),
      ColumnSchema(name: "day", type: .date, isOptional: true),
      ColumnSchema(name: "won", type: .boolean, isOptional: true),
    ], ignoresOtherColumns: true)

  private static let deals = """
    CREATE TABLE deals (won INTEGER, id TEXT PRIMARY KEY, day TEXT, amount, note TEXT);
    INSERT INTO deals VALUES (1, 'b', '2026-01-02', 12, 'x'), (0, 'é"', NULL, '3.10', NULL),
      (NULL, '"q"', '2026-12-31', NULL, ''), (1, 'a', '', -7, NULL);
    CREATE VIEW won AS SELECT * FROM deals WHERE won = 1;
    """

  private func rows(
    _ database: Database, _ rows: SQLiteReader.Rows, takesReals: Bool = false
  ) throws -> (cells: [[String]], reading: TableReading) {
    let reading = try SQLiteReader(Self.schema, rows, takesReals: takesReals, file: "crm.db").read(
      database.path)
    let table = reading.table
    let cells = (0..<table.rowCount).map { row in
      table.columns.map { $0.display(row) } + ["\(table.lines[row])"]
    }
    return (cells, reading)
  }

  /// What is told when the rows cannot be had.
  private func fault(_ path: String, _ rows: SQLiteReader.Rows) -> String {
    do throws(SQLiteFault) {
      _ = try SQLiteReader(Self.schema, rows, takesReals: false, file: "crm.db").read(path)
      return "nothing"
    } catch {
      return "\(error.part) \(error.code.rawValue): \(error.message)" + (error.help.map { "; \($0)" } ?? "")
    }
  }

  @Test("a table is read in the order in which it is stored, though an index would be shorter")
  func table() throws {
    let database = try Database(Self.deals + "CREATE INDEX short ON deals (id, amount, day, won);")
    let (cells, reading) = try rows(database, .table("Deals"))
    #expect(
      cells == [
        ["b", "12.00", "2026-01-02", "true", "1"], ["é\"", "3.10", "", "false", "2"],
        ["\"q\"", "", "2026-12-31", "", "3"], ["a", "-7.00", "", "true", "4"],
      ])
    #expect(reading.recordCount == 4 && reading.rejected.isEmpty && reading.diagnostics.isEmpty)
  }

  @Test("a view and a query are read, with the places of their rows")
  func query() throws {
    let database = try Database(Self.deals)
    #expect(try rows(database, .table("won")).cells.map { $0[0] } == ["b", "a"])
    let sql =
      "WITH w AS (SELECT * FROM deals) SELECT day, id || '!' AS id, 1 AS won, amount FROM w ORDER BY id; "
    #expect(
      try rows(database, .query(sql)).cells == [
        ["\"q\"!", "", "2026-12-31", "true", "1"], ["a!", "-7.00", "", "true", "2"],
        ["b!", "12.00", "2026-01-02", "true", "3"], ["é\"!", "3.10", "", "true", "4"],
      ])
  }

  @Test("a binary fraction is refused, or read as the shortest decimal that is stored as it")
  func reals() throws {
    // In a column of affinity NUMERIC a text that looks like a number becomes one: 12.50 is stored as REAL.
    let database = try Database(
      """
      CREATE TABLE deals (id TEXT, amount DECIMAL(10, 2), day TEXT, won INT);
      INSERT INTO deals VALUES ('a', '12.50', NULL, 1), ('b', 1200.0, NULL, 1), ('c', 0.1 + 0.2, NULL, 1),
        ('d', 1e14 + 0.07, NULL, 1), ('e', 1e300, NULL, 1), ('f', x'31', NULL, 1);
      """)
    let refused = try rows(database, .table("deals")).reading
    #expect(
      refused.rejected.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue) \($0.message)" } == [
        "1 amount binary-fraction the cell holds a binary fraction (REAL), about 12.5",
        "3 amount binary-fraction the cell holds a binary fraction (REAL), about 0.30000000000000004",
        "4 amount binary-fraction the cell holds a binary fraction (REAL), about 100000000000000.06",
        "5 amount binary-fraction the cell holds a binary fraction (REAL), about 1e+300",
        "6 amount wrong-type the cell holds bytes (BLOB), no value",
      ])
    let (cells, reading) = try rows(database, .table("deals"), takesReals: true)
    #expect(cells.map { $0[1] } == ["12.50", "1200.00", "100000000000000.06"])
    #expect(
      reading.rejected.map { "\($0.line) \($0.code.rawValue)" } == [
        "3 bad-number", "5 bad-number", "6 wrong-type",
      ])
  }

  @Test("what is missing is told with what was probably meant")
  func missing() throws {
    let database = try Database(Self.deals)
    #expect(
      fault(database.path, .table("deal"))
        == "rows unknown-name: `crm.db` has no table `deal`; did you mean `deals`?")
    #expect(
      fault(database.path, .query("SELECT amount\nFROM dealz"))
        == "rows wrong-value: the query is no SQL that can be run: no such table: dealz; did you mean `deals`?"
    )
    #expect(
      fault(database.path, .query("SELECT id,\n  amuont FROM deals"))
        == "rows wrong-value: line 2, character 3 of the query: the query is no SQL that can be run: "
        + "no such column: amuont; did you mean `amount`?")
    let reading = try rows(database, .query("SELECT id, amount, day, won AS wom FROM deals")).reading
    #expect(
      reading.diagnostics.map { "\($0.code.rawValue): \($0.message); \($0.help ?? "")" } == [
        "column-missing: the query has no column `won`; did you mean `wom`?"
      ])
    #expect(reading.table.rowCount == 0)
  }

  @Test(
    "a query that does more than read what stands in the database is refused",
    arguments: [
      "DELETE FROM deals", "SELECT 1; SELECT 2", "PRAGMA user_version = 3", "ATTACH '/etc/passwd' AS x",
      "SELECT random() AS id, 1 AS amount, NULL AS day, 1 AS won", "SELECT load_extension('x') AS id",
      "SELECT id, amount, date('now') AS day, won FROM deals",
      "SELECT id, amount, CURRENT_DATE AS day, won FROM deals",
      "SELECT id, amount, day, won FROM deals WHERE day < datetime()", "", "-- nothing",
    ])
  func refused(sql: String) throws {
    let database = try Database(Self.deals)
    #expect(
      fault(database.path, .query(sql)).hasPrefix("rows wrong-value: "),
      "\(fault(database.path, .query(sql)))")
    #expect(try rows(database, .table("deals")).cells.count == 4)
  }

  @Test("a file that is no database is told")
  func noDatabase() throws {
    let database = try Database(Self.deals)
    try Data("id,amount\n".utf8 + [UInt8](repeating: 0x41, count: 2000)).write(
      to: URL(fileURLWithPath: database.path))
    #expect(
      fault(database.path, .table("deals"))
        == "file file-not-readable: cannot read `crm.db`: file is not a database; name a file that SQLite wrote"
    )
  }

  @Test("many rows come in parts, each with its place")
  func many() throws {
    let database = try Database(
      """
      CREATE TABLE deals (id TEXT, amount TEXT, day TEXT, won INT);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO deals SELECT 'D-' || i, CASE WHEN i % 1000 = 0 THEN 'x' ELSE i || '.25' END, '2026-01-01', i % 2 FROM n;
      """)
    let (cells, reading) = try rows(database, .table("deals"))
    #expect(cells.count == 4995 && cells[4994] == ["D-4999", "4999.25", "2026-01-01", "true", "4999"])
    #expect(cells[999] == ["D-1001", "1001.25", "2026-01-01", "true", "1001"])
    #expect(reading.rejected.map(\.line) == [1000, 2000, 3000, 4000, 5000])
    #expect(reading.recordCount == 5000)
  }
}
