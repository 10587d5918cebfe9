import JSONCore
import JSONRPC
import Synchronization

/// What goes to the client: answers, notifications, and requests whose answers come back to the main thread.
final class Outbox: Sendable {
  private struct State {
    var nextID = 1
    var isBroken = false
    var waiting: [Int: @Sendable (Desk, Result<JSONValue, RPCError>) -> Void] = [:]
  }

  private let stream: MessageStream
  private let state = Mutex(State())

  init(_ stream: MessageStream) { self.stream = stream }

  /// Whether the client has stopped reading.
  var isBroken: Bool { state.withLock { $0.isBroken } }

  func answer(_ id: RPCID, _ result: Result<JSONValue, RPCError>) { send(RPCMessage.answer(id: id, result)) }

  func notify(_ method: String, _ params: JSONValue) {
    send(RPCMessage.call(id: nil, method: method, params: params))
  }

  /// Asks the client for something.
  func request(
    _ method: String, _ params: JSONValue?,
    then: @escaping @Sendable (Desk, Result<JSONValue, RPCError>) -> Void = { _, _ in }
  ) {
    let id = state.withLock { state in
      let id = state.nextID
      state.nextID += 1
      state.waiting[id] = then
      return id
    }
    send(RPCMessage.call(id: .string("incentive-\(id)"), method: method, params: params))
  }

  /// Hands an answer of the client to whoever waits for it.
  func receive(_ id: RPCID, _ result: Result<JSONValue, RPCError>, _ desk: Desk) {
    guard let number = id.string.flatMap({ Int($0.dropFirst("incentive-".count)) }) else { return }
    let then = state.withLock { $0.waiting.removeValue(forKey: number) }
    then?(desk, result)
  }

  private func send(_ message: JSONValue) {
    if !stream.send(message) { state.withLock { $0.isBroken = true } }
  }
}
