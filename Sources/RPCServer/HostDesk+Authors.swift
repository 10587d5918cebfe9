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
  func test(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let path = try params.string("path")
    do {
      let file =
        try params.optionalString("text").map { PlanTestFile(bytes: Array($0.utf8), file: path) }
        ?? PlanTestFile.read(path)
      let run = PlanTestRun(file, dataFolder: try params.optionalString("data"), modules: directory)
      return PlanTestReport([run]).json
    } catch let fault as Diagnostic {
      throw refusal("the tests cannot be read", [fault])
    } catch let error as RPCError {
      throw error
    } catch {
      throw RPCError(.internalError, "the tests cannot be run")
    }
  }

  func schema() -> JSONValue {
    let (schema, faults) = PlanSchema.of(directory)
    return ["schema": schema.json, "diagnostics": .array(faults.map(\.json))]
  }

  /// Switches a module for a team in the plan's file; with `dryRun` only tells who would get what.
  func setModule(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let file = try planFile(params)
    let module = try params.string("module")
    guard case .bool(let isEnabled)? = params.optional("enabled") else {
      throw RPCError(.invalidParams, "`enabled` must be true or false")
    }
    guard directory.modules[module] != nil else {
      throw RPCError(
        .invalidParams, "there is no module `\(module)`",
        data: .array(directory.modules.keys.sorted().map { .string($0) }))
    }
    guard let from = try day("from", params) else { throw RPCError(.invalidParams, "`from` is wanted") }
    let to = try day("to", params)
    let reason = try params.string("reason")
    let isDry = params.optional("dryRun") == .bool(true)
    do throws(Diagnostic) {
      let edit = SwitchEdit(
        module: module, team: params.optional("team")?.string, isEnabled: isEnabled, from: from,
        to: to, reason: reason,
        by: params.optional("by")?.string ?? LogFile.userName)
      let draft = try Switchboard(file).draft(edit)
      if isDry { return ["file": .string(draft.path), "change": try change(file, draft, params)] }
      try Switchboard(file).commit(draft)
      return ["file": .string(draft.path), "change": .null]
    } catch {
      throw refusal("the module was not switched", [error])
    }
  }

  /// What people get as the plan is, and as it would be.
  private func change(
    _ file: PlanFile, _ draft: Switchboard.Draft, _ params: RPCParameters
  ) throws(Diagnostic) -> JSONValue {
    let session = PlanSession(file, modules: directory)
    let options = PlanSession.RunOptions(dataFolder: params.optional("data")?.string, keepsLines: false)
    let outcomes: (before: RunOutcome, after: RunOutcome)
    do throws(RunFaults) {
      outcomes = (try session.run(options), try PlanSession(draft.planFile, after: session).run(options))
    } catch {
      throw error.diagnostics.first
        ?? Diagnostic(.moduleFailed, .error, "the run failed", at: nil as Location?)
    }
    return try PayDifference(outcomes.before, outcomes.after).json
  }

  private func day(_ name: String, _ params: RPCParameters) throws(RPCError) -> CalendarDate? {
    guard let text = try params.optionalString(name) else { return nil }
    guard let day = CalendarDate(text) else { throw RPCError(.invalidParams, "`\(name)` must be YYYY-MM-DD") }
    return day
  }
}
