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

  /// How a client takes a request back.
  public struct Cancelling: Sendable {
    let method: String
    let member: String
    let isAnswered: Bool

    /// `$/cancelRequest` with `id`; the request is still answered, with an error.
    public static let answered = Cancelling(method: "$/cancelRequest", member: "id", isAnswered: true)
    /// `notifications/cancelled` with `requestId`; the request is not answered any more.
    public static let unanswered = Cancelling(
      method: "notifications/cancelled", member: "requestId", isAnswered: false)
  }

  private let stream: MessageStream
  private let mailbox = Mailbox(State())
  private let cancelling: Cancelling
  private let mostWaiting: Int

  /// A loop over these descriptors; standard input and output unless said otherwise.
  ///
  /// Of more requests than `mostWaiting` that wait for their answers, the later ones are refused at once.
  public init(
    input: Int32 = 0, output: Int32 = 1, cancelling: Cancelling = .answered, mostWaiting: Int = .max
  ) {
    stream = MessageStream(input: input, output: output)
    self.cancelling = cancelling
    self.mostWaiting = mostWaiting
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
      if let answer, !isUnwanted(answer), !stream.send(answer) { break }
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
        if let id = cancelledID(bytes) {
          mailbox.update { _ = $0.cancelled.insert(id) }
        } else if !refuses(bytes) {
          mailbox.update { $0.messages.append(bytes) }
        }
      case .failure(let fault): mailbox.update { $0.faults.append(fault) }
      }
    }
    mailbox.update { $0.hasEnded = true }
  }

  /// The id that a message takes back; looks at short messages only, since those are short.
  private func cancelledID(_ message: [UInt8]) -> JSONValue? {
    guard message.count < 512, let value = try? JSONValue.parse(message),
      value["method"]?.string == cancelling.method
    else { return nil }
    return value["params"]?[cancelling.member]
  }

  /// Whether this is the answer to a request that was taken back and is not to be answered.
  private func isUnwanted(_ answer: JSONValue) -> Bool {
    guard !cancelling.isAnswered, let id = answer["id"] else { return false }
    return mailbox.update { $0.cancelled.remove(id) != nil }
  }

  /// Refuses a request when too many wait already.
  private func refuses(_ message: [UInt8]) -> Bool {
    guard mailbox.update({ $0.messages.count }) >= mostWaiting,
      let value = try? JSONValue.parse(message), case .request(let id, _, _) = RPCMessage(value)
    else { return false }
    _ = stream.send(
      RPCMessage.answer(
        id: id, .failure(RPCError(.tooMany, "\(mostWaiting) requests wait already; read their answers first"))
      ))
    return true
  }
}
