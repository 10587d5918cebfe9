package import Diagnostics
import Dispatch
import Glibc
import Synchronization

/// Writes files whole or not at all, one or several together: under temporary names first, then renamed.
package enum AtomicFile {
  /// A file that is written whole under a temporary name, and waits to be put in its place.
  package struct Staged: Sendable {
    fileprivate let path: String
    fileprivate let temporary: String

    /// Puts the file in its place in one step, over what was there.
    package func commit() throws(Diagnostic) {
      if rename(temporary, path) == 0 { return }
      let failure = errno
      discard()
      throw unwritable(path, failure)
    }

    /// Lets the file be read, written and executed by the same people as another one.
    package func takeMode(of path: String) {
      var status = stat()
      if stat(path, &status) == 0 { chmod(temporary, status.st_mode & 0o7777) }
    }

    /// Takes the temporary file away; what is in its place stays.
    package func discard() { unlink(temporary) }
  }

  /// Writes the bytes under a temporary name beside `path`.
  package static func stage(_ bytes: [UInt8], for path: String) throws(Diagnostic) -> Staged {
    try stage(blocks: 1, for: path) { _, write in bytes.withUnsafeBytes(write) }
  }

  /// Writes blocks of bytes, one after the other, under a temporary name beside `path`.
  ///
  /// `block` is called with the number of each block, on all cores, and hands the block's bytes on.
  package static func stage(
    blocks count: Int, for path: String,
    _ block: @Sendable (_ number: Int, _ write: (UnsafeRawBufferPointer) -> Void) -> Void
  ) throws(Diagnostic) -> Staged {
    let temporary = temporaryName(of: path)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    let place = Mutex(0)
    let errors = Mutex(Int32(0))
    // A block's place is known once those before it have been made; numbers are handed out in order.
    let turns = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    turns.first?.signal()
    DispatchQueue.concurrentPerform(iterations: count) { number in
      block(number) { bytes in
        turns[number].wait()
        let start = place.withLock { place in
          defer { place += bytes.count }
          return place
        }
        // The system lets one task write to a file at a time: the next one waits rather than tries.
        let error = write(bytes, descriptor, at: start)
        errors.withLock { if $0 == 0 { $0 = error } }
        if number + 1 < count { turns[number + 1].signal() }
      }
    }
    var failure = errors.withLock { $0 }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    let staged = Staged(path: path, temporary: temporary)
    if failure != 0 {
      staged.discard()
      throw unwritable(path, failure)
    }
    return staged
  }

  private static func temporaryName(of path: String) -> String { "\(path).\(getpid()).tmp" }

  /// Whether a file of this name is one that was being written for `name`.
  static func isTemporary(_ file: String, of name: String) -> Bool {
    guard file.hasPrefix(name + "."), file.hasSuffix(".tmp") else { return false }
    let number = file.dropFirst(name.utf8.count + 1).dropLast(4)
    return !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Writes all the bytes at a place of the file; 0, or the error.
  private static func write(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, at place: Int) -> Int32 {
    var start = 0
    while start < bytes.count {
      let count = retrying {
        pwrite(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start, off_t(place + start))
      }
      if count < 0 { return errno }
      start += count
    }
    return 0
  }

  /// Makes the folder and those above it, where they are missing.
  package static func makeFolder(_ path: String) throws(Diagnostic) {
    if mkdir(path, 0o755) == 0 { return }
    var failure = errno
    if failure == ENOENT, !path.isEmpty {
      try makeFolder(Path.folder(of: path))
      if mkdir(path, 0o755) == 0 { return }
      failure = errno
    }
    if Path.isFolder(path) { return }
    // What is there already is something else.
    throw unwritable(path, failure == EEXIST ? ENOTDIR : failure)
  }

  /// Removes a file if it is there.
  package static func remove(_ path: String) { unlink(path) }

  static func unwritable(_ path: String, _ error: Int32) -> Diagnostic {
    Diagnostic(
      .fileNotWritable, .error, "cannot write `\(path)`: \(SystemError.text(error))", at: .file(path))
  }
}
