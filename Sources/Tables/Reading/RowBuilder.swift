/// Makes rows of one worker's records, a batch at a time.
struct RowBuilder {
  private var columns: [ColumnBuilder]
  /// The field that holds each column's cells.
  private let places: [Int]
  private let worker: Int
  private var lines = LineNumbers()
  private var faults: [RowFault] = []

  init(_ schema: TableSchema, places: [Int], worker: Int) {
    columns = schema.columns.map(ColumnBuilder.init)
    self.places = places
    self.worker = worker
  }

  /// Adds the records of a batch; those `refused` had no cells to be read.
  mutating func add(_ text: RawSpan, _ batch: RecordBatch, refused: [RowFault]) {
    var found = refused
    var keep: [Bool] = []
    for column in columns.indices {
      for cell in columns[column].append(text, batch, field: places[column]) {
        if keep.isEmpty { keep = [Bool](repeating: true, count: batch.count) }
        keep[cell.record] = false
        found.append(
          RowFault(line: batch.lines[cell.record], kind: .cell(column: column, cell.fault, shown: cell.shown))
        )
      }
    }
    // Found column by column; told record by record, of which no two begin on one line.
    faults += found.enumerated()
      .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    if keep.isEmpty {
      lines.append(contentsOf: batch.lines[..<batch.count])
    } else {
      for column in columns.indices { columns[column].keepLast(keep) }
      for record in keep.indices where keep[record] { lines.append(batch.lines[record]) }
    }
  }

  /// What was read of a chunk, which ends here; the next one begins.
  mutating func finish(_ chunk: ChunkFeed.Chunk, lineCount: Int, recordCount: Int) -> ChunkRows {
    finish(
      number: chunk.number, byteCount: chunk.end - chunk.start, lineCount: lineCount, recordCount: recordCount
    )
  }

  /// The rows since the last part ended, as the part of this number.
  mutating func finish(number: Int, byteCount: Int, lineCount: Int, recordCount: Int) -> ChunkRows {
    defer { (lines, faults) = (LineNumbers(), []) }
    return ChunkRows(
      number: number, worker: worker, columns: columns.indices.map { columns[$0].finishChunk() },
      lines: lines, lineCount: lineCount, byteCount: byteCount, recordCount: recordCount, faults: faults)
  }
}
