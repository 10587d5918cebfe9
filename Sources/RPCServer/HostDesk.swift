import Diagnostics
import Engine
import JSONCore
import JSONRPC
import ModuleHost
import Money
import PlanAuthoring
import PlanCalendar
import PlanModel
import Reports
import Sessions

/// The state of a client's session, and the answers to its requests.
///
/// Used from the thread of the server loop alone, which answers one request after the other; that is what makes
/// it safe to share with the handlers.
final class HostDesk: @unchecked Sendable {
  let version: String
  private var isShutDown = false
  private var sessions: [String: PlanSession] = [:]
  private var nextPlan = 1
  private let directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)

  init(version: String) { self.version = version }

  /// After `shutdown` nothing but `exit` is answered.
  func admit(_ method: String) throws(RPCError) {
    if isShutDown {
      throw RPCError(.notInitialized, "the session was shut down; `\(method)` is not answered")
    }
  }

  func initialize(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    _ = try params.optionalString("client")
    return [
      "name": "incentive", "version": .string(version),
      "methods": .array(HostMethod.all.map { .string($0.name) }),
      "limits": [
        "messageBytes": .number(64 << 20), "depth": 512, "batch": .number(RPCDispatcher.largestBatch),
      ],
    ]
  }

  func shutdown() -> JSONValue {
    isShutDown = true
    sessions = [:]
    return .null
  }

  func check(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    .array(PlanSession(try planFile(params), modules: directory).checked().map(\.json))
  }

  func open(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let session = PlanSession(try planFile(params), modules: directory)
    guard let plan = session.planFile.plan else {
      throw Self.refusal("the plan has errors", session.diagnostics)
    }
    let id = "plan-\(nextPlan)"
    nextPlan += 1
    sessions[id] = session
    return facts(id, plan, session)
  }

  /// Puts an edited text in the place of an open plan's; what the edit does not touch is not computed again.
  func edit(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let session = try session(params)
    let id = try params.string("plan")
    let file = PlanFile(bytes: Array(try params.string("text").utf8), file: session.planFile.file)
    let edited = PlanSession(file, after: session)
    sessions[id] = edited
    guard let plan = file.plan else { throw Self.refusal("the plan has errors", edited.diagnostics) }
    return facts(id, plan, edited)
  }

  private func facts(_ id: String, _ plan: Plan, _ session: PlanSession) -> JSONValue {
    [
      "plan": .string(id), "name": .string(plan.name.text), "currency": .string(plan.currency.code),
      "periods": .array(plan.calendar.periods.map { .string($0.label) }),
      "measures": .array(plan.measures.map { .string($0.name.text) }),
      "components": .array(plan.components.map { .string($0.name.text) }),
      "diagnostics": .array(session.checked().map(\.json)),
    ]
  }

  func run(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let session = try session(params)
    let folder = try folder(params)
    let outcome = try outcome(session, params, context, keepsLines: false, folder)
    let payee = try payee(params, outcome)
    let period = try period(params, outcome)
    do {
      try folder?.write(outcome, payee: payee, period: period)
    } catch {
      throw Self.refusal("the files could not be written", [error])
    }
    return [
      "run": outcome.manifest(payee: payee, period: period),
      "stages": [
        "computed": .number(outcome.result.memory.made),
        "takenOver": .number(outcome.result.memory.takenOver),
      ],
      "statements": StatementReport(outcome.result).report(payee: payee, period: period).json,
    ]
  }

  func explain(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let session = try session(params)
    _ = try params.string("payee")
    let outcome = try outcome(session, params, context, keepsLines: true)
    guard let payee = try payee(params, outcome) else { return [] }
    if params.optional("period") != nil, params.optional("transaction") != nil {
      throw RPCError(.invalidParams, "`period` and `transaction` exclude each other")
    }
    let period = try period(params, outcome)
    do {
      if let transaction = params.optional("transaction")?.string {
        return .array(
          try session.derivations(outcome, payee: payee, transaction: transaction).map(\.json))
      }
      let periods = period.map { [$0] } ?? Array(outcome.result.periods)
      return .array(
        try session.derivations(outcome, payee: payee, periods: periods).flatMap { $0 }.map(\.json))
    } catch {
      throw Self.refusal("the pay cannot be explained", [error])
    }
  }

  func test(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    let path = try params.string("path")
    do {
      let file =
        try params.optionalString("text").map { PlanTestFile(bytes: Array($0.utf8), file: path) }
        ?? PlanTestFile.read(path)
      let run = PlanTestRun(file, dataFolder: try params.optionalString("data"), modules: directory)
      return PlanTestReport([run]).json
    } catch let fault as Diagnostic {
      throw Self.refusal("the tests cannot be read", [fault])
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

  func modules() -> JSONValue {
    .array(
      directory.modules.values.sorted { $0.id < $1.id }.map { module in
        [
          "id": .string(module.id), "version": .string(module.version), "summary": .string(module.summary),
          "folder": .string(module.folder), "health": .string(ModuleProcess(module).health()),
        ]
      })
  }

  // MARK: Parameters

  private static func refusal(_ message: String, _ diagnostics: [Diagnostic]) -> RPCError {
    let first = diagnostics.first.map { ": " + $0.message } ?? ""
    return RPCError(.diagnostics, message + first, data: .array(diagnostics.map(\.json)))
  }

  private func planFile(_ params: RPCParameters) throws(RPCError) -> PlanFile {
    let path = try params.optionalString("path")
    if let text = try params.optionalString("text") {
      return PlanFile(bytes: Array(text.utf8), file: path ?? "plan.yaml")
    }
    guard let path else { throw RPCError(.invalidParams, "`path` or `text` is wanted") }
    do {
      return try PlanFile.read(path)
    } catch {
      throw Self.refusal("the plan cannot be read", [error])
    }
  }

  private func session(_ params: RPCParameters) throws(RPCError) -> PlanSession {
    let id = try params.string("plan")
    guard let session = sessions[id] else {
      throw RPCError(
        .invalidParams, "no plan `\(id)` is open", data: .array(sessions.keys.sorted().map { .string($0) }))
    }
    return session
  }

  private func outcome(
    _ session: PlanSession, _ params: RPCParameters, _ context: RPCContext, keepsLines: Bool,
    _ folder: RunFolder? = nil
  ) throws(RPCError) -> RunOutcome {
    var options = PlanSession.RunOptions(
      dataFolder: try params.optionalString("data"), keepsLines: keepsLines)
    if let text = try params.optionalString("asOf") {
      guard let date = CalendarDate(text) else { throw RPCError(.invalidParams, "`asOf` must be YYYY-MM-DD") }
      options.asOf = date
    }
    do {
      return try session.run(options, isCancelled: context.isCancelled) { progress in
        context.notify("$/progress", progress.json(of: context.id))
      }
    } catch {
      if context.isCancelled() { throw RPCError(.cancelled, "the request was cancelled") }
      do {
        try folder?.write(failure: error, plan: session.planFile.file)
      } catch let unwritten {
        throw Self.refusal("the run failed", error.diagnostics + [unwritten])
      }
      throw Self.refusal("the run failed", error.diagnostics)
    }
  }

  /// The folder that the run's files are wanted in, if one is named; the run's own from now on.
  private func folder(_ params: RPCParameters) throws(RPCError) -> RunFolder? {
    guard let path = try params.optionalString("out") else { return nil }
    do {
      return try RunFolder(path)
    } catch {
      throw Self.refusal("the files could not be written", [error])
    }
  }

  private func payee(_ params: RPCParameters, _ outcome: RunOutcome) throws(RPCError) -> Int? {
    guard let id = try params.optionalString("payee") else { return nil }
    if let index = outcome.result.data.people.finder.index(of: id) { return index }
    let near = Suggestion.help(for: id, in: outcome.result.data.people.ids).map { "; " + $0 } ?? ""
    throw RPCError(.invalidParams, "there is no payee `\(id)`" + near)
  }

  private func period(_ params: RPCParameters, _ outcome: RunOutcome) throws(RPCError) -> Int? {
    guard let label = try params.optionalString("period") else { return nil }
    let labels = outcome.result.data.plan.calendar.periods.map(\.label)
    if let index = labels.firstIndex(of: label) { return index }
    let near = Suggestion.help(for: label, in: labels).map { "; " + $0 } ?? ""
    throw RPCError(.invalidParams, "there is no period `\(label)`" + near)
  }
}

extension PlanSession.Progress {
  /// The progress as a notification carries it, with the id of the request that it is about.
  func json(of id: RPCID?) -> JSONValue {
    var object = JSONObject()
    object["id"] = id
    switch self {
    case .reading(let file): (object["stage"], object["file"]) = ("reading", .string(file))
    case .computing(let run):
      (object["stage"], object["component"]) = ("computing", .string(run.component))
      (object["done"], object["total"]) = (.number(run.done), .number(run.total))
    }
    return .object(object)
  }
}
