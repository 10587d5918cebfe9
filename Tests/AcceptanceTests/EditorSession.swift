import Foundation
import JSONCore
import TestSupport

/// A client of `incentive lsp`, as an editor is one: it sends messages and waits for what comes back.
final class EditorSession {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()
  private var nextID = 1
  private(set) var text = ""
  private var version = 1
  private(set) var uri = ""
  /// What the server sent of its own accord.
  private(set) var notes: [JSONValue] = []
  private(set) var initialization: JSONValue = .null

  struct Closed: Error {}

  init(capabilities: JSONValue = [:], options: JSONValue = .null) throws {
    process.executableURL = URL(fileURLWithPath: Project.program("incentive"))
    process.arguments = ["lsp"]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "INCENTIVE_MODULES": Project.path("Tests/Support/Modules")
    ]) { $1 }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // A test that waits for what never comes is to fail, not to hang.
    DispatchQueue.global().asyncAfter(deadline: .now() + 60) { [process] in process.terminate() }
    initialization = try request(
      "initialize",
      [
        "processId": .number(Int(ProcessInfo.processInfo.processIdentifier)), "rootUri": .null,
        "capabilities": capabilities, "initializationOptions": options,
      ])
    notify("initialized", [:])
  }

  deinit { if process.isRunning { process.terminate() } }

  // MARK: Messages

  private func send(_ message: JSONValue) {
    let body = message.bytes()
    input.fileHandleForWriting.write(Data("Content-Length: \(body.count)\r\n\r\n".utf8) + Data(body))
  }

  func notify(_ method: String, _ params: JSONValue) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  private func receive() throws -> JSONValue {
    let gap = Data("\r\n\r\n".utf8)
    while true {
      if let end = buffer.range(of: gap) {
        let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
        let digits = head.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)
        let length = Int(digits) ?? 0
        if buffer.count - buffer.distance(from: buffer.startIndex, to: end.upperBound) >= length {
          let body = buffer[end.upperBound..<(end.upperBound + length)]
          buffer = Data(buffer[(end.upperBound + length)...])
          return try JSONValue.parse(Array(body))
        }
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { throw Closed() }
      buffer += more
    }
  }

  /// The next message that fits; requests of the server are answered with null on the way.
  @discardableResult
  func wait(_ fits: (JSONValue) -> Bool) throws -> JSONValue {
    while true {
      let message = try receive()
      if message["method"] != nil {
        notes.append(message)
        if let id = message["id"] { send(["jsonrpc": "2.0", "id": id, "result": .null]) }
      }
      if fits(message) { return message }
    }
  }

  /// The answer to a request: its result, or its error.
  func request(_ method: String, _ params: JSONValue) throws -> JSONValue {
    let id = JSONValue.number(nextID)
    nextID += 1
    send(["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params])
    let answer = try wait { $0["id"] == id && $0["method"] == nil }
    return answer["result"] ?? answer["error"] ?? .null
  }

  /// Ends the session and returns the exit code.
  func end() throws -> Int32 {
    _ = try request("shutdown", [:])
    notify("exit", [:])
    process.waitUntilExit()
    return process.terminationStatus
  }

  // MARK: A document

  func open(_ path: String, text: String? = nil) throws {
    uri = URL(fileURLWithPath: path).absoluteString
    self.text = try text ?? String(contentsOfFile: path, encoding: .utf8)
    notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": "yaml", "version": 1, "text": .string(self.text),
        ]
      ])
  }

  /// Puts a text in the place of the first occurrence of another, as an incremental edit.
  func replace(_ old: String, _ new: String) {
    guard let found = text.range(of: old) else { return }
    let range: JSONValue = ["start": position(found.lowerBound), "end": position(found.upperBound)]
    text.replaceSubrange(found, with: new)
    version += 1
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": .number(version)],
        "contentChanges": [["range": range, "text": .string(new)]],
      ])
  }

  /// The text after edits that the server wants made.
  func text(after edits: JSONValue?) -> String { Self.text(text, after: edits) }

  static func text(_ text: String, after edits: JSONValue?) -> String {
    var lines = text.components(separatedBy: "\n")
    func start(_ edit: JSONValue) -> (Int, Int) {
      (edit["range"]?["start"]?["line"]?.int ?? 0, edit["range"]?["start"]?["character"]?.int ?? 0)
    }
    for edit in (edits?.array ?? []).sorted(by: { start($0) > start($1) }) {
      let (first, from) = start(edit)
      let last = edit["range"]?["end"]?["line"]?.int ?? 0
      let to = edit["range"]?["end"]?["character"]?.int ?? 0
      let head = String(lines[first].prefix(from))
      let tail = String(lines[last].dropFirst(to))
      lines.replaceSubrange(first...last, with: [head + (edit["newText"]?.string ?? "") + tail])
      lines = lines.joined(separator: "\n").components(separatedBy: "\n")
    }
    return lines.joined(separator: "\n")
  }

  /// Puts another text in the place of all of it.
  func replaceAll(_ new: String) {
    text = new
    version += 1
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": .number(version)],
        "contentChanges": [["text": .string(new)]],
      ])
  }

  /// Asks from now on about another document that is open.
  func look(at other: String) { uri = other }

  func close(_ uri: String) {
    notify("textDocument/didClose", ["textDocument": ["uri": .string(uri)]])
  }

  func save() {
    notify("textDocument/didSave", ["textDocument": ["uri": .string(uri)]])
  }

  private func position(_ index: String.Index) -> JSONValue {
    let before = text[..<index]
    let line = before.split(separator: "\n", omittingEmptySubsequences: false)
    return ["line": .number(line.count - 1), "character": .number(line.last?.utf16.count ?? 0)]
  }

  /// The position of the first occurrence of a text, so many characters into it.
  func place(_ word: String, into offset: Int = 0) -> JSONValue {
    guard let found = text.range(of: word) else { return .null }
    return position(text.index(found.lowerBound, offsetBy: offset))
  }

  /// Asks something about the place.
  func ask(_ method: String, _ word: String, into offset: Int = 0, _ more: [(String, JSONValue)] = [])
    throws -> JSONValue
  {
    var params = JSONObject([
      ("textDocument", ["uri": .string(uri)]), ("position", place(word, into: offset)),
    ])
    for (key, value) in more { params[key] = value }
    return try request("textDocument/" + method, .object(params))
  }

  /// The diagnostics that are sent next: line from 1, code, message.
  func diagnostics() throws -> [String] {
    let message = try wait { $0["method"] == "textDocument/publishDiagnostics" }
    return Self.shown(message["params"]?["diagnostics"])
  }

  static func shown(_ diagnostics: JSONValue?) -> [String] {
    (diagnostics?.array ?? []).map { item in
      let start = item["range"]?["start"]
      let place = "\((start?["line"]?.int ?? -2) + 1):\((start?["character"]?.int ?? -2) + 1)"
      let message = item["message"]?.string?.split(separator: "\n").first.map(String.init) ?? ""
      return "\(place) \(item["code"]?.string ?? ""): \(message)"
    }
  }

  /// The labels of all hints by line from 1.
  func hints() throws -> [Int: String] {
    let everywhere: JSONValue = [
      "start": ["line": 0, "character": 0], "end": ["line": 99999, "character": 0],
    ]
    let answer = try request(
      "textDocument/inlayHint", ["textDocument": ["uri": .string(uri)], "range": everywhere])
    var hints: [Int: String] = [:]
    for hint in answer.array ?? [] {
      hints[(hint["position"]?["line"]?.int ?? -2) + 1] = hint["label"]?.string
    }
    return hints
  }

  /// The hints once one of a line reads so, or as they are after some seconds.
  func hints(until line: Int, reads label: String) throws -> [Int: String] {
    let deadline = Date().addingTimeInterval(20)
    var last = try hints()
    while last[line] != label, Date() < deadline {
      Thread.sleep(forTimeInterval: 0.02)
      last = try hints()
    }
    return last
  }

  /// Sends a command without waiting for its answer, and returns the id of the request.
  func send(command: String, _ more: [(String, JSONValue)]) -> JSONValue {
    let id = JSONValue.number(nextID)
    nextID += 1
    var params = JSONObject([
      ("command", .string(command)), ("arguments", [["uri": .string(uri)]]),
    ])
    for (key, value) in more { params[key] = value }
    send([
      "jsonrpc": "2.0", "id": id, "method": "workspace/executeCommand", "params": .object(params),
    ])
    return id
  }

  func command(_ name: String, _ arguments: [(String, JSONValue)] = []) throws -> JSONValue {
    try request(
      "workspace/executeCommand",
      [
        "command": .string("incentive." + name),
        "arguments": [.object(JSONObject([("uri", .string(uri))] + arguments))],
      ])
  }
}
