import Diagnostics
import Engine
import JSONCore
import JSONRPC
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions
import Tables

/// What is answered by running a plan.
extension HostDesk {
  func run(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let session = try session(params)
    let folder = try folder(params)
    let isTraced = try flag("trace", params)
    if isTraced, folder == nil {
      throw RPCError(.invalidParams, "`trace` writes a file: say where with `out`")
    }
    let outcome = try outcome(session, params, context, keepsLines: isTraced, folder)
    let sight = try Sight(role, outcome.result)
    let payee = try payee(params, sight)
    let period = try period(params, sight)
    do {
      let trace = isTraced ? try session.trace(outcome, payee: payee, period: period) : nil
      try folder?.write(outcome, payee: payee, period: period, trace: trace)
    } catch {
      throw refusal("the files could not be written", [error])
    }
    var answer = JSONObject([
      ("run", sight.manifest(outcome, payee: payee, period: period)),
      (
        "stages",
        [
          "computed": .number(outcome.result.memory.made),
          "takenOver": .number(outcome.result.memory.takenOver),
        ]
      ),
    ])
    try pages.begin(Self.statements(sight, payee, period), params, in: &answer)
    return .object(answer)
  }

  /// What a plan pays, as `plan/run` says it but shorter: the sums of a period, and the statements behind them.
  func preview(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    let session = try session(params)
    let outcome = try outcome(session, params, context, keepsLines: false)
    let sight = try Sight(role, outcome.result)
    let payee = try payee(params, sight)
    let asked = try period(params, sight)
    let period = asked ?? PayoutPreview(outcome).latestPeriod
    let places = sight.places(payee: payee, period: period)
    let totals = StatementReport(outcome.result).totals(places: places)
    let plan = outcome.result.data.plan
    var answer = JSONObject([
      ("plan", .string(plan.name.text)), ("state", outcome.isComplete ? "complete" : "incomplete"),
      ("currency", .string(plan.currency.code)),
      ("period", period.map { .string(plan.calendar.periods[$0].label) } ?? .null),
      ("components", totals.componentsJSON), ("totals", totals.unitsJSON), ("total", totals.money.json),
    ])
    if role.seesAll { answer["diagnostics"] = .array(outcome.diagnostics.prefix(20).map(\.json)) }
    try pages.begin(Self.statements(sight, payee, period), params, in: &answer)
    return .object(answer)
  }

  private static func statements(_ sight: Sight, _ payee: Int?, _ period: Int?) -> Pages.List {
    let places = sight.places(payee: payee, period: period)
    let report = StatementReport(sight.result)
    return Pages.List("statements", count: places.count) { range in
      report.report(places: Array(places[range])).json.array ?? []
    }
  }

  func explain(_ params: RPCParameters, _ context: RPCContext) throws(RPCError) -> JSONValue {
    if params.optional("period") != nil, params.optional("transaction") != nil {
      throw RPCError(.invalidParams, "`period` and `transaction` exclude each other")
    }
    let session = try session(params)
    _ = try params.string("payee")
    let outcome = try outcome(session, params, context, keepsLines: true)
    let sight = try Sight(role, outcome.result)
    guard let payee = try payee(params, sight) else { throw RPCError(.invalidParams, "`payee` is missing") }
    let period = try period(params, sight)
    let shown = (period.map { [$0] } ?? Array(outcome.result.periods)).filter {
      sight.sees(payee: payee, period: $0)
    }
    let transaction = try params.optionalString("transaction")
    if transaction != nil, shown.count < outcome.result.periods.count, !role.seesAll {
      throw RPCError(.forbidden, "single deals are explained for people who are in the team throughout")
    }
    if shown.isEmpty {
      throw RPCError(.forbidden, "the figures of this period are not shown to the role `\(role.text)`")
    }
    let found: [Derivation]
    do {
      if let transaction {
        found = try session.derivations(outcome, payee: payee, transaction: transaction)
      } else {
        found = try session.derivations(outcome, payee: payee, periods: shown).flatMap { $0 }
      }
    } catch {
      throw refusal("the pay cannot be explained", [error])
    }
    var answer = JSONObject()
    try pages.begin(Pages.List("derivations", found.map(json)), params, in: &answer)
    return .object(answer)
  }

  /// A derivation as this session shows it: without the places of rows for those who do not see the data.
  func json(_ derivation: Derivation) -> JSONValue { shown(derivation.json) }

  private func shown(_ node: JSONValue) -> JSONValue {
    guard !role.seesAll, var object = node.object else { return node }
    object["location"] = nil
    object["notes"] = object["notes"]?.array.map { notes in
      .array(notes.map { ["text": $0["text"] ?? ""] })
    }
    object["children"] = object["children"]?.array.map { .array($0.map(shown)) }
    return .object(object)
  }

  // MARK: Running

  func outcome(
    _ session: PlanSession, _ params: RPCParameters, _ context: RPCContext, keepsLines: Bool,
    _ folder: RunFolder? = nil, adding added: [String: String] = [:]
  ) throws(RPCError) -> RunOutcome {
    var options = try options(params, keepsLines: keepsLines)
    options.added = added
    let seesAll = role.seesAll
    do {
      return try session.run(options, isCancelled: context.isCancelled) { progress in
        context.notify("$/progress", progress.json(of: context.id, counts: seesAll))
      }
    } catch {
      if context.isCancelled() { throw RPCError(.cancelled, "the request was cancelled") }
      do {
        try folder?.write(failure: error, plan: session.planFile.file)
      } catch let unwritten {
        throw refusal("the run failed", error.diagnostics + [unwritten])
      }
      throw refusal("the run failed", error.diagnostics)
    }
  }

  private func options(_ params: RPCParameters, keepsLines: Bool) throws(RPCError) -> PlanSession.RunOptions {
    var options = PlanSession.RunOptions(dataFolder: start.data, keepsLines: keepsLines)
    if let name = try params.optionalString("data") {
      if !role.seesAll {
        throw RPCError(.forbidden, "the role `\(role.text)` looks at the data that the host was started with")
      }
      options.dataFolder = name
      if let open = data[name] {
        options.dataFolder = open.folder ?? start.data
        options.given = open.rows
      }
    }
    if let text = try params.optionalString("asOf") {
      guard let date = CalendarDate(text) else { throw RPCError(.invalidParams, "`asOf` must be YYYY-MM-DD") }
      options.asOf = date
    }
    return options
  }

  /// The folder that the run's files are wanted in, if one is named; the run's own from now on.
  private func folder(_ params: RPCParameters) throws(RPCError) -> RunFolder? {
    guard let path = try params.optionalString("out") else { return nil }
    if !role.has(.writes) { throw RPCError(.forbidden, "the role `\(role.text)` writes no files") }
    do {
      return try RunFolder(path)
    } catch {
      throw refusal("the files could not be written", [error])
    }
  }
}

extension PlanSession.Progress {
  /// The progress as a notification carries it, with the id of the request that it is about; `counts` tells how many
  /// batches there are, which tells how many people.
  func json(of id: RPCID?, counts: Bool) -> JSONValue {
    var object = JSONObject()
    object["id"] = id
    switch self {
    case .reading(let file):
      object["stage"] = "reading"
      if counts { object["file"] = .string(file) }
    case .computing(let run):
      (object["stage"], object["component"]) = ("computing", .string(run.component))
      if counts { (object["done"], object["total"]) = (.number(run.done), .number(run.total)) }
    }
    return .object(object)
  }
}
