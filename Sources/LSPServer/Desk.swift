import JSONCore
import JSONRPC
import ModuleHost
import SystemIO

/// The state of a session with an editor: its life cycle, its settings, the documents that are open.
///
/// Used from the main thread alone; other threads hand it work through the inbox.
final class Desk {
  enum Phase { case fresh, running, shutDown }

  /// What becomes of a request: it is answered now, or later by whoever took it on.
  enum Reply {
    case now(JSONValue)
    case later
  }

  let version: String
  let inbox: Inbox
  let outbox: Outbox
  let worker: PreviewWorker
  private(set) var phase = Phase.fresh
  /// Set once the server is to end.
  private(set) var exitCode: Int32?
  var client = ClientCapabilities(nil)
  var settings = Settings()
  var encoding = PositionEncoding.utf16
  var documents: [String: OpenDocument] = [:]
  var directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)
  /// Files that commands made to be shown.
  let reports = ReportFiles()

  init(version: String, inbox: Inbox, outbox: Outbox) {
    self.version = version
    self.inbox = inbox
    self.outbox = outbox
    worker = PreviewWorker(inbox)
  }

  /// Ends what runs beside the main thread, and removes what was made to be shown.
  func close() { reports.remove() }

  // MARK: Events

  func receive(_ event: Inbox.Event) {
    switch event {
    case .message(let message): receive(message)
    case .unreadable(let error): outbox.answer(.null, .failure(error))
    case .done(let body): body(self)
    case .gone: end()
    }
    if outbox.isBroken { end() }
  }

  /// Ends the session as `exit` does.
  private func end() { exitCode = exitCode ?? (phase == .shutDown ? 0 : 1) }

  private func receive(_ message: JSONValue) {
    switch RPCMessage(Self.withoutEmptyParams(message)) {
    case .request(let id, let method, let params):
      answer(id, method, Parameters(params))
    case .notification(let method, let params): hear(method, Parameters(params))
    case .response(let id, let result): outbox.receive(id, result, self)
    case .invalid(let id):
      outbox.answer(id, .failure(RPCError(.invalidRequest, "this is not a JSON-RPC 2.0 request")))
    }
  }

  /// Some clients say that there are no parameters by a null.
  private static func withoutEmptyParams(_ message: JSONValue) -> JSONValue {
    guard var object = message.object, object["params"] == .null else { return message }
    object["params"] = nil
    return .object(object)
  }

  private func answer(_ id: RPCID, _ method: String, _ params: Parameters) {
    do throws(RPCError) {
      try admit(method)
      guard let handler = Self.requests[method] else {
        throw RPCError(.methodNotFound, "there is no method `\(method)`")
      }
      if inbox.isCancelled(id) { throw RPCError(.cancelled, "the request was cancelled") }
      if case .now(let result) = try handler(self, params, id) { finish(id, .success(result)) }
    } catch {
      finish(id, .failure(error))
    }
  }

  /// Answers a request, once.
  func finish(_ id: RPCID, _ result: Result<JSONValue, RPCError>) {
    outbox.answer(id, result)
    inbox.forget(id)
  }

  private func admit(_ method: String) throws(RPCError) {
    switch phase {
    case .fresh:
      if method == "initialize" { return }
      throw RPCError(.notInitialized, "`initialize` comes first, not `\(method)`")
    case .running:
      if method != "initialize" { return }
      throw RPCError(.invalidRequest, "the session has begun already")
    case .shutDown:
      throw RPCError(.invalidRequest, "the session was shut down; `\(method)` is not answered")
    }
  }

  private func hear(_ method: String, _ params: Parameters) {
    if method == "exit" { return end() }
    guard phase == .running else { return }
    Self.notifications[method]?(self, params)
  }

  // MARK: Life cycle

  func initialize(_ params: Parameters) -> JSONValue {
    phase = .running
    client = ClientCapabilities(params["capabilities"])
    settings = Settings(params["initializationOptions"])
    encoding = client.encoding
    if let parent = params["processId"]?.int {
      let inbox = inbox
      ParentWatch.start(parent) { inbox.post(.gone) }
    }
    return [
      "capabilities": ServerCapabilities.json(client),
      "serverInfo": ["name": "incentive", "version": .string(version)],
    ]
  }

  /// What only a client that has begun the session can be asked for.
  func initialized() {
    if client.hasConfiguration { fetchSettings() }
    var registrations: [JSONValue] = []
    if client.watchesFiles {
      let patterns = ["**/*.csv", "**/module.json"].map { ["globPattern": .string($0)] as JSONValue }
      registrations.append([
        "id": "incentive-files", "method": "workspace/didChangeWatchedFiles",
        "registerOptions": ["watchers": .array(patterns)],
      ])
    }
    if client.registersConfiguration {
      registrations.append([
        "id": "incentive-settings", "method": "workspace/didChangeConfiguration",
        "registerOptions": ["section": "incentive"],
      ])
    }
    if !registrations.isEmpty {
      outbox.request("client/registerCapability", ["registrations": .array(registrations)])
    }
  }

  func shutdown() -> JSONValue {
    phase = .shutDown
    documents = [:]
    worker.forgetAll()
    return .null
  }

  // MARK: Settings

  func fetchSettings() {
    outbox.request("workspace/configuration", ["items": [["section": "incentive"]]]) { desk, result in
      if case .success(let answer) = result, let first = answer.array?.first, first != .null {
        desk.apply(Settings(first))
      }
    }
  }

  func apply(_ new: Settings) {
    if new == settings { return }
    settings = new
    for document in documents.values { renew(document) }
    refreshHints()
  }

  /// How long to wait for the next event before `rest`, in milliseconds; nil for however long it takes.
  var patience: Int? {
    let waiting = documents.values.compactMap(\.due)
    guard let first = waiting.min() else { return watchesDataItself ? Self.lookEvery : nil }
    return max(0, first - SystemClock.monotonicMilliseconds)
  }

  /// Does what was put off: diagnostics of texts that are not typed at any more.
  func rest() {
    let now = SystemClock.monotonicMilliseconds
    let due = documents.values.filter { document in document.due.map { $0 <= now } ?? false }
    for document in due.sorted(by: { $0.uri < $1.uri }) {
      document.due = nil
      look(at: document)
    }
    if due.isEmpty { lookAtData() }
  }
}
