package import Diagnostics

/// Makes a table of rows that are handed over cell by cell, as a database gives them.
///
/// A cell is read like one of CSV with the same bytes; rows are counted from 1 in the place of lines.
package struct RowReader {
  private let schema: TableSchema
  private let assembly: TableAssembly
  private var rows: RowBuilder
  private var records: StagedRecords
  private var part = 0
  private var rowsOfPart: Int32 = 0

  /// A reader of rows whose cells come in the order of the columns.
  package init(_ schema: TableSchema, file: String) {
    self.schema = schema
    assembly = TableAssembly(
      schema, file: file, width: nil, workers: 1, firstChunk: 0, lineOffset: 0, byteCount: 0)
    rows = RowBuilder(schema, places: Array(schema.columns.indices), worker: 0)
    records = StagedRecords(width: schema.columns.count)
  }

  /// Begins a row.
  package mutating func begin() {
    if records.isFull { endPart() }
    rowsOfPart += 1
    records.begin()
  }

  /// Sets down the next cell of the row; one without bytes is empty.
  package mutating func add(_ cell: Span<UInt8>) { records.add(cell) }

  /// Takes the row, which has all its cells.
  package mutating func accept() { records.accept(line: rowsOfPart) }

  /// Rejects the row for what stands in the place of a column's cell.
  package mutating func refuse(column: Int, _ code: DiagnosticCode, _ message: String, help: String?) {
    records.refuse(
      RowFault(line: rowsOfPart, kind: .told(column: column, code, message, help: help)))
  }

  /// The table of all rows.
  package mutating func finish(_ diagnostics: [Diagnostic]) -> TableReading {
    endPart()
    return assembly.result(diagnostics)
  }

  private mutating func endPart() {
    if records.isEmpty { return }
    let count = Int(rowsOfPart)
    records.empty { rows.add($0, $1, refused: $2) }
    assembly.add(rows.finish(number: part, byteCount: 0, lineCount: count, recordCount: count))
    part += 1
    rowsOfPart = 0
  }
}
