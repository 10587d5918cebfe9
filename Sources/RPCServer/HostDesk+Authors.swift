import Diagnostics
import JSONCore
import JSONRPC
import ModuleHost
import PlanAuthoring
import PlanCalendar
import Reports
import Sessions
import SystemIO

/// What authors and admins of plans ask of the host.
extension HostDesk {
  /// Runs the plan tests that a folder, a plan or a file of tests has.
  func test(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let path = try params.string("path")
    let text = try params.optionalString("text")
    let data = try params.optionalString("data") ?? start.data
    let wantsXML = try flag("junit", params)
    var runs: [PlanTestRun] = []
    do throws(Diagnostic) {
      let files = text == nil ? try PlanTestFile.files([path]) : [path]
      for (done, name) in files.enumerated() where !context.isCancelled() {
        context.notify("$/progress", Self.testing(context.id, name, done, files.count))
        let file =
          if let text { PlanTestFile(bytes: Array(text.utf8), file: name) } else {
            try PlanTestFile.read(name)
          }
        runs.append(
          PlanTestRun(
            file, dataFolder: data, modules: directory, deadlines: start.deadlines,
            isCancelled: context.isCancelled))
      }
    } catch {
      throw refusal("the tests cannot be read", [error])
    }
    if context.isCancelled() { throw RPCError(.cancelled, "the request was cancelled") }
    let report = PlanTestReport(runs)
    var answer = report.facts
    if wantsXML { answer["junit"] = .string(report.junit) }
    try pages.begin(Pages.List("files", report.files), params, in: &answer)
    return .object(answer)
  }

  private static func testing(_ id: RPCID?, _ file: String, _ done: Int, _ total: Int) -> JSONValue {
    var object = JSONObject([
      ("stage", "testing"), ("file", .string(file)), ("done", .number(done)), ("total", .number(total)),
    ])
    object["id"] = id
    return .object(object)
  }

  /// The schema of a plan, or of a module's terms as a plan writes them.
  func schema(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    guard let id = try params.optionalString("module") else {
      let (schema, faults) = PlanSchema.of(directory)
      return ["schema": schema.json, "diagnostics": role.seesAll ? .array(faults.map(\.json)) : []]
    }
    let manifest = try manifest(id)
    do {
      return ["schema": try ModuleTerms(manifest).json, "diagnostics": []]
    } catch {
      throw refusal("the module does not tell its terms", [error])
    }
  }

  /// The module with this id, or an error with the nearest one.
  func manifest(_ id: String) throws(RPCError) -> ModuleManifest {
    if let module = directory.modules[id] { return module }
    let near = Suggestion.help(for: id, in: directory.modules.keys.sorted()).map { "; " + $0 } ?? ""
    throw RPCError(
      .invalidParams, "there is no module `\(id)`\(near)",
      data: .array(directory.modules.keys.sorted().map { .string($0) }))
  }

  /// Puts a plan's text into the one form, and with `write` its file.
  func format(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let (path, text) = (try path(params), try params.optionalString("text"))
    let writes = try flag("write", params)
    if writes, !role.has(.writes) {
      throw RPCError(.forbidden, "the role `\(role.text)` writes no files")
    }
    if writes, text != nil { throw RPCError(.invalidParams, "`write` wants a `path`, and no `text`") }
    guard let file = path ?? text.map({ _ in "plan.yaml" }) else {
      throw RPCError(.invalidParams, "`path` or `text` is wanted")
    }
    let bytes: [UInt8]
    do {
      bytes = if let text { Array(text.utf8) } else { try FileBytes.read(file) }
    } catch {
      throw refusal("the plan cannot be read", [error])
    }
    let formatted: [UInt8]
    switch PlanFormatter.formatted(bytes, file: file) {
    case .success(let text): formatted = text
    case .failure(let faults): throw refusal("the plan cannot be formatted", faults.diagnostics)
    }
    let isChanged = formatted != bytes
    do {
      if writes, isChanged { try PlanFormatter.write(formatted, to: file) }
    } catch {
      throw refusal("the file could not be written", [error])
    }
    return ["changed": .bool(isChanged), "text": .string(String(decoding: formatted, as: UTF8.self))]
  }

  func templates() -> JSONValue {
    [
      "templates": .array(
        Template.all.map { template in
          [
            "name": .string(template.name), "summary": .string(template.summary),
            "files": .array(template.files.map { .string($0.path) }),
          ]
        })
    ]
  }

  /// Makes a folder with a plan that works, its data and its tests.
  func new(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let folder = try params.string("folder")
    let names = Template.all.map(\.name)
    let name = try params.optionalString("template") ?? names[0]
    guard let template = Template.all.first(where: { $0.name == name }) else {
      let near = Suggestion.help(for: name, in: names).map { "; " + $0 } ?? ""
      throw RPCError(
        .invalidParams, "there is no template `\(name)`\(near)", data: .array(names.map { .string($0) }))
    }
    do {
      return ["files": .array(try template.write(to: folder).map { .string($0) })]
    } catch {
      throw refusal("the folder was not made", [error])
    }
  }

  /// Switches a module for a team in the plan's file; with `dryRun` only tells who would get what.
  func setModule(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let file = try planFile(params)
    let module = try manifest(try params.string("module")).id
    guard case .bool(let isEnabled)? = params.optional("enabled") else {
      throw RPCError(.invalidParams, "`enabled` must be true or false")
    }
    guard let from = try day("from", params) else { throw RPCError(.invalidParams, "`from` is wanted") }
    let to = try day("to", params)
    let reason = try params.string("reason")
    if reason.isEmpty { throw RPCError(.invalidParams, "`reason` is empty; say why") }
    let isDry = try flag("dryRun", params)
    if file.plan == nil { throw refusal("the plan has errors", file.diagnostics) }
    let edit = SwitchEdit(
      module: module, team: try params.optionalString("team"), isEnabled: isEnabled, from: from, to: to,
      reason: reason, by: try params.optionalString("by") ?? LogFile.userName)
    let draft: Switchboard.Draft
    do {
      draft = try Switchboard(file).draft(edit)
    } catch {
      throw refusal("the module was not switched", [error])
    }
    if isDry {
      return ["file": .string(draft.path), "change": try change(file, draft, params, context)]
    }
    do {
      try Switchboard(file).commit(draft)
    } catch {
      throw refusal("the module was not switched", [error])
    }
    return ["file": .string(draft.path), "change": .null]
  }

  /// What people get as the plan is, and as it would be.
  private func change(
    _ file: PlanFile, _ draft: Switchboard.Draft, _ params: RPCParameters, _ context: RPCContext
  ) throws(RPCError) -> JSONValue {
    let session = fresh(file)
    let before = try outcome(session, params, context, keepsLines: false)
    let after = try outcome(
      PlanSession(draft.planFile, after: session), params, context, keepsLines: false)
    return try difference(Sight(role, before.result), Sight(role, after.result)).json
  }

  private func day(_ name: String, _ params: RPCParameters) throws(RPCError) -> CalendarDate? {
    guard let text = try params.optionalString(name) else { return nil }
    guard let day = CalendarDate(text) else { throw RPCError(.invalidParams, "`\(name)` must be YYYY-MM-DD") }
    return day
  }
}
