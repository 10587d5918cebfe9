import Diagnostics
import Dispatch

/// Puts a table together from chunks that come in any order.
///
/// INVARIANT: what is mutable is touched only while `turn` is held.
final class TableAssembly: @unchecked Sendable {
  private let schema: TableSchema
  private let file: String
  /// How many fields the header line has; nil where the rows have none.
  private let width: Int?
  private let turn = DispatchSemaphore(value: 1)
  private var columns: [ColumnAssembly]
  private var lines = LineNumbers()
  private var rejected: [RejectedRow] = []
  private var recordCount = 0
  /// Added to the lines of the next chunk.
  private var lineOffset: Int
  /// Chunks that wait for those before them.
  private var waiting: [Int: ChunkRows] = [:]
  private var next: Int
  private let first: Int
  /// How many bytes the whole text has, or 0 where that is not known.
  private let byteCount: Int

  init(
    _ schema: TableSchema, file: String, width: Int?, workers: Int, firstChunk: Int, lineOffset: Int,
    byteCount: Int
  ) {
    self.schema = schema
    self.file = file
    self.width = width
    self.lineOffset = lineOffset
    self.byteCount = byteCount
    first = firstChunk
    next = firstChunk
    columns = schema.columns.map { ColumnAssembly($0, workers: workers) }
  }

  /// Takes what was read of a chunk, and adds all chunks whose turn has come.
  func add(_ rows: ChunkRows) {
    turn.wait()
    waiting[rows.number] = rows
    while let rows = waiting.removeValue(forKey: next) { addNext(rows) }
    turn.signal()
  }

  /// The table and the rejected rows, once all chunks have been added.
  func result(_ diagnostics: [Diagnostic]) -> CSVTableReader.Result {
    CSVTableReader.Result(
      table: Table(name: schema.name, file: file, columns: columns.map { $0.column() }, lines: lines),
      rejected: rejected, diagnostics: diagnostics, recordCount: recordCount)
  }

  private func addNext(_ rows: ChunkRows) {
    for column in columns.indices { columns[column].add(rows.columns[column], rows.worker) }
    lines.append(rows.lines, offset: Int32(lineOffset))
    recordCount += rows.recordCount
    rejected += rows.faults.map {
      $0.rejected(schema, file: file, lineOffset: lineOffset, width: width)
    }
    lineOffset += rows.lineCount
    if next == first, rows.byteCount > 0, byteCount > rows.byteCount * 8 {
      let factor = byteCount / rows.byteCount
      for column in columns.indices { columns[column].reserve(times: factor + factor / 32 + 1) }
    }
    next += 1
  }
}
