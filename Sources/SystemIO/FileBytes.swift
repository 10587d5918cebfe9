package import Diagnostics
import Glibc

/// Reads whole files.
package enum FileBytes {
  /// The bytes of the file, or a diagnostic that says why it cannot be read.
  package static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    let file = try OpenFile(path)
    var bytes: [UInt8] = []
    // Pipes and /dev/stdin have no size: read on until the end.
    var wanted = max(file.size + 1, 1 << 16)
    var failure: Diagnostic?
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        do throws(Diagnostic) {
          count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      wanted = 1 << 16
    }
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
