import JSONCore
import JSONRPC

/// A method of the host: its name, its parameters, what it answers; `rpc.discover` is made from these.
struct HostMethod: Sendable {
  typealias Answer = @Sendable (HostDesk, RPCParameters, RPCContext) throws(RPCError) -> JSONValue

  struct Parameter: Sendable {
    let name: String
    let summary: String
    let isRequired: Bool
    let schema: JSONValue
  }

  let name: String
  let summary: String
  let parameters: [Parameter]
  let result: (name: String, schema: JSONValue)
  let answer: Answer

  /// Answers requests, if the session allows it and the method knows their parameters.
  func handler(_ desk: HostDesk) -> RPCDispatcher.Handler {
    let (name, known, answer) = (name, parameters.map(\.name), answer)
    return { params, context throws(RPCError) in
      try desk.admit(name)
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

  static let all: [HostMethod] = [
    HostMethod(
      name: "initialize", summary: "Begins a session; tells who the host is and what it can do.",
      parameters: [
        Parameter(
          name: "client", summary: "Name and version of the client.", isRequired: false,
          schema: ["type": "string"])
      ], result: ("host", ["type": "object"]),
      answer: { desk, params, _ throws(RPCError) in try desk.initialize(params) }),
    HostMethod(
      name: "shutdown", summary: "Ends the session; after it only `exit` is answered.", parameters: [],
      result: ("nothing", ["type": "null"]), answer: { desk, _, _ throws(RPCError) in desk.shutdown() }),
    HostMethod(
      name: "plan/check", summary: "All diagnostics of a plan, given by its path or its text.",
      parameters: [.path, .text], result: ("diagnostics", ["type": "array", "items": ["type": "object"]]),
      answer: { desk, params, _ throws(RPCError) in try desk.check(params) }),
    HostMethod(
      name: "plan/open", summary: "Opens a plan and keeps it open, with its modules running.",
      parameters: [.path, .text], result: ("plan", ["type": "object"]),
      answer: { desk, params, _ throws(RPCError) in try desk.open(params) }),
    HostMethod(
      name: "plan/edit",
      summary:
        "Puts an edited text in the place of an open plan's; a next run computes only what the edit touches.",
      parameters: [
        .plan,
        Parameter(
          name: "text", summary: "The plan's whole text, edited.", isRequired: true,
          schema: ["type": "string"]),
      ], result: ("plan", ["type": "object"]),
      answer: { desk, params, _ throws(RPCError) in try desk.edit(params) }),
    HostMethod(
      name: "plan/run",
      summary: "Runs an open plan; answers the run's facts and its statements, and writes files when asked.",
      parameters: [
        .plan, .data, .asOf,
        Parameter(
          name: "out", summary: "A folder that the result files are written to.", isRequired: false,
          schema: ["type": "string"]),
        Parameter(
          name: "payee", summary: "Only this payee's statements.", isRequired: false,
          schema: ["type": "string"]),
        Parameter(
          name: "period", summary: "Only this period's statements.", isRequired: false,
          schema: ["type": "string"]),
      ], result: ("run", ["type": "object"]),
      answer: { desk, params, context throws(RPCError) in try desk.run(params, context) }),
    HostMethod(
      name: "plan/explain",
      summary: "The derivation of a payee's pay: trees whose leaves add up to the total.",
      parameters: [
        .plan, .data, .asOf,
        Parameter(name: "payee", summary: "The payee's id.", isRequired: true, schema: ["type": "string"]),
        Parameter(
          name: "period", summary: "Only this period.", isRequired: false, schema: ["type": "string"]),
        Parameter(
          name: "transaction", summary: "Only this transaction.", isRequired: false,
          schema: ["type": "string"]),
      ], result: ("derivations", ["type": "array", "items": ["type": "object"]]),
      answer: { desk, params, context throws(RPCError) in try desk.explain(params, context) }),
    HostMethod(
      name: "plan/test", summary: "Runs a file of plan tests; answers which passed, and why others did not.",
      parameters: [
        Parameter(
          name: "path", summary: "The file of tests; the plan is looked for beside it.", isRequired: true,
          schema: ["type": "string"]),
        .text, .data,
      ], result: ("results", ["type": "object"]),
      answer: { desk, params, _ throws(RPCError) in try desk.test(params) }),
    HostMethod(
      name: "plan/schema",
      summary: "The JSON Schema of a plan, with the terms of the modules that are found.", parameters: [],
      result: ("schema", ["type": "object"]), answer: { desk, _, _ throws(RPCError) in desk.schema() }),
    HostMethod(
      name: "modules/list", summary: "The reward modules that were found, with version and health.",
      parameters: [],
      result: ("modules", ["type": "array", "items": ["type": "object"]]),
      answer: { desk, _, _ throws(RPCError) in desk.modules() }),
    HostMethod(
      name: "rpc.discover", summary: "This document.", parameters: [],
      result: ("openrpc", ["type": "object"]),
      answer: { desk, _, _ throws(RPCError) in OpenRPCDocument.json(version: desk.version) }),
  ]
}

extension HostMethod.Parameter {
  static let path = Self(
    name: "path", summary: "The plan's file.", isRequired: false, schema: ["type": "string"])
  static let text = Self(
    name: "text", summary: "The plan's text, which then stands for the file.", isRequired: false,
    schema: ["type": "string"])
  static let plan = Self(
    name: "plan", summary: "The id that `plan/open` gave.", isRequired: true, schema: ["type": "string"])
  static let data = Self(
    name: "data", summary: "The folder with the data files; the plan's own unless stated.", isRequired: false,
    schema: ["type": "string"])
  static let asOf = Self(
    name: "asOf", summary: "Look at the data as of this day, YYYY-MM-DD.", isRequired: false,
    schema: ["type": "string", "format": "date"])
}
