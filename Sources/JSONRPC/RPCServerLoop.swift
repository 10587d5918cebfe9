import Glibc
import JSONCore

/// Serves a dispatcher over two descriptors until the input ends.
///
/// A thread reads; requests are answered one after the other on the calling thread, so that their order is
/// kept. `$/cancelRequest` is seen by the reading thread at once, also while a request runs.
public final class RPCServerLoop: Sendable {
  private struct State {
    var messages: [[UInt8]] = []
    var faults: [MessageFramer.Fault] = []
    var cancelled: Set<JSONValue> = []
    var hasEnded = false
    var isStopped = false
  }

  private let stream: MessageStream
  private let mailbox = Mailbox(State())

  /// A loop over these descriptors; standard input and output unless said otherwise.
  public init(input: Int32 = 0, output: Int32 = 1) {
    stream = MessageStream(input: input, output: output)
  }

  /// Ends the loop after the present request.
  public func stop() { mailbox.update { $0.isStopped = true } }

  /// Answers requests until the input ends, the output can no longer be written, or `stop` is called.
  ///
  /// `onEndOfInput` is called from the reading thread when the input has ended and a request still runs a second
  /// later. Returns the error of the system that ended the writing, or 0; a reader who has gone is no error.
  @discardableResult
  public func run(_ dispatcher: RPCDispatcher, onEndOfInput: @escaping @Sendable () -> Void = {}) -> Int32 {
    BackgroundThread.start { [self] in
      read()
      if mailbox.wait(seconds: 1, { $0.isStopped ? true : nil }) == nil { onEndOfInput() }
    }
    while true {
      let next = mailbox.wait { state -> Result<[UInt8], MessageFramer.Fault>?? in
        if state.isStopped { return .some(nil) }
        if !state.messages.isEmpty { return .success(state.messages.removeFirst()) }
        if !state.faults.isEmpty { return .failure(state.faults.removeFirst()) }
        return state.hasEnded ? .some(nil) : nil
      }
      guard let message = next else { break }
      let answer: JSONValue?
      switch message {
      case .success(let bytes): answer = self.answer(bytes, dispatcher)
      case .failure(let fault): answer = Self.answer(to: fault)
      }
      if let answer, !stream.send(answer) { break }
    }
    stop()
    let failure = stream.failure
    return failure == EPIPE ? 0 : failure
  }

  private func answer(_ bytes: [UInt8], _ dispatcher: RPCDispatcher) -> JSONValue? {
    let message = Result { () throws(JSONParsingError) in try JSONValue.parse(bytes) }
    return dispatcher.answer(message) { [self] id in
      RPCContext(
        id: id,
        notify: { [stream] method, params in
          _ = stream.send(RPCMessage.call(id: nil, method: method, params: params))
        },
        isCancelled: { [self] in id.map { id in mailbox.update { $0.cancelled.contains(id) } } ?? false })
    }
  }

  private static func answer(to fault: MessageFramer.Fault) -> JSONValue {
    let words =
      switch fault {
      case .tooLarge: RPCError(.tooLarge, "the message is too large")
      case .badHeader(let why): RPCError(.parseError, why)
      }
    return RPCMessage.answer(id: .null, .failure(words))
  }

  private func read() {
    stream.read { message in
      switch message {
      case .success(let bytes):
        let cancelled = Self.cancelledID(bytes)
        mailbox.update { state in
          if let cancelled { state.cancelled.insert(cancelled) } else { state.messages.append(bytes) }
        }
      case .failure(let fault): mailbox.update { $0.faults.append(fault) }
      }
    }
    mailbox.update { $0.hasEnded = true }
  }

  /// The id that a `$/cancelRequest` names; looks at short messages only, since those are short.
  private static func cancelledID(_ message: [UInt8]) -> JSONValue? {
    guard message.count < 512, let value = try? JSONValue.parse(message),
      value["method"]?.string == "$/cancelRequest"
    else { return nil }
    return value["params"]?["id"]
  }
}
