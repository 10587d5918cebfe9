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
  private var columns: [ColumnBuilder]
  /// The place of each column in the header line.
  private let places: [Int]
  private let separator: UInt8
  private let worker: Int
  private var batch: RecordBatch

  init(_ schema: TableSchema, places: [Int], width: Int, worker: Int) {
    columns = schema.columns.map(ColumnBuilder.init)
    self.places = places
    separator = schema.separator
    self.worker = worker
    batch = RecordBatch(width: width)
  }

  mutating func read(_ chunk: ChunkFeed.Chunk) -> ChunkRows {
    var scanner = RecordScanner(chunk, separator: separator)
    var lines = LineNumbers()
    var faults: [RowFault] = []
    chunk.buffer.withBytes { text in
      while scanner.next(text, &batch) { readBatch(text, &lines, &faults) }
    }
    return ChunkRows(
      number: chunk.number, worker: worker, columns: columns.indices.map { columns[$0].finishChunk() },
      lines: lines, lineCount: Int(scanner.line) - 1, byteCount: chunk.end - chunk.start,
      recordCount: scanner.recordCount, faults: faults)
  }

  private mutating func readBatch(_ text: RawSpan, _ lines: inout LineNumbers, _ faults: inout [RowFault]) {
    var found = batch.faults.map { RowFault(line: $0.line, kind: .shape($0.fault)) }
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
}
