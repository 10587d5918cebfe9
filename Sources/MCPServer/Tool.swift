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
      "Why a payee is paid what they are: a tree of amounts that add up, down to deals, rates and plan lines. A figure of many parts shows the first, and has a childrenCursor for the others: call the tool with it as cursor, or ask for one transaction."
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
  private static let hidden = ["plan", "with", "out", "trace"]
  private static let cursor = "cursor"

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

  // A further page is asked for by its cursor alone, so that no other argument is required by the schema.
  private var inputSchema: JSONValue {
    var properties = JSONObject()
    for parameter in method.parameters where !Self.hidden.contains(parameter.name) {
      var schema = parameter.schema.object ?? JSONObject()
      schema["description"] = .string(
        parameter.summary + (parameter.isRequired ? " Required, unless there is a cursor." : ""))
      properties[parameter.name] = .object(schema)
    }
    properties[Self.cursor] = [
      "type": "string",
      "description": "A cursor of an answer before: what comes after it, and nothing else.",
    ]
    return ["type": "object", "properties": .object(properties), "additionalProperties": false]
  }

  /// The answer of the method, or a page of it.
  private var outputSchema: JSONValue {
    let pages = HostMethod.named("page/next")?.result.schema["oneOf"]?.array ?? []
    var properties = JSONObject()
    for schema in pages + [method.result.schema] {
      for (key, value) in schema["properties"]?.object?.members ?? [] { properties[key] = value }
    }
    let forms = [method.result.schema] + pages
    let schema: JSONValue = [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "anyOf": .array(forms.compactMap { $0["required"].map { ["required": $0] } }),
      "$defs": .object(ResultSchema.components),
    ]
    return Self.referring(schema)
  }

  /// A schema whose references lead to its own definitions.
  private static func referring(_ schema: JSONValue) -> JSONValue {
    if let items = schema.array { return .array(items.map(referring)) }
    guard var object = schema.object else { return schema }
    for (key, value) in object.members {
      if key == "$ref", let name = value.string {
        object[key] = .string(name.replacing(ResultSchema.place, with: "#/$defs/"))
      } else {
        object[key] = referring(value)
      }
    }
    return .object(object)
  }

  /// The answer of the method, or the page that the cursor names.
  func answer(_ desk: HostDesk, _ arguments: JSONValue, _ context: RPCContext) throws(RPCError) -> JSONValue {
    for name in Self.hidden where arguments[name] != nil {
      throw RPCError(.invalidParams, "there is no argument `\(name)`")
    }
    let turns = arguments[Self.cursor].map { $0 != .null } ?? false
    guard let method = turns ? HostMethod.named("page/next") : method else { return .null }
    return try method.answer(desk, RPCParameters(arguments), context)
  }
}
