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
    try stage(blocks: 1, for: path) { _, write in bytes.withUnsafeBytes { write(0, $0) } }
  }

  /// Writes a file under a temporary name beside `path`: its sections one after the other, each made of a part of every
  /// block.
  ///
  /// `block` is called with the number of each block, on all cores, and hands the bytes of its parts on with the numbers
  /// of their sections.
  package static func stage(
    blocks count: Int, sections: Int = 1, for path: String,
    _ block: @Sendable (_ number: Int, _ write: (_ section: Int, UnsafeRawBufferPointer) -> Void) -> Void
  ) throws(Diagnostic) -> Staged {
    let staged = Staged(path: path, temporary: temporaryName(of: path))
    do throws(SystemFailure) {
      // Sections behind the first have no name any more once they are open: nothing is left of them after a crash.
      var files = [try FileSection(staged.temporary)]
      for section in 1..<max(1, sections) {
        files.append(try FileSection(temporaryName(of: "\(path).\(section)"), isNameless: true))
      }
      let state = Mutex((files: files, failure: SystemFailure?.none))
      // A block's place is known once those before it have been made; numbers are handed out in order.
      let turns = (0..<count).map { _ in DispatchSemaphore(value: 0) }
      turns.first?.signal()
      DispatchQueue.concurrentPerform(iterations: count) { number in
        var hasTurn = false
        block(number) { section, bytes in
          if !hasTurn { turns[number].wait() }
          hasTurn = true
          // The system lets one task write to a file at a time: the next one waits rather than tries.
          state.withLock { state in
            do throws(SystemFailure) {
              try state.files[section].write(bytes)
            } catch {
              state.failure = state.failure ?? error
            }
          }
        }
        if !hasTurn { turns[number].wait() }
        if number + 1 < count { turns[number + 1].signal() }
      }
      let end = state.withLock { $0 }
      if let failure = end.failure { throw failure }
      for section in end.files.dropFirst() { try end.files[0].append(section) }
      try end.files[0].close()
      return staged
    } catch {
      staged.discard()
      throw unwritable(path, error.number)
    }
  }

  private static func temporaryName(of path: String) -> String { "\(path).\(getpid()).tmp" }

  /// Whether a file of this name is one that was being written for `name`.
  static func isTemporary(_ file: String, of name: String) -> Bool {
    guard file.hasPrefix(name + "."), file.hasSuffix(".tmp") else { return false }
    let number = file.dropFirst(name.utf8.count + 1).dropLast(4)
    return !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
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
