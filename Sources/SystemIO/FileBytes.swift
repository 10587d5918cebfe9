package import Diagnostics
import Glibc

/// Reads whole files.
package enum FileBytes {
  /// The bytes of the file, or a diagnostic that says why it cannot be read.
  package static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw unreadable(path, EISDIR) }
    var bytes: [UInt8] = []
    var failure: Int32 = 0
    // Pipes and /dev/stdin have no size: read on until the end.
    var wanted = max(Int(status.st_size) + 1, 1 << 16)
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        let got = retrying { Glibc.read(descriptor, buffer.baseAddress, wanted) }
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure != 0 { throw unreadable(path, failure) }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      wanted = 1 << 16
    }
  }

  private static func unreadable(_ path: String, _ error: Int32) -> Diagnostic {
    Diagnostic(
      .fileNotReadable, .error, "cannot read `\(path)`: \(SystemError.text(error))", at: .file(path),
      help: error == ENOENT ? "check the path; relative paths start where the command was called" : nil)
  }
}

/// Words for error numbers of the system.
package enum SystemError {
  /// The system's own sentence, in lower case: `no such file or directory`.
  package static func text(_ error: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(error, &buffer, buffer.count) == 0 else { return "error \(error)" }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// Repeats a system call that a signal interrupted.
func retrying(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
