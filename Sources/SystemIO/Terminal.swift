package import Diagnostics
import Glibc

/// What the process's own streams are connected to.
package enum Terminal {
  /// Whether standard output is a terminal.
  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  /// Whether standard error is a terminal.
  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  /// Whether colours are wanted on a stream that is a terminal: not with `NO_COLOR` set or `TERM=dumb`.
  package static var wantsColour: Bool {
    let dumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return getenv("NO_COLOR") == nil && !dumb
  }

  /// Lets writing into a pipe that nobody reads any more be an error instead of the end of the process.
  package static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Writes text to standard output; a reader who has gone has seen what they wanted.
  package static func write(_ text: String) throws(Diagnostic) {
    let error = write(text, to: STDOUT_FILENO)
    if error == 0 || error == EPIPE { return }
    throw unwritable(error)
  }

  /// That standard output cannot be written, for a reason of the system.
  package static func unwritable(_ error: Int32) -> Diagnostic {
    Diagnostic(
      .fileNotWritable, .error, "cannot write to standard output: \(SystemError.text(error))",
      at: nil as Location?)
  }

  /// Writes text to standard error; when that fails there is nowhere left to tell it.
  package static func writeError(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Writes all of the text; 0, or the error.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { buffer in
      var start = 0
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
}
