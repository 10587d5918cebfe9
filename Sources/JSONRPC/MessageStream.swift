import Glibc
package import JSONCore

/// Messages over two descriptors, read whole and written whole.
///
/// One thread reads; any thread may write.
package final class MessageStream: Sendable {
  private let input: Int32
  private let output: Int32
  // The lock under which messages are written, and the framing once it is known.
  private let writing: Mailbox<MessageFramer.Framing?>

  /// A stream of this framing; without one, what comes first decides.
  package init(input: Int32, output: Int32, framing: MessageFramer.Framing? = nil) {
    self.input = input
    self.output = output
    writing = Mailbox(framing)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Writes a message; false when its reader has gone.
  package func send(_ value: JSONValue) -> Bool {
    let message = value.bytes()
    return writing.update { framing in
      ByteStream.write(MessageFramer.frame(message, framing ?? .lines), to: output) == .all
    }
  }

  /// Reads until the stream ends or cannot be cut into messages any more; hands each message, or fault, to `hear`.
  package func read(_ hear: (Result<[UInt8], MessageFramer.Fault>) -> Void) {
    var framer = MessageFramer(framing: writing.update { $0 })
    while true {
      let bytes = ByteStream.read(input)
      if bytes.isEmpty { return }
      framer.append(bytes)
      while true {
        do {
          guard let message = try framer.next() else { break }
          let framing = framer.framing
          writing.update { $0 = framing }
          hear(.success(message))
        } catch {
          hear(.failure(error))
          if !error.isRecoverable { return }
        }
      }
    }
  }
}
