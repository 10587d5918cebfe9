import Diagnostics
import Engine
import JSONCore
import JSONRPC
package import ModuleHost
import PlanCalendar
import PlanModel
import Reports
import Sessions

/// The state of a client's session, and the answers to its requests; programs and assistants are served by the same.
///
/// Used from the thread of the server loop alone, which answers one request after the other; that is what makes
/// it safe to share with the handlers.
package final class HostDesk: @unchecked Sendable {
  /// What the host was started with.
  package struct Start: Sendable {
    package let version: String
    package var role = Role.admin
    /// The plans that may be opened by those who do not see everything; others may open any.
    package var plans: [String] = []
    /// The folder of the data where a request names none.
    package var data: String?
    /// What a page holds unless a request says otherwise.
    package var page = Pages.Size()
    /// How long modules may take.
    package var deadlines = ModuleProcess.Deadlines()

    package init(version: String) { self.version = version }
  }

  let start: Start
  package var role: Role { start.role }
  /// The plans that the host was started with.
  package var plans: [String] { start.plans }
  let directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)
  /// What schemas are asked of; its modules run for as long as the session.
  lazy var schemaPool = ModulePool(directory, deadlines: start.deadlines)
  var pages: Pages
  var sessions: [String: PlanSession] = [:]
  /// Data that was handed over, by the id that `data/open` gave.
  var data: [String: OpenData] = [:]
  private var byFile: [String: PlanSession] = [:]
  private var isShutDown = false
  private var nextPlan = 1

  /// Data that a session holds: a folder, and rows in the place of tables.
  struct OpenData {
    var folder: String?
    var rows: [String: String] = [:]
  }

  package init(_ start: Start) {
    self.start = start
    pages = Pages(start.page)
  }

  /// Whether a method may be called: before `shutdown`, by a role that has the right.
  func admit(_ method: String, _ right: Role.Right) throws(RPCError) {
    if isShutDown {
      throw RPCError(.notInitialized, "the session was shut down; `\(method)` is not answered")
    }
    if !role.has(right) {
      throw RPCError(.forbidden, "`\(method)` is not for the role `\(role.text)`")
    }
  }

  func initialize(_ params: RPCParameters) throws(RPCError) -> JSONValue {
    _ = try params.optionalString("client")
    return [
      "name": "incentive", "version": .string(start.version), "role": .string(role.text),
      "plans": .array(plans.map { .string($0) }),
      "methods": .array(HostMethod.all.filter { role.has($0.right) }.map { .string($0.name) }),
      "limits": [
        "messageBytes": .number(64 << 20), "depth": 512, "batch": .number(RPCDispatcher.largestBatch),
        "inFlight": .number(HostServer.mostWaiting), "page": .number(Pages.largestPage),
        "pagedAnswers": .number(Pages.mostAnswers),
      ],
    ]
  }

  func shutdown() -> JSONValue {
    isShutDown = true
    (sessions, byFile, data) = ([:], [:], [:])
    return .null
  }

  /// A new id for an open plan, or open data.
  func newID(_ kind: String) -> String {
    defer { nextPlan += 1 }
    return "\(kind)-\(nextPlan)"
  }

  // MARK: Parameters

  /// Whether something that is not done unless asked for is asked for.
  func flag(_ name: String, _ params: RPCParameters) throws(RPCError) -> Bool {
    switch params.optional(name) {
    case nil: return false
    case .bool(let isSet)?: return isSet
    default: throw RPCError(.invalidParams, "`\(name)` must be true or false")
    }
  }

  /// An error that lists diagnostics; those who do not see everything are told only that there are some.
  func refusal(_ message: String, _ diagnostics: [Diagnostic]) -> RPCError {
    guard role.seesAll else {
      return RPCError(.diagnostics, message + "; ask those who keep the plan", data: [])
    }
    let first = diagnostics.first.map { ": " + $0.message } ?? ""
    return RPCError(.diagnostics, message + first, data: .array(diagnostics.map(\.json)))
  }

  /// The plan that `path` or `text` names.
  func planFile(_ params: RPCParameters) throws(RPCError) -> PlanFile {
    let path = try path(params)
    if let text = try params.optionalString("text") {
      if !role.seesAll { throw RPCError(.forbidden, "the role `\(role.text)` looks at given plans only") }
      return PlanFile(bytes: Array(text.utf8), file: path ?? "plan.yaml")
    }
    guard let path else { throw RPCError(.invalidParams, "`path` or `text` is wanted") }
    do {
      return try PlanFile.read(path)
    } catch {
      throw refusal("the plan cannot be read", [error])
    }
  }

  /// The path of a plan; the one that the host was started with, when a request names none.
  func path(_ params: RPCParameters) throws(RPCError) -> String? {
    let path = try params.optionalString("path")
    if role.seesAll || path.map(plans.contains) == true { return path ?? onlyPlan(params) }
    if path == nil, let only = onlyPlan(params) { return only }
    throw RPCError(
      .forbidden, "the role `\(role.text)` opens the plans that the host was started with",
      data: .array(plans.map { .string($0) }))
  }

  private func onlyPlan(_ params: RPCParameters) -> String? {
    plans.count == 1 && params.optional("text") == nil ? plans[0] : nil
  }

  /// The session of the plan that `plan`, an id, names, or `path` or `text`; opened when it is not open.
  func session(_ params: RPCParameters) throws(RPCError) -> PlanSession {
    if let id = try params.optionalString("plan") {
      guard let session = sessions[id] else {
        throw RPCError(
          .invalidParams, "no plan `\(id)` is open",
          data: .array(sessions.keys.sorted().map { .string($0) }))
      }
      return session
    }
    let session = open(try planFile(params))
    if session.planFile.plan == nil { throw refusal("the plan has errors", session.diagnostics) }
    return session
  }

  /// A session of a file that was read; the one that is open already when the file is as it was.
  private func open(_ file: PlanFile) -> PlanSession {
    let known = byFile[file.file]
    let same = known.map { known in
      known.planFile.fingerprint == file.fingerprint
        && known.planFile.parts.elementsEqual(file.parts) { $0 == $1 }
    }
    if let known, same == true { return known }
    let session = known.map { PlanSession(file, after: $0) } ?? fresh(file)
    byFile[file.file] = session
    return session
  }

  /// A session of a file with modules of its own.
  func fresh(_ file: PlanFile) -> PlanSession {
    PlanSession(file, modules: directory, deadlines: start.deadlines)
  }

  /// The number of the payee whose id is asked for, of those whose figures are shown.
  func payee(_ params: RPCParameters, _ sight: Sight) throws(RPCError) -> Int? {
    guard let id = try params.optionalString("payee") else { return nil }
    let people = sight.result.data.people
    if let index = people.finder.index(of: id), sight.sees(payee: index) { return index }
    // Whether there is such a person is not told to those who would not see them.
    if !role.seesAll {
      throw RPCError(.forbidden, "the figures of `\(id)` are not shown to the role `\(role.text)`")
    }
    let near = Suggestion.help(for: id, in: people.ids).map { "; " + $0 } ?? ""
    throw RPCError(.invalidParams, "there is no payee `\(id)`" + near)
  }

  /// The place of the period whose label is asked for.
  func period(_ params: RPCParameters, _ sight: Sight) throws(RPCError) -> Int? {
    guard let label = try params.optionalString("period") else { return nil }
    let labels = sight.result.data.plan.calendar.periods.map(\.label)
    if let index = labels.firstIndex(of: label) { return index }
    let near = Suggestion.help(for: label, in: labels).map { "; " + $0 } ?? ""
    throw RPCError(.invalidParams, "there is no period `\(label)`" + near)
  }
}
