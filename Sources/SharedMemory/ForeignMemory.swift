import CSystem
import Glibc

/// A memory file of another process, open to be read; nothing that it holds is trusted.
package final class ForeignMemory: Sendable {
  private let descriptor: Int32
  /// The number of bytes when it was opened.
  package let count: Int

  /// Opens `/proc/PROCESS/fd/N`, which must be a memory file; `process` is the only one allowed, if stated.
  package init(path: String, of process: Int32? = nil) throws(MemoryFault) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "proc", parts[3] == "fd",
      let owner = Self.number(parts[2]), Self.number(parts[4]) != nil, process == nil || owner == process
    else { throw MemoryFault("`\(path)` is no file that the sender may name") }
    // Looked at before it is opened: opening something else, a device or a pipe, could do harm by itself.
    guard Self.target(path).hasPrefix("/memfd:") else {
      throw MemoryFault("`\(path)` is no memory file")
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    var status = stat()
    let isOpen = descriptor >= 0 && fstat(descriptor, &status) == 0
    count = isOpen ? Int(status.st_size) : 0
    guard isOpen, csystem_is_memory_file(descriptor) != 0 else {
      throw MemoryFault("`\(path)` cannot be opened, or is no memory file")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whole numbers from a place in the file on; a fault when the file is shorter.
  ///
  /// They are copied: what the sender does to its file afterwards changes nothing here.
  package func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type, count: Int, at offset: Int
  ) throws(MemoryFault) -> [Number] {
    let wanted = count * MemoryLayout<Number>.stride
    guard count >= 0, offset >= 0, offset + wanted <= self.count else {
      throw MemoryFault("shared memory ends before its last cell")
    }
    var isWhole = true
    // INVARIANT: every pattern of bits is a whole number, and only those cells count as set that were read.
    let numbers = [Number](unsafeUninitializedCapacity: count) { cells, set in
      var done = 0
      while done < wanted {
        let got = pread(
          descriptor, UnsafeMutableRawPointer(cells.baseAddress)?.advanced(by: done), wanted - done,
          offset + done)
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        done += got
      }
      isWhole = done == wanted
      set = done / MemoryLayout<Number>.stride
    }
    if !isWhole { throw MemoryFault("shared memory became shorter while it was read") }
    return numbers
  }

  private static func number(_ digits: Substring) -> Int32? {
    digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int32(digits) : nil
  }

  private static func target(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = max(0, readlink(path, &buffer, buffer.count))
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
