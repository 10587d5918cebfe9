import Glibc
package import JSONCore

/// Messages over two descriptors, read whole and written whole.
///
/// One thread reads; any thread may write.
package final class MessageStream: Sendable {
  private let input: Int32
  private let output: Int32
  private struct Writing {
    /// The framing once it is known.
    var framing: MessageFramer.Framing?
    var failure: Int32 = 0
  }

  // The lock under which messages are written.
  private let writing: Mailbox<Writing>

  /// A stream of this framing; without one, what comes first decides.
  package init(input: Int32, output: Int32, framing: MessageFramer.Framing? = nil) {
    self.input = input
    self.output = output
    writing = Mailbox(Writing(framing: framing))
    signal(SIGPIPE, SIG_IGN)
  }

  /// The system's error that ended the writing, or 0.
  package var failure: Int32 { writing.update { $0.failure } }

  /// Writes a message; false when that failed, now or before.
  package func send(_ value: JSONValue) -> Bool {
    let message = value.bytes()
    return writing.update { state in
      // After a part of a message no other can follow.
      if state.failure != 0 { return false }
      let bytes = MessageFramer.frame(message, state.framing ?? .lines)
      guard case .broken(let error) = ByteStream.write(bytes, to: output) else { return true }
      state.failure = error
      return false
    }
  }

  /// Reads until the stream ends or cannot be cut into messages any more; hands each message, or fault, to `hear`.
  package func read(_ hear: (Result<[UInt8], MessageFramer.Fault>) -> Void) {
    var framer = MessageFramer(framing: writing.update { $0.framing })
    while true {
      let bytes = ByteStream.read(input)
      if bytes.isEmpty { return }
      framer.append(bytes)
      while true {
        do {
          guard let message = try framer.next() else { break }
          let framing = framer.framing
          writing.update { $0.framing = framing }
          hear(.success(message))
        } catch {
          hear(.failure(error))
          if !error.isRecoverable { return }
        }
      }
    }
  }
}
