import JSONCore
import JSONRPC
import RPCServer

/// A tool of assistants: a method of the host under a name of its own, whose answers are objects.
struct Tool: Sendable {
  let name: String
  let title: String
  let method: HostMethod
  let summary: String
  /// Whether it changes a file.
  var writes: Bool { method.right == .switches }

  private init?(_ name: String, _ title: String, _ method: String, _ summary: String) {
    guard let method = HostMethod.named(method) else { return nil }
    (self.name, self.title, self.method, self.summary) = (name, title, method, summary)
  }

  static let all: [Tool] = [
    Tool(
      "validate_plan", "Check a plan", "plan/check",
      "Every fault of a plan, with its line, what is wrong and how to mend it. No diagnostics mean that all is well."
    ),
    Tool(
      "preview_payouts", "Preview payouts", "plan/preview",
      "What a plan pays in a period: totals of the components, and each payee's statement."),
    Tool(
      "explain_payout", "Explain a payout", "plan/explain",
      "Why a payee is paid what they are: a tree of amounts that add up, down to deals, rates and plan lines. Of a figure with very many parts the rest is counted in childrenLeftOut: ask for one transaction."
    ),
    Tool(
      "estimate_deal", "Estimate a deal", "deal/estimate",
      "What a deal that is not in the data yet would add for each person whom it touches, and why. Nothing is saved."
    ),
    Tool(
      "compare_plans", "Compare plans", "plan/compare",
      "Who gets more and who less when a plan is edited, or replaced by another one."),
    Tool(
      "set_module_enabled", "Switch a module", "modules/set",
      "Switches a module on or off for a team from a day on, in the plan's file, and logs who did it. Call it with dryRun first, and show who would get what."
    ),
    Tool("list_modules", "List reward modules", "modules/list", "The reward modules that plans can use."),
    Tool(
      "module_schema", "Show a module's terms", "schema/get",
      "The JSON Schema of what a component of this module may state under `config`."),
  ].compactMap { $0 }

  // Plans are named by their file or their text; ids of sessions are for programs. Files are not written.
  private static let hidden = ["plan", "with", "out"]
  private var isPaged: Bool { method.parameters.contains { $0.name == "limit" } }

  /// How the tool is listed.
  var json: JSONValue {
    [
      "name": .string(name), "title": .string(title), "description": .string(summary),
      "inputSchema": inputSchema, "outputSchema": outputSchema,
      "annotations": [
        "readOnlyHint": .bool(!writes), "destructiveHint": .bool(writes), "openWorldHint": false,
      ],
    ]
  }

  private var inputSchema: JSONValue {
    var properties = JSONObject()
    for parameter in method.parameters where !Self.hidden.contains(parameter.name) {
      var schema = parameter.schema.object ?? JSONObject()
      schema["description"] = .string(parameter.summary)
      properties[parameter.name] = .object(schema)
    }
    if isPaged {
      properties["cursor"] = [
        "type": "string", "description": "The cursor of the answer before: its next page, and nothing else.",
      ]
    }
    let required = method.parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
    return [
      "type": "object", "properties": .object(properties), "required": .array(required),
      "additionalProperties": false,
    ]
  }

  /// The method's own, lists wrapped into objects.
  ///
  /// A page has only some of the members, so that none is required.
  private var outputSchema: JSONValue {
    guard var schema = method.result.schema.object else { return ["type": "object"] }
    if schema["type"] == "array" {
      return [
        "type": "object", "properties": .object(JSONObject([(method.result.name, .object(schema))])),
        "required": [.string(method.result.name)], "additionalProperties": false,
      ]
    }
    if isPaged { schema["required"] = ["count"] }
    return .object(schema)
  }

  /// The answer of the method, or the page that the cursor names.
  func answer(_ desk: HostDesk, _ arguments: JSONValue, _ context: RPCContext) throws(RPCError) -> JSONValue {
    for name in Self.hidden where arguments[name] != nil {
      throw RPCError(.invalidParams, "there is no argument `\(name)`")
    }
    let turns = isPaged && arguments["cursor"] != nil
    guard let method = turns ? HostMethod.named("page/next") : method else { return .null }
    let answer = try method.answer(desk, RPCParameters(arguments), context)
    return answer.array == nil ? answer : .object(JSONObject([(method.result.name, answer)]))
  }
}
