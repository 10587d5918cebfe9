import Glibc
public import JSONCore

/// Why a call to another program got no result.
public enum RPCCallFault: Error, Sendable, Hashable {
  /// The program answered with an error.
  case refused(RPCError)
  /// No answer came in time.
  case timedOut(seconds: Double)
  /// Nobody wants the answer any more.
  case calledOff
  /// The stream ended.
  case closed
  /// Something came that is no message; the beginning of it.
  case garbage(String)
  /// An answer came to a request that was never made.
  case wrongID(String)
  /// The answer is over the limit.
  case tooLarge
}

/// The calling side of JSON-RPC over two descriptors, one message a line.
///
/// A thread reads all the time, so that two full pipes cannot wait for each other; answers are matched by id,
/// in whatever order they come. The first message that breaks the protocol ends the connection.
public final class RPCConnection: Sendable {
  private struct State {
    var answers: [Int: Result<JSONValue, RPCError>] = [:]
    var awaited: Set<Int> = []
    var nextID = 1
    var fault: RPCCallFault?
    var readerIsDone = false
  }

  /// A call that was sent and whose answer is to be waited for.
  public struct Pending: Sendable {
    fileprivate let id: Int
  }

  /// Seconds within which a message without a deadline of its own must be read.
  private static let patience = 60.0
  /// So long after each other a caller is asked whether the answer is still wanted, in seconds.
  private static let glance = 0.05

  private let input: Int32
  private let output: Int32
  private let end: Int32
  private let state = Mailbox(State())

  /// A connection that reads answers from `input` and writes calls to `output`.
  ///
  /// `end` can be read once the other program has ended, which its streams do not tell while something that it has
  /// started holds them; -1 where there is none. The connection closes all of them.
  public init(
    input: Int32, output: Int32, end: Int32 = -1, largestAnswer: Int = 256 << 20,
    onNotification: @escaping @Sendable (_ method: String, _ params: JSONValue?) -> Void = { _, _ in }
  ) {
    self.input = input
    self.output = output
    self.end = end
    ByteStream.bound(output)
    signal(SIGPIPE, SIG_IGN)
    BackgroundThread.start { [self] in
      let fault = read(largestAnswer, onNotification)
      state.update { state in
        state.fault = state.fault ?? fault
        state.readerIsDone = true
      }
      Glibc.close(input)
      if end >= 0 { Glibc.close(end) }
    }
  }

  /// Sends a call, which must be read within a minute; its answer is fetched by `wait`.
  public func start(_ method: String, _ params: JSONValue?) throws(RPCCallFault) -> Pending {
    try start(method, params, seconds: Self.patience)
  }

  private func start(_ method: String, _ params: JSONValue?, seconds: Double) throws(RPCCallFault) -> Pending
  {
    let id = state.update { state in
      let id = state.nextID
      state.nextID += 1
      state.awaited.insert(id)
      return id
    }
    try send(RPCMessage.call(id: .number(id), method: method, params: params), seconds: seconds)
    return Pending(id: id)
  }

  /// The result of a call, waiting at most that long for it.
  public func wait(_ pending: Pending, seconds: Double) throws(RPCCallFault) -> JSONValue {
    guard let outcome = outcome(pending, seconds: seconds) else {
      state.update { _ = $0.awaited.remove(pending.id) }
      throw .timedOut(seconds: seconds)
    }
    return try outcome.get()
  }

  /// What became of a call; nil when nothing has, after so long.
  private func outcome(_ pending: Pending, seconds: Double) -> Result<JSONValue, RPCCallFault>? {
    state.wait(seconds: seconds) { state -> Result<JSONValue, RPCCallFault>? in
      if let answer = state.answers.removeValue(forKey: pending.id) {
        return answer.mapError { .refused($0) }
      }
      return state.fault.map { .failure($0) }
    }
  }

  /// Calls a method and waits for its result, at most that long from now, and no longer than it is wanted.
  public func call(
    _ method: String, _ params: JSONValue?, seconds: Double, isCalledOff: () -> Bool = { false }
  ) throws(RPCCallFault) -> JSONValue {
    let deadline = Deadline(seconds: seconds)
    let pending = try start(method, params, seconds: seconds)
    while true {
      if let outcome = outcome(pending, seconds: min(deadline.seconds, Self.glance)) {
        return try outcome.get()
      }
      let isCalledOff = isCalledOff()
      if !isCalledOff, deadline.seconds > 0 { continue }
      state.update { _ = $0.awaited.remove(pending.id) }
      throw isCalledOff ? .calledOff : .timedOut(seconds: seconds)
    }
  }

  /// Sends a call that has no answer.
  public func notify(_ method: String, _ params: JSONValue?) throws(RPCCallFault) {
    try send(RPCMessage.call(id: nil, method: method, params: params), seconds: Self.patience)
  }

  /// Closes the writing side, which tells the other program to end.
  public func close() {
    state.update { $0.fault = $0.fault ?? .closed }
    Glibc.close(output)
  }

  private func send(_ value: JSONValue, seconds: Double) throws(RPCCallFault) {
    if let fault = state.update({ $0.fault }) { throw fault }
    let frame = MessageFramer.frame(value.bytes(), .lines)
    switch ByteStream.write(frame, to: output, until: Deadline(seconds: seconds)) {
    case .all: return
    case .late:
      // A part of the message may have gone out, after which no other can follow.
      throw state.update { state in
        state.fault = state.fault ?? .timedOut(seconds: seconds)
        return .timedOut(seconds: seconds)
      }
    case .broken:
      // The reader knows better why the other program is gone, and hears of it at the same time.
      throw state.wait(seconds: 1) { $0.fault } ?? .closed
    }
  }

  private func read(_ largest: Int, _ onNotification: (String, JSONValue?) -> Void) -> RPCCallFault {
    var framer = MessageFramer(framing: .lines, largest: largest)
    while true {
      waiting: while true {
        switch ByteStream.awaitInput(input, orEnd: end, milliseconds: 1000) {
        case .input: break waiting
        case .end: return .closed
        case .nothing: if state.update({ $0.fault }) != nil { return .closed }
        }
      }
      let bytes = ByteStream.read(input)
      if bytes.isEmpty { return .closed }
      framer.append(bytes)
      do {
        while let message = try framer.next() {
          if let fault = receive(message, largest, onNotification) { return fault }
        }
      } catch {
        return .tooLarge
      }
    }
  }

  private func receive(
    _ message: [UInt8], _ largest: Int, _ onNotification: (String, JSONValue?) -> Void
  ) -> RPCCallFault? {
    guard let value = try? JSONValue.parse(message, limits: JSONLimits(bytes: largest)) else {
      return .garbage(String(decoding: message.prefix(80), as: UTF8.self))
    }
    switch RPCMessage(value) {
    case .notification(let method, let params): onNotification(method, params)
    case .response(let id, let result):
      let known = state.update { state in
        guard let number = id.int, state.awaited.remove(number) != nil else { return false }
        state.answers[number] = result
        return true
      }
      // An answer that came after its deadline has an id that was once right.
      if !known, !(id.int.map { $0 > 0 && $0 < state.update { $0.nextID } } ?? false) {
        return .wrongID(id.text())
      }
    case .request, .invalid: return .garbage(String(decoding: message.prefix(80), as: UTF8.self))
    }
    return nil
  }
}
