/// What was read of one chunk of the text.
struct ChunkRows: Sendable {
  let number: Int
  /// Who read it: the numbers of texts are those of the worker.
  let worker: Int
  let columns: [ColumnPiece]
  /// The lines of its rows, counted from 1 where the chunk begins.
  let lines: LineNumbers
  let lineCount: Int
  let byteCount: Int
  let recordCount: Int
  let faults: [RowFault]
}

/// One worker: reads the chunks that it happens to take, in the order of the text.
struct ChunkReader {
  private var rows: RowBuilder
  private let separator: UInt8
  private var batch: RecordBatch

  init(_ schema: TableSchema, places: [Int], width: Int, worker: Int) {
    rows = RowBuilder(schema, places: places, worker: worker)
    separator = schema.separator
    batch = RecordBatch(width: width)
  }

  mutating func read(_ chunk: ChunkFeed.Chunk) -> ChunkRows {
    var scanner = RecordScanner(chunk, separator: separator)
    chunk.buffer.withBytes { text in
      while scanner.next(text, &batch) {
        rows.add(
          text, batch, refused: batch.faults.map { RowFault(line: $0.line, kind: .shape($0.fault)) })
      }
    }
    return rows.finish(chunk, lineCount: Int(scanner.line) - 1, recordCount: scanner.recordCount)
  }
}
