import Diagnostics
import Engine
import JSONCore
import JSONRPC
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions
import YAMLSource

/// Commands: each is answered with its text and facts, and shown as a file where the editor can.
extension Desk {
  /// What a command is asked for.
  private struct Order: Sendable {
    let id: RPCID
    let command: Command
    let job: PreviewWorker.Job
    let payee: String?
    let period: String?
    let token: JSONValue?
    let baseline: PayoutPreview?
  }

  func execute(_ params: Parameters, _ id: RPCID) throws(RPCError) -> Reply {
    guard let command = params["command"]?.string.flatMap({ Command(rawValue: $0) }) else {
      throw RPCError(.invalidParams, "there is no such command")
    }
    let arguments = params["arguments"]?.array ?? []
    let named = arguments.first?.object.map { JSONValue.object($0) }
    guard let uri = named?["uri"]?.string ?? arguments.first?.string, let document = documents[uri],
      document.isPlan
    else { throw RPCError(.invalidParams, "the first argument is the address of a plan that is open") }
    let analysis = analysis(of: document)
    let isRefused = command == .compare && analysis.diagnostics.hasErrors
    if analysis.file.plan == nil || isRefused {
      let first = analysis.diagnostics.first { $0.severity == .error }?.message ?? "it has no content"
      throw RPCError(.diagnostics, "the plan has faults: \(first)")
    }
    let texts = arguments.dropFirst().map(\.string)
    let order = Order(
      id: id, command: command, job: job(document, analysis),
      payee: named?["payee"]?.string ?? (command == .explain ? texts.first ?? nil : nil),
      period: named?["period"]?.string
        ?? (command == .explain ? texts.dropFirst().first : texts.first) ?? nil,
      token: params["workDoneToken"], baseline: document.baseline)
    if command == .explain, order.payee == nil {
      askForPayee(order, document)
    } else {
      start(order)
    }
    return .later
  }

  /// Has the user choose one of the payees.
  private func askForPayee(_ order: Order, _ document: OpenDocument) {
    guard let result = document.preview?.preview.result else {
      return finish(order.id, .failure(RPCError(.invalidParams, "say which payee")))
    }
    let people = result.data.people
    let actions = people.ids.prefix(20).map { ["title": .string($0)] as JSONValue }
    let ask: JSONValue = ["type": 3, "message": "Explain whose pay?", "actions": .array(actions)]
    outbox.request("window/showMessageRequest", ask) { desk, answer in
      guard case .success(let choice) = answer, let payee = choice["title"]?.string else {
        return desk.finish(order.id, .success(.null))
      }
      desk.start(
        Order(
          id: order.id, command: order.command, job: order.job, payee: payee, period: order.period,
          token: order.token, baseline: order.baseline))
    }
  }

  private func start(_ order: Order) {
    if order.token != nil || !client.hasProgress { return work(order, order.token) }
    let token: JSONValue = .string("incentive-\(order.command.rawValue)-\(order.id.text())")
    outbox.request("window/workDoneProgress/create", ["token": token]) { desk, answer in
      if case .success = answer { desk.work(order, token) } else { desk.work(order, nil) }
    }
  }

  private func work(_ order: Order, _ token: JSONValue?) {
    let (inbox, outbox) = (inbox, outbox)
    @Sendable func report(_ value: JSONValue) {
      if let token { outbox.notify("$/progress", ["token": token, "value": value]) }
    }
    report(["kind": "begin", "title": .string(order.command.title), "cancellable": true, "percentage": 0])
    worker.perform { workshop in
      let result = Result { () throws(RPCError) in
        try Self.made(
          order, workshop,
          isCancelled: { inbox.isCancelled(order.id) || token.map { inbox.isCancelled($0) } ?? false },
          progress: { report($0) })
      }
      report(["kind": "end"])
      if let token { inbox.forget(token) }
      inbox.post(.done { $0.deliver(order, result) })
    }
  }

  private func deliver(_ order: Order, _ result: Result<Report, RPCError>) {
    do {
      let report = try result.get()
      let path = try reports.write(report.text, name: report.name)
      let uri = JSONValue.string(DocumentURI.file(path))
      if client.showsDocuments { outbox.request("window/showDocument", ["uri": uri, "takeFocus": true]) }
      var object = report.facts
      object["uri"] = uri
      object["text"] = .string(report.text)
      finish(order.id, .success(.object(object)))
    } catch let error as RPCError {
      finish(order.id, .failure(error))
    } catch {
      finish(order.id, .failure(RPCError(.internalError, (error as? Diagnostic)?.message ?? "not written")))
    }
  }

  // MARK: On the preview thread

  private struct Report: Sendable {
    let name: String
    let text: String
    let facts: JSONObject
  }

  private static func made(
    _ order: Order, _ workshop: Workshop, isCancelled: @escaping () -> Bool,
    progress: @escaping (JSONValue) -> Void
  ) throws(RPCError) -> Report {
    if isCancelled() { throw RPCError(.cancelled, "the request was cancelled") }
    let session = workshop.session(order.job)
    var options = order.job.options
    options.keepsLines = order.command == .explain
    let outcome: RunOutcome
    do {
      outcome = try session.run(options, isCancelled: isCancelled) { progress($0.workDone) }
    } catch {
      if isCancelled() { throw RPCError(.cancelled, "the request was cancelled") }
      throw RPCError(
        .diagnostics, "the run failed: \(error.diagnostics.first?.message ?? "no figures")",
        data: .array(error.diagnostics.map(\.json)))
    }
    let preview = PayoutPreview(outcome)
    let period = try period(order, preview)
    let text = ReportText(preview: preview, period: period)
    var facts = JSONObject([
      ("complete", .bool(outcome.isComplete)), ("currency", .string(outcome.result.data.plan.currency.code)),
      ("total", preview.total(period: period).map { .string($0.description) } ?? .null),
      ("period", period.map { .string(preview.periods[$0]) } ?? .null),
    ])
    switch order.command {
    case .preview: return Report(name: "statement.txt", text: text.statement, facts: facts)
    case .compare:
      let label = period.map { preview.periods[$0] }
      guard let baseline = order.baseline,
        let change = try? PayDifference(
          from: Pay(baseline.result, period: label), to: Pay(preview.result, period: label)), change.isKnown
      else { throw RPCError(.diagnostics, "there are no figures of the saved plan to compare with") }
      facts["better"] = .array(change.better.map(\.json))
      facts["worse"] = .array(change.worse.map(\.json))
      facts["same"] = .number(change.same)
      return Report(name: "changes.txt", text: text.comparison(change), facts: facts)
    case .explain:
      let payee = try payee(order, outcome.result.data.people)
      do {
        let periods = period.map { [$0] } ?? Array(outcome.result.periods)
        let derivations = try session.derivations(outcome, payee: payee, periods: periods).flatMap { $0 }
        facts["derivations"] = .array(derivations.map(\.json))
        return Report(name: "explanation.txt", text: text.explanation(derivations), facts: facts)
      } catch {
        throw RPCError(.diagnostics, "the pay cannot be explained: \(error.message)")
      }
    }
  }

  /// The place of the period that is asked for, or of the one that the hints show.
  private static func period(_ order: Order, _ preview: PayoutPreview) throws(RPCError) -> Int? {
    guard let label = order.period else { return ReadyPreview.period(preview, order.job.settings) }
    if label == "all" { return nil }
    if let place = preview.periods.firstIndex(of: label) { return place }
    let near = Suggestion.help(for: label, in: preview.periods).map { "; " + $0 } ?? ""
    throw RPCError(.invalidParams, "there is no period `\(label)`" + near)
  }

  private static func payee(_ order: Order, _ people: Payees) throws(RPCError) -> Int {
    let id = order.payee ?? ""
    if let place = people.finder.index(of: id) { return place }
    let near = Suggestion.help(for: id, in: people.ids).map { "; " + $0 } ?? ""
    throw RPCError(.invalidParams, "there is no payee `\(id)`" + near)
  }

  // MARK: Lenses

  func codeLenses(_ document: OpenDocument) -> JSONValue {
    let analysis = analysis(of: document)
    guard let name = analysis.root?.pairs?.first(where: { $0.key == "plan" }) else { return [] }
    let range = document.text.range(of: name.keySpan, encoding).json
    return .array(
      [Command.preview, .compare, .explain].map { command in
        [
          "range": range,
          "command": [
            "title": .string(command.title), "command": .string(command.rawValue),
            "arguments": [["uri": .string(document.uri)]],
          ],
        ]
      })
  }
}

extension PlanSession.Progress {
  /// The progress as an editor shows it.
  fileprivate var workDone: JSONValue {
    switch self {
    case .reading(let file): return ["kind": "report", "message": .string("reading \(file)")]
    case .computing(let run):
      let share = run.total == 0 ? 100 : run.done * 100 / run.total
      return [
        "kind": "report", "message": .string("computing \(run.component)"), "percentage": .number(share),
      ]
    }
  }
}
