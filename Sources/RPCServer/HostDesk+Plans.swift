import Diagnostics
package import JSONCore
package import JSONRPC
import ModuleHost
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions
import SystemIO
import Tables

/// What is answered about plans, data and modules, before anything is computed.
extension HostDesk {
  func check(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let file = try planFile(params)
    let data = try params.optionalString("data") ?? start.data
    let found = fresh(file).checked(dataFolder: data)
    var answer = JSONObject()
    try pages.begin(
      Pages.List("diagnostics", count: found.count) { found[$0].map(\.json) }, params, in: &answer)
    return .object(answer)
  }

  func open(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let session = fresh(try planFile(params))
    guard let plan = session.planFile.plan else {
      throw refusal("the plan has errors", session.diagnostics)
    }
    let id = newID("plan")
    sessions[id] = session
    return facts(id, plan, session)
  }

  /// Puts an edited text in the place of an open plan's; what the edit does not touch is not computed again.
  func edit(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let id = try params.string("plan")
    let session = try session(params)
    let file = PlanFile(bytes: Array(try params.string("text").utf8), file: session.planFile.file)
    let edited = PlanSession(file, after: session)
    sessions[id] = edited
    guard let plan = file.plan else { throw refusal("the plan has errors", edited.diagnostics) }
    return facts(id, plan, edited)
  }

  func close(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let id = try params.string("id")
    guard sessions.removeValue(forKey: id) != nil || data.removeValue(forKey: id) != nil else {
      throw RPCError(.invalidParams, "nothing is open as `\(id)`")
    }
    return .null
  }

  private func facts(_ id: String, _ plan: Plan, _ session: PlanSession) -> JSONValue {
    [
      "plan": .string(id), "name": .string(plan.name.text), "currency": .string(plan.currency.code),
      "periods": .array(plan.calendar.periods.map { .string($0.label) }),
      "measures": .array(plan.measures.map { .string($0.name.text) }),
      "components": .array(plan.components.map { .string($0.name.text) }),
      "diagnostics": role.seesAll ? .array(session.checked().map(\.json)) : [],
    ]
  }

  /// Keeps data for the runs to come: a folder, rows in the place of tables, or both.
  func openData(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let plan = try session(params).planFile.plan
    var open = OpenData(folder: try params.optionalString("folder"))
    var counts: [(String, JSONValue)] = []
    if let tables = params.optional("tables") {
      guard let object = tables.object else { throw RPCError(.invalidParams, "`tables` must be an object") }
      for (name, rows) in object.members {
        let given = try GivenRows(rows, try schema(name, plan))
        open.rows[name] = given.csv
        counts.append((name, .number(given.count)))
      }
    }
    let id = newID("data")
    data[id] = open
    return ["data": .string(id), "rows": .object(JSONObject(counts))]
  }

  /// The schema of a table of the plan.
  func schema(_ table: String, _ plan: Plan?) throws(RPCError) -> TableSchema {
    let tables = plan?.tables.map(\.schema) ?? []
    if let schema = tables.first(where: { $0.name == table }) { return schema }
    let near =
      role.seesAll ? Suggestion.help(for: table, in: tables.map(\.name)).map { "; " + $0 } ?? "" : ""
    throw RPCError(.invalidParams, "the plan has no table `\(table)`\(near)")
  }

  /// The modules that were found, and to those who see everything what is wrong with others.
  func modules() -> JSONValue {
    let modules = directory.modules.values.sorted { $0.id < $1.id }.map { module -> JSONValue in
      var facts = JSONObject([
        ("id", .string(module.id)), ("version", .string(module.version)),
        ("summary", .string(module.summary)),
      ])
      if role.seesAll { facts["folder"] = .string(module.folder) }
      facts["health"] = .string(schemaPool.configSchema(of: module.id) == nil ? "does not answer" : "ready")
      return .object(facts)
    }
    return [
      "modules": .array(modules),
      "diagnostics": role.seesAll ? .array(directory.diagnostics.map(\.json)) : [],
    ]
  }

  /// The JSON Schema of a module's terms.
  package func moduleSchema(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let id = try manifest(try params.string("module")).id
    guard let schema = schemaPool.configSchema(of: id) else {
      throw RPCError(.internalError, "the module `\(id)` does not answer")
    }
    return ["module": .string(id), "schema": schema]
  }

  /// Keeps lines that an answer has no room for; the cursor that `page/next` takes for them.
  package func keep(lines: [String]) -> String {
    pages.keep(Pages.List("text", lines.map { .string($0) }))
  }

  /// The ids of the modules that were found.
  package var moduleIDs: [String] { directory.modules.keys.sorted() }

  /// The text of a plan that the host was started with; nil for those who do not see everything.
  package func planText(_ path: String) -> String? {
    guard role.seesAll, plans.contains(path) else { return nil }
    return (try? FileBytes.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
