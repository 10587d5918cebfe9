import Glibc

/// Memory for one chunk of text, with room for whole vectors on both sides of it.
///
/// INVARIANT: `capacity` bytes of text may stand from `lead` on; `margin` bytes before and after them belong to the
/// buffer too. One thread at a time fills a buffer, before it hands it to those that read it.
final class ChunkBuffer: @unchecked Sendable {
  /// Where the text begins.
  static let lead = 64
  private static let margin = 64

  private var memory: UnsafeMutableRawPointer
  private(set) var capacity: Int
  /// Where the text ends.
  private(set) var end = ChunkBuffer.lead

  init(capacity: Int) {
    self.capacity = capacity
    memory = Self.allocate(capacity)
  }

  deinit { memory.deallocate() }

  /// Begins anew with this text.
  func restart(_ text: [UInt8]) {
    end = Self.lead
    _ = append(text.count) { room in
      room.copyBytes(from: text)
      return text.count
    }
  }

  /// Lets `fill` write as many bytes as it can, up to `count`, after the text; how many it wrote.
  func append(_ count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    reserve(end - Self.lead + count)
    let written = fill(UnsafeMutableRawBufferPointer(start: memory + end, count: count))
    end += written
    return written
  }

  /// Where the text ends once its last record has a newline, which is written behind the text if need be.
  func closed() -> Int {
    if end > Self.lead, memory.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0A { return end }
    memory.storeBytes(of: 0x0A, toByteOffset: end, as: UInt8.self)
    return end + 1
  }

  /// The bytes of a stretch of the text.
  func copy(_ range: Range<Int>) -> [UInt8] {
    withBytes { text in text.extracting(range).withUnsafeBytes { Array($0) } }
  }

  /// What `body` makes of the memory: the text stands from `lead` to `end`.
  @inline(__always)
  func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(RawSpan(_unsafeStart: memory, byteCount: Self.lead + capacity + Self.margin))
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    let larger = max(count, capacity * 2)
    let grown = Self.allocate(larger)
    grown.copyMemory(from: memory, byteCount: end)
    memory.deallocate()
    memory = grown
    capacity = larger
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: lead + capacity + margin, alignment: 64)
    memset(memory, 0, lead)
    memset(memory + lead + capacity, 0, margin)
    return memory
  }
}
