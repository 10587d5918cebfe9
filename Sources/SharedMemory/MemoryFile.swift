import CSystem
import Glibc

/// Why memory cannot be shared, in words.
package struct MemoryFault: Error, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }
}

/// Bytes in memory that another process can read by their path, and nobody can change.
///
/// The file has no name in any folder: it goes with the last process that holds it open, however that ends.
package final class MemoryFile: Sendable {
  private let descriptor: Int32

  /// A file of these bytes, end to end.
  package init(_ head: [UInt8], _ cells: RawSpan) throws(MemoryFault) {
    descriptor = csystem_memory_file()
    guard descriptor >= 0 else { throw MemoryFault("no memory can be shared (error \(-descriptor))") }
    guard Self.write(head.span.bytes, descriptor), Self.write(cells, descriptor),
      csystem_seal(descriptor) == 0
    else { throw MemoryFault("shared memory cannot be written (error \(errno))") }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Where other processes of this user find it.
  package var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

  private static func write(_ bytes: RawSpan, _ descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        start += count
      }
      return true
    }
  }
}
