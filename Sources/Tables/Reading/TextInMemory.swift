/// A text that is held whole, as a source.
final class TextInMemory: TextSource, @unchecked Sendable {
  private let bytes: [UInt8]
  // INVARIANT: only `read` touches it, which one thread at a time calls.
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var byteCount: Int { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }

  func hear(_ bytes: UnsafeRawBufferPointer) {}
}
