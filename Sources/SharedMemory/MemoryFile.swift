import CSystem
import Glibc

/// Why memory cannot be shared, in words.
package struct MemoryFault: Error, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}

/// Bytes in memory that another process can read by their path.
///
/// The file has no name in any folder: it goes with the last process that holds it open, however that ends.
package final class MemoryFile: Sendable {
  private let descriptor: Int32

  /// An empty file.
  package init() throws(MemoryFault) {
    descriptor = csystem_memory_file()
    if descriptor < 0 { throw MemoryFault("no memory can be shared (error \(-descriptor))") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Where other processes of this user find it.
  package var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

  /// Has the file hold a head and cells, and nothing else.
  package func write(_ head: [UInt8], _ cells: RawSpan) throws(MemoryFault) {
    guard write(head.span.bytes, at: 0), write(cells, at: head.count),
      ftruncate(descriptor, head.count + cells.byteCount) == 0
    else { throw MemoryFault("shared memory cannot be written (error \(errno))") }
  }

  /// Forbids every change from now on, to everyone.
  package func seal() throws(MemoryFault) {
    let result = csystem_seal(descriptor)
    if result != 0 { throw MemoryFault("shared memory cannot be sealed (error \(-result))") }
  }

  private func write(_ bytes: RawSpan, at offset: Int) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let count = pwrite(
          descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start, offset + start)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        start += count
      }
      return true
    }
  }
}
