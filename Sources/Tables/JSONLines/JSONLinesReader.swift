import Diagnostics
import Glibc
import JSONCore
import Parallelism

/// Reads JSON Lines, one object a line, into the typed columns of one table.
///
/// A value becomes the cell that CSV would have: `12.50` and `"12.50"` are one, `null`, `""` and a key that is not there are
/// an empty cell. The text is read in chunks by all cores. What comes of it depends on neither.
package struct JSONLinesReader: Sendable {
  private let schema: TableSchema
  private let file: String
  private let lineOffset: Int
  private let chunkBytes: Int
  private let workers: Int

  /// A reader that takes about `chunkBytes` of the text at a time, with so many workers or one a core; `lineOffset` is
  /// added to line numbers, for text that stands inside another file.
  package init(
    _ schema: TableSchema, file: String, lineOffset: Int = 0, chunkBytes: Int = 1 << 20, workers: Int? = nil
  ) {
    self.schema = schema
    self.file = file
    self.lineOffset = lineOffset
    self.chunkBytes = chunkBytes
    self.workers = workers ?? Parallel.coreCount
  }

  /// Reads the whole text.
  package func read(_ text: [UInt8]) -> TableReading { read(from: TextInMemory(text)) }

  /// Reads the whole text of a source, and lets the source hear all of it.
  package func read(from source: some TextSource) -> TableReading {
    let feed = ChunkFeed(source, ends: .lines, chunkBytes: chunkBytes, buffers: workers + 6)
    defer { feed.finish() }
    let sightings = JSONKeySightings()
    let assembly = TableAssembly(
      schema, file: file, width: nil, workers: workers, firstChunk: 0, lineOffset: lineOffset,
      byteCount: source.byteCount)
    Parallel.forEach(workers) { worker in
      var reader = JSONChunkReader(schema, worker: worker)
      while let chunk = feed.next() {
        let (rows, seen) = reader.read(chunk)
        feed.release(chunk)
        assembly.add(rows)
        sightings.add(seen)
      }
    }
    let (told, isWhole) = sightings.diagnostics(schema, file: file, lineOffset: lineOffset)
    if isWhole { return assembly.result(told) }
    // Without a column that must have cells there is no row to speak of: the column is told, not every row.
    return TableAssembly(
      schema, file: file, width: nil, workers: 0, firstChunk: 0, lineOffset: 0, byteCount: 0
    ).result(told)
  }
}

/// One worker: reads the chunks that it happens to take, in the order of the text.
private struct JSONChunkReader {
  private var rows: RowBuilder
  private var scanner: JSONLineScanner
  private var records: StagedRecords

  init(_ schema: TableSchema, worker: Int) {
    rows = RowBuilder(schema, places: Array(schema.columns.indices), worker: worker)
    scanner = JSONLineScanner(schema)
    records = StagedRecords(width: schema.columns.count)
  }

  mutating func read(_ chunk: ChunkFeed.Chunk) -> (ChunkRows, JSONKeySightings.Chunk) {
    var (lineCount, recordCount, objectCount) = (0, 0, 0)
    scanner.begin(chunk: chunk.number)
    chunk.buffer.withBytes { text in
      var start = chunk.start
      while start < chunk.end {
        let end = Self.lineEnd(text, start, chunk.end)
        lineCount += 1
        if !Self.isBlank(text, start, end) {
          recordCount += 1
          let line = Int32(truncatingIfNeeded: lineCount)
          let isObject = RawText.withBytes(text.extracting(start..<end)) {
            scanner.read($0, line: line, into: &records)
          }
          if isObject { objectCount += 1 }
          if records.isFull { records.empty { rows.add($0, $1, refused: $2) } }
        }
        start = end + 1
      }
    }
    if !records.isEmpty { records.empty { rows.add($0, $1, refused: $2) } }
    return (
      rows.finish(chunk, lineCount: lineCount, recordCount: recordCount),
      JSONKeySightings.Chunk(
        number: chunk.number, lineCount: lineCount, others: scanner.others, columns: scanner.met,
        objectCount: objectCount)
    )
  }

  /// Where the newline of the line stands that begins here.
  private static func lineEnd(_ text: RawSpan, _ start: Int, _ end: Int) -> Int {
    text.extracting(start..<end).withUnsafeBytes { bytes in
      guard let first = bytes.baseAddress, let found = memchr(first, 0x0A, bytes.count) else { return end }
      return start + (UnsafeRawPointer(found) - first)
    }
  }

  private static func isBlank(_ text: RawSpan, _ start: Int, _ end: Int) -> Bool {
    for place in start..<end {
      let byte = RawText.byte(text, place)
      if byte != 0x20, byte != 0x0D, byte != 0x09 { return false }
    }
    return true
  }
}
