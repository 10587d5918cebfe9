import Diagnostics
import Parallelism

/// Reads the CSV text of one table into typed columns; every fault becomes a diagnostic or a rejected row.
///
/// The text is read in chunks by all cores. What comes of it depends on neither.
package struct CSVTableReader: Sendable {
  package typealias Result = TableReading

  private let schema: TableSchema
  private let file: String
  /// Added to line numbers, for text that stands inside another file.
  private let lineOffset: Int
  private let chunkBytes: Int
  private let workers: Int

  /// A reader that takes about `chunkBytes` of the text at a time, with so many workers or one a core.
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
  package func read(_ text: [UInt8]) -> Result { read(from: TextInMemory(text)) }

  /// Reads the whole text of a source, and lets the source hear all of it.
  package func read(from source: some TextSource) -> Result {
    let feed = ChunkFeed(
      source, ends: RecordEnds(separator: schema.separator), chunkBytes: chunkBytes, buffers: workers + 6)
    defer { feed.finish() }
    var diagnostics: [Diagnostic] = []
    var lineOffset = lineOffset
    do {
      let (header, first) = try readHeader(feed, &lineOffset)
      let places = header.places(&diagnostics)
      let assembly = TableAssembly(
        schema, file: file, width: header.names.count, workers: workers, firstChunk: first.number,
        lineOffset: lineOffset, byteCount: source.byteCount)
      if let places {
        read(feed, first, places, width: header.names.count, into: assembly)
      } else {
        feed.release(first)
      }
      return assembly.result(diagnostics)
    } catch {
      diagnostics = [CSVHeader.missing(error, file: file, lineOffset: self.lineOffset)]
      return TableAssembly(
        schema, file: file, width: 0, workers: 0, firstChunk: 0, lineOffset: 0, byteCount: 0
      ).result(diagnostics)
    }
  }

  /// The header line, and what stands behind it in its chunk.
  private func readHeader(
    _ feed: ChunkFeed, _ lineOffset: inout Int
  ) throws(CSVHeader.Fault) -> (CSVHeader, ChunkFeed.Chunk) {
    while var chunk = feed.next() {
      var scanner = RecordScanner(chunk, separator: schema.separator)
      let header = try chunk.buffer.withBytes { text throws(CSVHeader.Fault) in
        try CSVHeader(&scanner, text, schema, file: file, lineOffset: lineOffset)
      }
      lineOffset += Int(scanner.line) - 1
      chunk.start = scanner.position
      if let header { return (header, chunk) }
      feed.release(chunk)
    }
    throw .empty
  }

  private func read(
    _ feed: ChunkFeed, _ first: ChunkFeed.Chunk, _ places: [Int], width: Int, into assembly: TableAssembly
  ) {
    Parallel.forEach(first.isLast ? 1 : workers) { worker in
      var reader = ChunkReader(schema, places: places, width: width, worker: worker)
      var next = worker == 0 ? first : feed.next()
      while let chunk = next {
        let rows = reader.read(chunk)
        feed.release(chunk)
        assembly.add(rows)
        next = feed.next()
      }
    }
  }
}
