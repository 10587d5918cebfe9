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

  /// Writes text to standard output; false once the reader has gone.
  @discardableResult
  package static func write(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }

  /// Writes text to standard error; false once the reader has gone.
  @discardableResult
  package static func writeError(_ text: String) -> Bool { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { buffer in
      var start = 0
      while start < buffer.count {
        let count = retrying {
          Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
        }
        if count < 0 { return false }
        start += count
      }
      return true
    }
  }
}
