package import Diagnostics
import Glibc

/// Adds lines to a file, each whole.
package enum LogFile {
  /// Adds a line to the end of the file, which is made where it is missing.
  package static func append(_ line: [UInt8], to path: String) throws(Diagnostic) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw AtomicFile.unwritable(path, errno) }
    defer { close(descriptor) }
    let bytes = line + [0x0A]
    let count = bytes.withUnsafeBytes { bytes in
      retrying { Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
    }
    if count != bytes.count { throw AtomicFile.unwritable(path, count < 0 ? errno : ENOSPC) }
  }

  /// The name of the user that the system knows this process by; empty when it knows none.
  package static var userName: String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "" }
    return String(cString: name)
  }
}
