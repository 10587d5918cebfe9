package import JSONCore
package import JSONRPC

/// A method of the host: its name, its parameters, what it answers; `rpc.discover` is made from these, and so are the
/// tools of assistants.
package struct HostMethod: Sendable {
  package typealias Answer = @Sendable (HostDesk, RPCParameters, RPCContext) throws(RPCError) -> JSONValue

  package struct Parameter: Sendable {
    package let name: String
    package let summary: String
    package let isRequired: Bool
    package let schema: JSONValue

    init(_ name: String, _ summary: String, required: Bool = false, _ schema: JSONValue = ["type": "string"])
    {
      (self.name, self.summary, isRequired, self.schema) = (name, summary, required, schema)
    }
  }

  package let name: String
  package let summary: String
  /// What a role must have the right to, for the method to answer it.
  package let right: Role.Right
  package let parameters: [Parameter]
  package let result: (name: String, schema: JSONValue)
  /// The errors that it can answer, beside those of messages as a whole.
  package let errors: [RPCError.Code]
  let answer: Answer

  init(
    _ name: String, _ summary: String, right: Role.Right = .any, _ parameters: [Parameter] = [],
    result: (String, JSONValue), errors: [RPCError.Code] = [], answer: @escaping Answer
  ) {
    (self.name, self.summary, self.right) = (name, summary, right)
    (self.parameters, self.result, self.answer) = (parameters, result, answer)
    let forbidden: [RPCError.Code] = right == .any || errors.contains(.forbidden) ? [] : [.forbidden]
    self.errors = [.invalidParams, .notInitialized] + forbidden + errors
  }

  /// The method with this name.
  package static func named(_ name: String) -> HostMethod? { all.first { $0.name == name } }

  /// Answers one request.
  package func answer(
    _ desk: HostDesk, _ params: RPCParameters, _ context: RPCContext
  ) throws(RPCError) -> JSONValue {
    try handler(desk)(params, context)
  }

  /// What answers requests, if the session allows it and the method knows their parameters.
  func handler(_ desk: HostDesk) -> RPCDispatcher.Handler {
    let (name, right, known, answer) = (name, right, parameters.map(\.name), answer)
    return { params, context throws(RPCError) in
      try desk.admit(name, right)
      try Self.refuseByPlace(params, name, known)
      try params.allow(only: known)
      return try answer(desk, params, context)
    }
  }

  /// Parameters go by name: their order is no part of the protocol.
  private static func refuseByPlace(
    _ params: RPCParameters, _ method: String, _ known: [String]
  ) throws(RPCError) {
    guard let items = params.value?.array, !items.isEmpty else { return }
    let example = known.first.map { "like {\"\($0)\": …}" } ?? "and none is known"
    throw RPCError(
      .invalidParams, "the parameters of `\(method)` go by name, not by place: write an object, \(example)")
  }
}
