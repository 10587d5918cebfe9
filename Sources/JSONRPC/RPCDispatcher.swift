public import JSONCore

/// What a method sees of the call that it answers.
public struct RPCContext: Sendable {
  /// The request's id, which notifications about it carry; nil for a notification.
  public let id: RPCID?
  /// Sends a notification to the caller.
  public let notify: @Sendable (_ method: String, _ params: JSONValue) -> Void
  /// Whether the caller has taken the request back.
  public let isCancelled: @Sendable () -> Bool

  /// A context.
  public init(
    id: RPCID? = nil,
    notify: @escaping @Sendable (String, JSONValue) -> Void = { _, _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.id = id
    self.notify = notify
    self.isCancelled = isCancelled
  }
}

/// Answers messages by a table of methods.
public struct RPCDispatcher {
  /// Answers the parameters of one method.
  public typealias Handler = (RPCParameters, RPCContext) throws(RPCError) -> JSONValue

  /// How many calls a batch may hold.
  public static let largestBatch = 1000

  private let methods: [String: Handler]
  private let answersBatches: Bool

  /// A dispatcher of these methods; of a protocol without batches when it does not answer those.
  public init(_ methods: [String: Handler], answersBatches: Bool = true) {
    self.methods = methods
    self.answersBatches = answersBatches
  }

  /// The answer to a message, or nil when it wants none; `context` makes the context of each request's id.
  public func answer(
    _ message: Result<JSONValue, JSONParsingError>, context: (RPCID?) -> RPCContext = { _ in RPCContext() }
  ) -> JSONValue? {
    switch message {
    case .failure(let error):
      return RPCMessage.answer(
        id: .null,
        .failure(
          RPCError(.parseError, "not JSON: \(error.message)", data: ["offset": .number(error.offset)])))
    case .success(.array(let batch)):
      if !answersBatches {
        return RPCMessage.answer(
          id: .null, .failure(RPCError(.invalidRequest, "batches are no part of this protocol")))
      }
      if batch.isEmpty || batch.count > Self.largestBatch {
        let problem =
          batch.isEmpty ? "the batch is empty" : "a batch holds at most \(Self.largestBatch) calls"
        return RPCMessage.answer(id: .null, .failure(RPCError(.invalidRequest, problem)))
      }
      let answers = batch.compactMap { answer(to: $0, context) }
      return answers.isEmpty ? nil : .array(answers)
    case .success(let value): return answer(to: value, context)
    }
  }

  private func answer(to value: JSONValue, _ context: (RPCID?) -> RPCContext) -> JSONValue? {
    switch RPCMessage(value) {
    case .request(let id, let method, let params):
      return RPCMessage.answer(id: id, result(method, params, context(id)))
    case .notification(let method, let params):
      _ = result(method, params, context(nil))
      return nil
    case .response: return nil
    case .invalid(let id):
      return RPCMessage.answer(
        id: id, .failure(RPCError(.invalidRequest, "this is not a JSON-RPC 2.0 request")))
    }
  }

  private func result(
    _ method: String, _ params: JSONValue?, _ context: RPCContext
  ) -> Result<JSONValue, RPCError> {
    guard let handler = methods[method] else {
      return .failure(RPCError(.methodNotFound, "there is no method `\(method)`"))
    }
    if context.isCancelled() { return .failure(RPCError(.cancelled, "the request was cancelled")) }
    do {
      return .success(try handler(RPCParameters(params), context))
    } catch {
      return .failure(error)
    }
  }
}
