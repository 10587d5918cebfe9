package import Diagnostics
import Glibc

/// A file that is open for reading from its beginning to its end; a pipe as well.
package final class OpenFile: Sendable {
  private let path: String
  private let descriptor: Int32
  /// The number of bytes that the system tells; 0 for a pipe.
  package let size: Int

  /// Opens the file, or says why it cannot be read.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      size = 0
      throw Self.unreadable(path, errno)
    }
    var status = stat()
    let failed = fstat(descriptor, &status) != 0
    size = Int(status.st_size)
    if failed { throw Self.unreadable(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw Self.unreadable(path, EISDIR) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes the bytes that follow into the buffer; how many, 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    let count = retrying { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
    if count < 0 { throw Self.unreadable(path, errno) }
    return count
  }

  private static func unreadable(_ path: String, _ error: Int32) -> Diagnostic {
    Diagnostic(
      .fileNotReadable, .error, "cannot read `\(path)`: \(SystemError.text(error))", at: .file(path),
      help: error == ENOENT ? "check the path; relative paths start where the command was called" : nil)
  }
}
