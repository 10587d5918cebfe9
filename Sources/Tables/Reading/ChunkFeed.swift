import Dispatch

/// Reads a text chunk by chunk, each a run of whole records, and hands the chunks to whoever asks next.
///
/// INVARIANT: what is mutable is touched only while `turn` is held. A buffer is free again only after a job that
/// stands in `hearing` behind the one that hears its bytes.
final class ChunkFeed: @unchecked Sendable {
  /// Some whole records of the text, from `start` to `end` of the buffer.
  struct Chunk {
    let number: Int
    let buffer: ChunkBuffer
    var start: Int
    let end: Int
    /// Whether the text ends here.
    let isLast: Bool
  }

  private let source: any TextSource
  private let chunkBytes: Int
  private let ends: RecordEnds
  private let turn = DispatchSemaphore(value: 1)
  private let hearing = DispatchQueue(label: "hearing")
  private let freeCount: DispatchSemaphore
  private var free: [ChunkBuffer] = []
  private var rest: [UInt8] = []
  private var nextNumber = 0
  private var isAtEnd = false

  /// A feed that keeps at most so many buffers in use.
  init(_ source: some TextSource, ends: RecordEnds, chunkBytes: Int, buffers: Int) {
    self.source = source
    self.chunkBytes = chunkBytes
    self.ends = ends
    freeCount = DispatchSemaphore(value: 0)
    for _ in 0..<buffers { freeCount.signal() }
  }

  /// The next chunk, or nil at the end of the text.
  func next() -> Chunk? {
    freeCount.wait()
    turn.wait()
    defer { turn.signal() }
    if !isAtEnd {
      let buffer = free.popLast() ?? ChunkBuffer(capacity: chunkBytes)
      if let chunk = load(buffer) { return chunk }
    }
    freeCount.signal()
    return nil
  }

  /// Takes the chunk's buffer back, once its records are read.
  func release(_ chunk: Chunk) {
    let buffer = chunk.buffer
    hearing.async { [self] in
      turn.wait()
      free.append(buffer)
      turn.signal()
      freeCount.signal()
    }
  }

  /// Lets the source hear what no one reads any more, and waits until it has heard all.
  func finish() {
    while let chunk = next() { release(chunk) }
    hearing.sync {}
  }

  private func load(_ buffer: ChunkBuffer) -> Chunk? {
    buffer.restart(rest)
    let carried = buffer.end
    var start = ChunkBuffer.lead
    var end: Int?
    var wanted = chunkBytes
    while end == nil, !isAtEnd {
      fill(buffer, wanted)
      if nextNumber == 0, hasMark(buffer) { start = ChunkBuffer.lead + 3 }
      if !isAtEnd { end = buffer.withBytes { ends.last($0, start, buffer.end) } }
      wanted = buffer.end - ChunkBuffer.lead
    }
    rest = end.map { buffer.copy($0..<buffer.end) } ?? []
    hear(buffer, carried..<buffer.end)
    if end == nil, buffer.end == start { return nil }
    nextNumber += 1
    return Chunk(
      number: nextNumber - 1, buffer: buffer, start: start, end: end ?? buffer.closed(), isLast: end == nil)
  }

  private func fill(_ buffer: ChunkBuffer, _ count: Int) {
    var missing = count
    while missing > 0, !isAtEnd {
      let got = buffer.append(missing) { source.read(into: $0) }
      if got <= 0 { isAtEnd = true }
      missing -= got
    }
  }

  private func hear(_ buffer: ChunkBuffer, _ range: Range<Int>) {
    if range.isEmpty { return }
    let source = source
    hearing.async {
      buffer.withBytes { $0.extracting(range).withUnsafeBytes { source.hear($0) } }
    }
  }

  private func hasMark(_ buffer: ChunkBuffer) -> Bool {
    buffer.copy(ChunkBuffer.lead..<min(buffer.end, ChunkBuffer.lead + 3)) == [0xEF, 0xBB, 0xBF]
  }
}
