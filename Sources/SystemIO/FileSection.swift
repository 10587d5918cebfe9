import CSystem
import Glibc

/// A section of a file that is being written, in a file of its own until it is whole.
final class FileSection: @unchecked Sendable {
  // INVARIANT: one task at a time writes, the others wait for it.
  private let descriptor: Int32
  private var isOpen = true
  private var end = 0

  /// Makes the file, without a name as soon as it is open where it is `isNameless`.
  init(_ path: String, isNameless: Bool = false) throws(SystemFailure) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw SystemFailure(number: errno) }
    if isNameless { unlink(path) }
  }

  deinit { if isOpen { Glibc.close(descriptor) } }

  /// Writes the bytes behind those that are there.
  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemFailure) {
    var start = 0
    while start < bytes.count {
      let count = retrying {
        pwrite(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start, off_t(end))
      }
      if count < 0 { throw SystemFailure(number: errno) }
      start += count
      end += count
    }
  }

  /// Writes what another section holds behind what is there.
  func append(_ other: FileSection) throws(SystemFailure) {
    var copied = 0
    while copied < other.end {
      let count = retrying {
        csystem_copy(other.descriptor, copied, descriptor, end, UInt(other.end - copied))
      }
      if count <= 0 { throw SystemFailure(number: count == 0 ? EIO : errno) }
      copied += count
      end += count
    }
  }

  /// Ends the writing.
  func close() throws(SystemFailure) {
    isOpen = false
    if Glibc.close(descriptor) != 0 { throw SystemFailure(number: errno) }
  }
}

/// What the system refused, by its number.
struct SystemFailure: Error {
  let number: Int32
}
