import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive lsp` as an editor sees it.
@Suite struct EditorTests {
  // One salesperson sold 130,000 against a quota of 100,000: at 10% to quota and 15% above, 10,000 and 4,500; with 12%
  // to quota, 12,000 and 4,500.
  private static let sample = "Plans/one-salesperson/plan.yaml"
  private static let planLine = 1
  private let text: String
  private let lines: [String]

  init() throws {
    text = try Project.text(Self.sample)
    lines = text.components(separatedBy: "\n")
  }

  private func line(_ part: String) -> Int { (lines.firstIndex { $0.contains(part) } ?? -2) + 1 }

  @Test("a rate that is typed moves the payouts at the ends of the lines, without saving")
  func livePayouts() throws {
    let editor = try EditorSession()
    try editor.open(Project.path(Self.sample))
    #expect(try editor.diagnostics() == [])
    let first = line("rate: 10%")
    let before = try editor.hints(until: first, reads: "ann · 10,000.00")
    #expect(
      before == [
        Self.planLine: "2026: 14,500.00", line("commission:"): "14,500.00", first: "ann · 10,000.00",
        line("rate: 15%"): "ann · 4,500.00",
      ])
    editor.replace("rate: 10%", "rate: 12%")
    let after = try editor.hints(until: first, reads: "ann · 12,000.00")
    #expect(
      after == [
        Self.planLine: "2026: 16,500.00 (+2,000.00)", line("commission:"): "16,500.00 (+2,000.00)",
        first: "ann · 12,000.00", line("rate: 15%"): "ann · 4,500.00",
      ])
    editor.save()
    #expect(try editor.hints()[Self.planLine] == "2026: 16,500.00")
    #expect(try editor.end() == 0)
  }

  @Test("a plan half typed keeps the last good payouts, says so, and moves them with their lines")
  func halfTyped() throws {
    let editor = try EditorSession()
    try editor.open(Project.path(Self.sample))
    _ = try editor.hints(until: line("rate: 10%"), reads: "ann · 10,000.00")
    editor.replace("currency: USD\n", "currency: USD\n# one\n# more\n")
    editor.replace("rate: 10%}", "rate: ")
    let hints = try editor.hints()
    #expect(hints[Self.planLine] == "before the fault: 14,500.00")
    #expect(hints[line("rate: 10%") + 2] == "ann · 10,000.00")
    editor.replace("rate: \n", "rate: 20%}\n")
    #expect(
      try editor.hints(until: line("rate: 10%") + 2, reads: "ann · 20,000.00")[Self.planLine]
        == "2026: 24,500.00 (+10,000.00)")
  }

  @Test("the same is told as by check, and faults of data at the line of the plan that names the file")
  func sameAsCheck() throws {
    let folder = try TemporaryFolder()
    var plan = try Project.text("Plans/quickstart/plan.yaml")
    plan = plan.replacing("over: to-date", with: "over: too-date").replacing("rate: 1%", with: "rate: 12")
      .replacing("remainder: owner", with: "remander: owner")
    let path = try folder.write(plan, "plan.yaml")
    for name in ["people", "deals", "splits", "quotas", "fx"] {
      var rows = try Project.text("Plans/quickstart/data/\(name).csv")
      if name == "quotas" { rows = rows.replacing("Q1,50000", with: "Q1,5o000") }
      _ = try folder.write(rows, "data/\(name).csv")
    }
    let checked = try Program.incentive("check", path, "--data", folder.path, "--format", "json")
    let expected = try #require(try JSONValue(parsing: checked.output).array)
    let editor = try EditorSession()
    try editor.open(path)
    var shown = try editor.diagnostics()
    while !shown.contains(where: { $0.contains("bad-number") }) { shown = try editor.diagnostics() }
    let file = plan.components(separatedBy: "\n").firstIndex { $0.contains("data/quotas.csv") } ?? -1
    let wanted = expected.map { item -> String in
      let code = item["code"]?.string ?? ""
      let message = item["message"]?.string ?? ""
      guard let line = item["location"]?["line"]?.int, let column = item["location"]?["column"]?.int else {
        let row = item["location"]?["line"]?.int ?? 0
        let field = item["location"]?["field"]?.string.map { " (\($0))" } ?? ""
        return "\(file + 1):11 \(code): data/quotas.csv:\(row)\(field): \(message)"
      }
      return "\(line):\(column) \(code): \(message)"
    }
    #expect(wanted.count == 4)
    #expect(shown.sorted() == wanted.sorted())
  }

  @Test("a client that asks for diagnostics is not sent any")
  func pulled() throws {
    let editor = try EditorSession(capabilities: ["textDocument": ["diagnostic": [:]]])
    #expect(editor.initialization["capabilities"]?["diagnosticProvider"] != nil)
    try editor.open(Project.path(Self.sample), text: text.replacing("rate: 15%", with: "rate: 15"))
    let document: JSONValue = ["textDocument": ["uri": .string(editor.uri)]]
    let first = try editor.request("textDocument/diagnostic", document)
    #expect(
      EditorSession.shown(first["items"]) == ["\(line("rate: 15%")):20 module-config: `15` is 1500%"])
    editor.replace("rate: 15}", "rate: 15%}")
    #expect(try editor.request("textDocument/diagnostic", document)["items"] == [])
    _ = try editor.hints(until: Self.planLine, reads: "2026: 14,500.00")
    #expect(!editor.notes.contains { $0["method"] == "textDocument/publishDiagnostics" })
  }

  @Test("YAML that is no plan is left alone, whatever its name")
  func otherFiles() throws {
    let editor = try EditorSession()
    try editor.open("/tmp/plan.yaml", text: "services:\n  web: {image: x}\n")
    #expect(try editor.hints() == [:])
    #expect(try editor.ask("hover", "web") == .null)
    #expect(try editor.ask("completion", "web") == .null)
    #expect(editor.notes.isEmpty)
    #expect(try editor.end() == 0)
  }

  @Test("statement, explanation and comparison come as text and facts")
  func commands() throws {
    let editor = try EditorSession(capabilities: [
      "window": ["workDoneProgress": true, "showDocument": ["support": true]]
    ])
    try editor.open(Project.path(Self.sample))
    _ = try editor.hints(until: Self.planLine, reads: "2026: 14,500.00")
    editor.replace("rate: 10%", "rate: 12%")
    let statement = try editor.command("previewPayouts")
    #expect(statement["total"] == "16500.00" && statement["complete"] == true)
    #expect(statement["text"]?.string?.contains("16,500.00") == true)
    let file = try #require(statement["uri"]?.string.flatMap { URL(string: $0) })
    #expect(try String(contentsOf: file, encoding: .utf8) == statement["text"]?.string)
    let change = try editor.command("compareWithSaved")
    #expect(
      change["better"] == [
        [
          "payee": "ann", "name": "Ann Lee", "before": "14500.00", "after": "16500.00",
          "difference": "2000.00",
        ]
      ])
    #expect(change["worse"] == [] && change["same"] == 0)
    let why = try editor.command("explainPayout", [("payee", "ann")])
    #expect(why["derivations"]?.array?.first?["amount"] == "16500.00")
    #expect(why["text"]?.string?.contains("100,000.00 × 12%") == true)
    #expect(try editor.command("explainPayout", [("payee", "anne")])["code"] == -32602)
    let methods = editor.notes.compactMap { $0["method"]?.string }
    #expect(methods.contains("window/showDocument") && methods.contains("window/workDoneProgress/create"))
    let kinds = editor.notes.compactMap { $0["params"]?["value"]?["kind"]?.string }
    #expect(kinds.first == "begin" && kinds.contains("end"))
    #expect(try editor.end() == 0)
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test("changed data moves the payouts of a plan that nobody touches")
  func changedData() throws {
    let folder = try TemporaryFolder()
    let rows = "id,date,owner,amount\nD-1,2026-03-31,ann,130000\n"
    var plan = text
    let start = try #require(plan.range(of: "    csv: |\n      id,date,owner,amount\n"))
    let end = try #require(plan.range(of: "ann,130000\n"))
    plan.replaceSubrange(start.lowerBound..<end.upperBound, with: "    file: deals.csv\n")
    let path = try folder.write(plan, "plan.yaml")
    let data = try folder.write(rows, "deals.csv")
    let editor = try EditorSession(capabilities: [
      "workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]]
    ])
    try editor.open(path)
    _ = try editor.hints(until: Self.planLine, reads: "2026: 14,500.00")
    _ = try folder.write(rows.replacing("130000", with: "120000"), "deals.csv")
    let event: JSONValue = ["uri": .string(URL(fileURLWithPath: data).absoluteString), "type": 2]
    editor.notify("workspace/didChangeWatchedFiles", ["changes": [event]])
    let hints = try editor.hints(until: Self.planLine, reads: "2026: 13,000.00 (-1,500.00)")
    #expect(hints[Self.planLine] == "2026: 13,000.00 (-1,500.00)")
  }

  @Test("a client that goes without a word takes the server with it")
  func gone() throws {
    let hello = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#
    func run(_ messages: String...) throws -> Int32 {
      let frames = messages.map { "Content-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined()
      return try Program.incentive(["lsp"], input: frames).code
    }
    let bye = #"{"jsonrpc":"2.0","method":"exit","params":null}"#
    let shutdown = #"{"jsonrpc":"2.0","id":2,"method":"shutdown","params":null}"#
    #expect(try run(hello) == 1)
    #expect(try run(hello, bye) == 1)
    #expect(try run(bye) == 1)
    #expect(try run(hello, shutdown, bye) == 0)
    #expect(try run(hello, shutdown) == 0)
    // A parent that has gone before the server looks.
    let orphan = hello.replacing(#"{"capabilities""#, with: #"{"processId":999999999,"capabilities""#)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Project.program("incentive"))
    process.arguments = ["lsp"]
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    input.fileHandleForWriting.write(Data("Content-Length: \(orphan.utf8.count)\r\n\r\n\(orphan)".utf8))
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test(
    "the life cycle is that of the protocol",
    .enabled(if: Project.shared != nil && Program.python != nil, "needs ../shared/clients"))
  func lifeCycle() throws {
    let script = (Project.shared ?? "") + "/clients/lsp_lifecycle.py"
    let outcome = try Program.run(
      Program.python ?? "", [script, "--", Project.program("incentive"), "lsp"])
    #expect(outcome.output == "18 of 18 passed\n")
  }
}
