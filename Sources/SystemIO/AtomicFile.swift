package import Diagnostics
import Glibc

/// Writes files whole or not at all: under a temporary name first, then renamed.
package enum AtomicFile {
  /// Writes the bytes to `path`, replacing what was there in one step.
  package static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    try write(CollectionOfOne(bytes), to: path)
  }

  /// Writes blocks of bytes to `path`, one after the other, replacing what was there in one step.
  package static func write(_ blocks: some Sequence<[UInt8]>, to path: String) throws(Diagnostic) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    var failure: Int32 = 0
    for block in blocks where failure == 0 { failure = write(block, descriptor) }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw unwritable(path, failure)
    }
  }

  /// Writes all the bytes; 0, or the error.
  private static func write(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
    var start = 0
    return bytes.withUnsafeBytes { buffer in
      while start < buffer.count {
        let count = retrying {
          Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        }
        if count < 0 { return errno }
        start += count
      }
      return 0
    }
  }

  /// Makes the folder and those above it, where they are missing.
  package static func makeFolder(_ path: String) throws(Diagnostic) {
    if path.isEmpty || mkdir(path, 0o755) == 0 { return }
    if errno == ENOENT {
      try makeFolder(Path.folder(of: path))
      if mkdir(path, 0o755) == 0 { return }
    }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    throw unwritable(path, errno == 0 ? ENOTDIR : errno)
  }

  /// Removes a file if it is there.
  package static func remove(_ path: String) { unlink(path) }

  private static func unwritable(_ path: String, _ error: Int32) -> Diagnostic {
    Diagnostic(
      .fileNotWritable, .error, "cannot write `\(path)`: \(SystemError.text(error))", at: .file(path))
  }
}
