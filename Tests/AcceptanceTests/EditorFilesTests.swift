import Foundation
import JSONCore
import TestSupport
import Testing

/// Plans in an editor that are made of several files, or compared with what git has; commands that are called off.
@Suite struct EditorFilesTests {
  private let folder: TemporaryFolder
  private let text: String

  init() throws {
    folder = try TemporaryFolder()
    text = try Project.text("Plans/one-salesperson/plan.yaml")
  }

  private func line(_ part: String, _ text: String) -> Int {
    (text.components(separatedBy: "\n").firstIndex { $0.contains(part) } ?? -2) + 1
  }

  /// The sample with its components in a file of their own.
  private func split() throws -> (plan: String, part: String) {
    let start = try #require(text.range(of: "\ncomponents:\n"))
    let plan = String(text[..<start.lowerBound]).replacing(
      "currency: USD\n", with: "currency: USD\ninclude: components.yaml\n")
    let path = try folder.write(plan + "\n", "plan.yaml")
    return (path, try folder.write(String(text[start.lowerBound...].dropFirst()), "components.yaml"))
  }

  // One salesperson sold 130,000 against a quota of 100,000: at 10% to quota and 15% above 10,000 and 4,500; with 12% to
  // quota 12,000 and 4,500.
  @Test("what is typed in a part of a plan and not saved moves the payouts of the plan")
  func unsavedPart() throws {
    let (plan, part) = try split()
    let editor = try EditorSession()
    try editor.open(plan)
    #expect(try editor.hints(until: 1, reads: "2026: 14,500.00") == [1: "2026: 14,500.00"])
    let main = editor.uri
    try editor.open(part)
    editor.replace("rate: 10%", "rate: 12%")
    editor.look(at: main)
    #expect(
      try editor.hints(until: 1, reads: "2026: 16,500.00 (+2,000.00)") == [1: "2026: 16,500.00 (+2,000.00)"])
    // Closed without being saved, the part is what it is on disk.
    editor.close(URL(fileURLWithPath: part).absoluteString)
    #expect(try editor.hints(until: 1, reads: "2026: 14,500.00") == [1: "2026: 14,500.00"])
  }

  @Test("a name is renamed in all files of a plan")
  func renamedAcrossFiles() throws {
    let (plan, part) = try split()
    let editor = try EditorSession()
    try editor.open(plan)
    _ = try editor.diagnostics()
    let measure = try #require(text.firstMatch(of: #/measures:\n  (\w+):/#).map { String($0.1) })
    let answer = try editor.ask("rename", "  \(measure):", into: 3, [("newName", "achieved")])
    let changes = try #require(answer["changes"]?.object)
    #expect(
      changes.keys.sorted() == [URL(fileURLWithPath: part), URL(fileURLWithPath: plan)].map(\.absoluteString))
    for (uri, edits) in changes.members {
      let path = try #require(URL(string: uri)?.path)
      let old = try String(contentsOfFile: path, encoding: .utf8)
      let new = EditorSession.text(old, after: edits)
      #expect(new != old)
      try new.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let run = try Program.incentive("run", plan, "--format", "json")
    #expect(run.code == 0 && run.output.contains("\"14500.00\""))
  }

  @Test("edits outside the text change what is nearest, and the server goes on")
  func editsOutside() throws {
    let editor = try EditorSession()
    try editor.open(try folder.write(text, "plan.yaml"))
    func change(_ start: (Int, Int), _ end: (Int, Int), _ text: String) {
      editor.notify(
        "textDocument/didChange",
        [
          "textDocument": ["uri": .string(editor.uri), "version": 2],
          "contentChanges": [
            [
              "range": [
                "start": ["line": .number(start.0), "character": .number(start.1)],
                "end": ["line": .number(end.0), "character": .number(end.1)],
              ], "text": .string(text),
            ]
          ],
        ])
    }
    change((99_999, 5), (99_999, 9), "# behind the end\n")
    change((0, 99_999), (0, 99_999), " # at the end of the first line")
    change((3, 7), (1, 0), "")
    change((-4, -1), (0, 0), "# before the start\n")
    change((2_147_483_648, 0), (9_223_372_036_854_775_807, 1), "")
    editor.notify(
      "textDocument/didChange", ["textDocument": ["uri": .string(editor.uri)], "contentChanges": [[:]]])
    editor.notify("textDocument/didChange", [:])
    editor.replaceAll(text)
    #expect(
      try editor.hints(until: line("rate: 10%", text), reads: "ann · 10,000.00")[1] == "2026: 14,500.00")
    // Questions too, once there is a preview to answer from: of lines that an edit has just taken away.
    for line in [-1, 60, 99_999, 9_223_372_036_854_775_807] {
      let place: JSONValue = ["line": .number(line), "character": 3]
      let document: JSONValue = ["uri": .string(editor.uri)]
      for method in ["hover", "definition", "references", "completion", "documentHighlight", "prepareRename"]
      {
        _ = try editor.request(
          "textDocument/\(method)",
          ["textDocument": document, "position": place, "context": ["includeDeclaration": true]])
      }
      _ = try editor.request(
        "textDocument/codeAction",
        [
          "textDocument": document, "range": ["start": place, "end": place],
          "context": ["diagnostics": .array([])],
        ])
    }
    #expect(try editor.end() == 0)
  }

  @Test(
    "payouts are compared with those of the committed plan, where that is wanted",
    .enabled(if: Program.find("git") != nil, "needs git"))
  func committed() throws {
    let path = try folder.write(text, "plan.yaml")
    let git = try #require(Program.find("git"))
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in [["init", "-q"], ["add", "plan.yaml"], name + ["commit", "-q", "-m", "first"]] {
      #expect(try Program.run(git, ["-C", folder.path] + words).code == 0)
    }
    try text.replacing("rate: 15%", with: "rate: 20%").write(toFile: path, atomically: true, encoding: .utf8)
    let editor = try EditorSession(options: ["preview": ["against": "committed"]])
    try editor.open(path)
    // 30,000 above quota at 20% in place of 15% is 6,000 in place of 4,500.
    #expect(
      try editor.hints(until: 1, reads: "2026: 16,000.00 (+1,500.00)")[1] == "2026: 16,000.00 (+1,500.00)")
    editor.save()
    #expect(try editor.hints()[1] == "2026: 16,000.00 (+1,500.00)")
    let change = try editor.command("compareWithSaved")
    #expect(change["text"]?.string?.contains("against the committed plan") == true)
    #expect(
      try Program.run(git, ["-C", folder.path] + name + ["commit", "-q", "-a", "-m", "second"]).code == 0)
    editor.save()
    #expect(try editor.hints(until: 1, reads: "2026: 16,000.00")[1] == "2026: 16,000.00")
  }

  @Test(
    "a preview that is called off ends soon, and says so", .enabled(if: Program.python != nil, "needs Python")
  )
  func calledOff() throws {
    // A module that takes half a minute to compute.
    let slow = text.replacing("module: commission", with: "module: misbehaving")
    let config = try #require(slow.range(of: "    config:\n"))
    let path = try folder.write(slow[..<config.upperBound] + "      mode: slow\n", "plan.yaml")
    let editor = try EditorSession(
      capabilities: ["window": ["workDoneProgress": true]], options: ["preview": ["enabled": false]])
    try editor.open(path)
    _ = try editor.diagnostics()
    let start = Date()
    let id = editor.send(
      command: "incentive.previewPayouts", [("workDoneToken", "t1")])
    try editor.wait { $0["method"] == "$/progress" && $0["params"]?["value"]?["kind"] == "begin" }
    editor.notify("window/workDoneProgress/cancel", ["token": "t1"])
    let answer = try editor.wait { $0["id"] == id && $0["method"] == nil }
    #expect(answer["error"]?["code"] == -32800)
    #expect(Date().timeIntervalSince(start) < 15)
    let again = editor.send(command: "incentive.previewPayouts", [])
    editor.notify("$/cancelRequest", ["id": again])
    #expect(try editor.wait { $0["id"] == again && $0["method"] == nil }["error"]?["code"] == -32800)
    #expect(try editor.end() == 0)
  }
}
