import JSONCore
import JSONRPC
import RPCServer

/// Answers the messages of the Model Context Protocol from the methods of the host.
final class AssistantDesk {
  typealias Answer = @Sendable (AssistantDesk, RPCParameters, RPCContext, Era) throws(RPCError) -> JSONObject

  /// How a request speaks: naming the version in each request, or after `initialize`.
  enum Era { case stateless, session }

  private static let stateless = ["2026-07-28"]
  private static let withSession = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
  private static let versionKey = "io.modelcontextprotocol/protocolVersion"

  let desk: HostDesk
  private let info: JSONValue
  /// The tools of the session's role.
  private let tools: [Tool]

  init(_ desk: HostDesk, version: String, allowsWriting: Bool) {
    self.desk = desk
    tools = Tool.all.filter { desk.role.has($0.method.right) && (allowsWriting || !$0.writes) }
    info = ["name": "incentive", "title": "IncentiveKit", "version": .string(version)]
  }

  static let methods: [(String, Answer)] = [
    ("initialize", { desk, params, _, _ throws(RPCError) in try desk.initialize(params) }),
    ("server/discover", { desk, _, _, _ throws(RPCError) in desk.discover() }),
    ("ping", { _, _, _, _ throws(RPCError) in JSONObject() }),
    ("tools/list", { desk, _, _, _ throws(RPCError) in desk.toolList() }),
    ("tools/call", { desk, params, context, _ throws(RPCError) in try desk.call(params, context) }),
    ("resources/list", { desk, _, _, _ throws(RPCError) in desk.resources() }),
    ("resources/templates/list", { _, _, _, _ throws(RPCError) in JSONObject([("resourceTemplates", [])]) }),
    ("resources/read", { desk, params, _, era throws(RPCError) in try desk.read(params, era) }),
  ]
  /// Methods whose answers say how long they may be kept.
  private static let lists = [
    "server/discover", "tools/list", "resources/list", "resources/templates/list", "resources/read",
  ]

  /// What answers each method.
  var handlers: [String: RPCDispatcher.Handler] {
    var handlers: [String: RPCDispatcher.Handler] = [:]
    for (name, answer) in Self.methods { handlers[name] = handler(name, answer) }
    return handlers
  }

  private func handler(_ name: String, _ answer: @escaping Answer) -> RPCDispatcher.Handler {
    return { [self] params, context throws(RPCError) in
      let result = try self.answer(name, params, context, answer)
      return result
    }
  }

  /// Answers a request as its era wants it.
  private func answer(
    _ method: String, _ params: RPCParameters, _ context: RPCContext, _ answer: Answer
  ) throws(RPCError) -> JSONValue {
    let version = params.optional("_meta")?[Self.versionKey]
    if let version, !Self.stateless.contains(version.string ?? "") {
      throw RPCError(
        RPCError.Code(rawValue: -32022), "this version of the protocol is not spoken",
        data: [
          "supported": .array((Self.stateless + Self.withSession).map { .string($0) }), "requested": version,
        ])
    }
    let era = version == nil && method != "server/discover" ? Era.session : .stateless
    var result = try answer(self, params, context, era)
    if era == .stateless {
      result["resultType"] = "complete"
      result["_meta"] = ["io.modelcontextprotocol/serverInfo": info]
      if Self.lists.contains(method) {
        result["ttlMs"] = 0
        result["cacheScope"] = "private"
      }
    }
    return .object(result)
  }

  private static let capabilities: JSONValue = ["tools": [:], "resources": [:]]
  private static let instructions: JSONValue =
    "Computes sales incentives from a plan in YAML. Amounts are exact and come as strings: repeat them as they are, and do not compute with them. Where an answer has a cursor, call the tool again with nothing but it."

  private func initialize(_ params: RPCParameters) throws(RPCError) -> JSONObject {
    let asked = try params.string("protocolVersion")
    return JSONObject([
      ("protocolVersion", .string(Self.withSession.contains(asked) ? asked : Self.withSession[0])),
      ("capabilities", Self.capabilities), ("serverInfo", info), ("instructions", Self.instructions),
    ])
  }

  private func discover() -> JSONObject {
    JSONObject([
      ("supportedVersions", .array(Self.stateless.map { .string($0) })), ("capabilities", Self.capabilities),
      ("instructions", Self.instructions),
    ])
  }

  // MARK: Tools

  private func toolList() -> JSONObject { JSONObject([("tools", .array(tools.map(\.json)))]) }

  private func call(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONObject {
    let name = try params.string("name")
    guard let tool = tools.first(where: { $0.name == name }) else {
      throw RPCError(.invalidParams, "there is no tool `\(name)`", data: ["name": .string(name)])
    }
    let arguments = params.optional("arguments")
    if let arguments, arguments.object == nil {
      throw RPCError(.invalidParams, "`arguments` must be an object")
    }
    do {
      let facts = try tool.answer(desk, arguments ?? [:], reporting(params, context))
      return JSONObject([
        ("content", [["type": "text", "text": .string(text(facts))]]), ("structuredContent", facts),
        ("isError", false),
      ])
    } catch {
      if context.isCancelled() { throw error }
      // What is wrong with the arguments, the plan or the data is for the assistant to read and to mend.
      let lines = [error.message] + (error.data.map { Outline.lines($0) } ?? [])
      return JSONObject([
        ("content", [["type": "text", "text": .string(cut(lines))]]), ("isError", true),
      ])
    }
  }

  /// The facts as lines; a page of lines is those lines.
  private func text(_ facts: JSONValue) -> String {
    guard let lines = facts["text"]?.array else { return cut(Outline.lines(facts)) }
    let more = facts["cursor"]?.string.map { [Self.more($0)] } ?? []
    return (lines.compactMap(\.string) + more).joined(separator: "\n")
  }

  /// As many lines as fit, and the cursor of the others.
  private func cut(_ lines: [String]) -> String {
    let shown = Outline.fitting(lines)
    if shown >= lines.count { return lines.joined(separator: "\n") }
    let cursor = desk.keep(lines: Array(lines[shown...]))
    return (lines[..<shown] + [Self.more(cursor)]).joined(separator: "\n")
  }

  private static func more(_ cursor: String) -> String {
    "… there is more: call the tool with nothing but the cursor \(cursor)"
  }

  /// The context of a call whose progress goes to the token that the request named, or nowhere.
  private func reporting(_ params: RPCParameters, _ context: RPCContext) -> RPCContext {
    let token = params.optional("_meta")?["progressToken"]
    let steps = Steps()
    return RPCContext(
      id: context.id,
      notify: { _, progress in
        guard let token, token != .null else { return }
        let what = progress["component"] ?? progress["file"]
        context.notify(
          "notifications/progress",
          [
            "progressToken": token, "progress": .number(steps.next()),
            "message": .string(
              [progress["stage"]?.string, what?.string].compactMap { $0 }.joined(separator: " ")),
          ])
      }, isCancelled: context.isCancelled)
  }

  // MARK: Resources

  private func resources() -> JSONObject {
    let plans = desk.role.seesAll ? desk.plans : []
    let items: [JSONValue] =
      plans.map { path in
        [
          "uri": .string("incentive://plan/" + path), "name": .string(path), "mimeType": "application/yaml",
          "description": "The plan, as it stands in its file.",
        ]
      }
      + desk.moduleIDs.map { id in
        [
          "uri": .string("incentive://schema/" + id), "name": .string("terms of " + id),
          "mimeType": "application/schema+json",
          "description": .string("The JSON Schema of the terms of the module \(id)."),
        ]
      }
    return JSONObject([("resources", .array(items))])
  }

  private func read(_ params: RPCParameters, _ era: Era) throws(RPCError) -> JSONObject {
    let uri = try params.string("uri")
    var found: (type: String, text: String)?
    if uri.hasPrefix("incentive://plan/") {
      found = desk.planText(String(uri.dropFirst(17))).map { ("application/yaml", $0) }
    } else if uri.hasPrefix("incentive://schema/") {
      let id = JSONValue.string(String(uri.dropFirst(19)))
      let answer = try? desk.moduleSchema(RPCParameters(["module": id]))
      found = answer?["schema"].map { ("application/schema+json", $0.text(pretty: true)) }
    }
    guard let found else {
      let code = RPCError.Code(rawValue: era == .stateless ? -32602 : -32002)
      throw RPCError(code, "there is no resource `\(uri)`", data: ["uri": .string(uri)])
    }
    let content: JSONValue = [
      "uri": .string(uri), "mimeType": .string(found.type), "text": .string(found.text),
    ]
    return JSONObject([("contents", [content])])
  }
}
