import Foundation
import JSONCore
import TestSupport
import Testing

/// What `incentive lsp` knows of words: what may be typed, what they name, how faults are mended.
@Suite struct EditorLanguageTests {
  private let editor: EditorSession

  init() throws {
    editor = try EditorSession()
    try editor.open(Project.path("Plans/quickstart/plan.yaml"))
    _ = try editor.diagnostics()
    // Values from the data are known once it was read.
    _ = try editor.hints()
  }

  private func labels(_ word: String, into offset: Int) throws -> [String] {
    try editor.ask("completion", word, into: offset)["items"]?.array?.compactMap { $0["label"]?.string } ?? []
  }

  @Test("keys, words, names, columns and values of the data are offered where they may stand")
  func completion() throws {
    #expect(try labels("table: people", into: 7) == ["people", "deals", "splits", "quotas", "fx"])
    #expect(try labels("row: deal", into: 5) == ["deal", "person", "percent"])
    #expect(try labels("module: commission", into: 8).contains("bonus"))
    #expect(try labels("where: status == \"won\"", into: 18) == ["lost", "won"])
    #expect(try labels("payees: payee.role == \"rep\"", into: 23) == ["manager", "rep"])
    #expect(try labels("{platform: 1.2}", into: 1) == ["core", "platform", "services"])
    #expect(try labels("round: {at: line}", into: 12) == ["line", "period"])
    #expect(try labels("remainder: owner", into: 11) == ["owner", "largest"])
    editor.replace("  override:\n", "  override:\n    \n")
    let keys = try labels("  override:\n    \n", into: 16)
    #expect(keys.contains("payees") && !keys.contains("credits") && !keys.contains("config"))
  }

  private func places(_ answer: JSONValue) -> [String] {
    (answer.array ?? []).map {
      let start = $0["range"]?["start"]
      return "\((start?["line"]?.int ?? -2) + 1):\((start?["character"]?.int ?? -2) + 1)"
    }
  }

  private func position(_ word: String, into offset: Int = 0) -> String {
    let place = editor.place(word, into: offset)
    return "\((place["line"]?.int ?? -2) + 1):\((place["character"]?.int ?? -2) + 1)"
  }

  @Test("names lead to where they are given, and to where they are used")
  func navigation() throws {
    #expect(try places(editor.ask("definition", "measure: bookings", into: 10)) == [position("bookings:")])
    #expect(
      try places(editor.ask("definition", "row: deal", into: 6)) == [position("deal: {type: text")])
    let context: JSONValue = ["includeDeclaration": true]
    #expect(
      try places(editor.ask("references", "  own: ", into: 3, [("context", context)])) == [
        position("own: "), position("roll_up: own", into: 9), position("credits: own\n    over", into: 9),
        position("credits: own\n    measure", into: 9),
      ])
  }

  @Test("a renamed column is still read as the file calls it")
  func rename() throws {
    let edits = try editor.ask("rename", "product: text", into: 1, [("newName", "line")])["changes"]?[
      editor.uri]
    var text = editor.text.components(separatedBy: "\n")
    let inOrder = (edits?.array ?? []).sorted {
      ($0["range"]?["start"]?["line"]?.int ?? 0, $0["range"]?["start"]?["character"]?.int ?? 0) > (
        $1["range"]?["start"]?["line"]?.int ?? 0, $1["range"]?["start"]?["character"]?.int ?? 0
      )
    }
    for edit in inOrder {
      let line = edit["range"]?["start"]?["line"]?.int ?? 0
      let (start, end) = (
        edit["range"]?["start"]?["character"]?.int ?? 0, edit["range"]?["end"]?["character"]?.int ?? 0
      )
      let old = text[line]
      text[line] = old.prefix(start) + (edit["newText"]?.string ?? "") + old.dropFirst(end)
    }
    let renamed = text.joined(separator: "\n")
    #expect(
      renamed.contains("      line: {type: text, header: product}\n") && renamed.contains("{by: line, table:")
    )
    let folder = try TemporaryFolder()
    let path = try folder.write(renamed, "plan.yaml")
    let run = try Program.incentive(
      "run", path, "--data", Project.path("Plans/quickstart"), "--format", "json")
    #expect(run.code == 0 && run.output.contains("\"10147.86\""))
    #expect(try editor.ask("rename", "bookings:", [("newName", "a b")])["code"] == -32602)
    #expect(try editor.ask("rename", "  own: ", into: 3, [("newName", "team")])["code"] == -32602)
  }

  private func fixes() throws -> [String] {
    let everywhere: JSONValue = [
      "start": ["line": 0, "character": 0], "end": ["line": 9999, "character": 0],
    ]
    let answer = try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri)], "range": everywhere, "context": ["diagnostics": []],
      ])
    return (answer.array ?? []).compactMap { $0["title"]?.string }
  }

  @Test("faults are mended by the word that was meant, the rule that must be stated, the percentage")
  func quickFixes() throws {
    editor.replace("remainder: owner", "remander: owner")
    #expect(try fixes() == ["write `remainder`"])
    editor.replace(", remander: owner", "")
    #expect(try fixes() == ["state `remainder: owner`", "state `remainder: largest`"])
    editor.replace("percent: percent}", "percent: percent, remainder: owner}")
    editor.replace("rate: 1%", "rate: 12")
    #expect(try fixes() == ["write `12%`", "write `1200%`"])
    editor.replace("rate: 12\n", "rate: 1%\n")
    editor.replace("        method: marginal\n", "")
    #expect(try fixes().prefix(2) == ["state `method: marginal`", "state `method: whole-amount`"])
  }

  /// The text after the first fix with this title.
  private func mended(_ title: String) throws -> String {
    let everywhere: JSONValue = [
      "start": ["line": 0, "character": 0], "end": ["line": 9999, "character": 0],
    ]
    let answer = try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri)], "range": everywhere, "context": ["diagnostics": []],
      ])
    let action = try #require(answer.array?.first { $0["title"]?.string == title }, "no fix `\(title)`")
    return editor.text(after: action["edit"]?["changes"]?[editor.uri])
  }

  @Test("a fix changes the word that is wrong and leaves what is around it")
  func smallFixes() throws {
    let text = editor.text
    func check(_ right: String, _ wrong: String, _ title: String) throws {
      editor.replace(right, wrong)
      #expect(try mended(title) == text)
      editor.replace(wrong, right)
    }
    try check("where: status == \"won\"", "where: stauts == \"won\"", "write `status`")
    editor.replace("where: status == \"won\"", "where: status.startWith(\"won\")")
    #expect(try mended("write `startsWith`").contains("where: status.startsWith(\"won\")\n"))
    editor.replace("status.startWith(\"won\")", "status == \"won\" and amount > 0")
    #expect(try mended("write `&&`").contains("where: status == \"won\" && amount > 0\n"))
    editor.replace("status == \"won\" and amount > 0", "status == \"won\"")
    try check("rate: 4%}", "rate: 4％}", "write `%`")
    editor.replace("    key: id\n    columns: {id: text, name", "    columns: {id: text, name")
    #expect(try mended("state `key: id`").contains("  people:\n    key: id\n    file: data/people.csv\n"))
    editor.replaceAll(text)
    try check("rate: {type: decimal, places: 4}", "rate: decimal", "write `{type: decimal, places: 4}`")
  }

  @Test("a rule that a module wants stated goes into the terms, not into a part of them")
  func statedInTerms() throws {
    editor.replace("      round: {at: line}\n  override", "  override")
    let titles = ["line", "period"].map { "state `round: {at: \($0), places: 2, mode: half-even}`" }
    #expect(try fixes() == titles)
    let text = try mended(titles[1])
    #expect(
      text.contains("    config:\n      round: {at: period, places: 2, mode: half-even}\n      tiers:\n"))
  }

  @Test(
    "a module that is switched off is switched on where its switch stands, and where a component names it")
  func switchedOn() throws {
    let switches = """

      teams:
        modules:
          - {module: commission, team: East, enabled: false, from: 2026-04-01, reason: pilot}

      """
    editor.replace("components:\n", switches.dropFirst() + "\ncomponents:\n")
    let turned = try mended("switch `commission` on here for East")
    #expect(
      turned.contains("{module: commission, team: East, enabled: true, from: 2026-04-01, reason: pilot}"))
    let title = try #require(fixes().first { $0.hasPrefix("switch `commission` on from ") })
    let day = title.split(separator: " ")[4]
    let added = try mended(title)
    #expect(
      added.contains(
        "enabled: false, from: 2026-04-01, reason: pilot}\n    - {module: commission, team: East, "))
    #expect(added.contains("enabled: true, from: \(day), reason: \"switched on again\""))
  }

  @Test("formatting gives what the command gives, and nothing to do the second time")
  func formatting() throws {
    let text = editor.text
    editor.replace("currency: USD", "currency:   USD   # dollars")
    editor.replace("  own:                               # a deal", "  own: # a deal")
    editor.replace("  roll_up: own", "    roll_up:   own")
    let document: JSONValue = ["uri": .string(editor.uri)]
    let options: JSONValue = ["tabSize": 4, "insertSpaces": true]
    let edits = try editor.request("textDocument/formatting", ["textDocument": document, "options": options])
    let folder = try TemporaryFolder()
    let path = try folder.write(editor.text, "plan.yaml")
    #expect(try Program.incentive("fmt", path).code == 0)
    let formatted = editor.text(after: edits)
    #expect(try formatted == String(contentsOfFile: path, encoding: .utf8))
    #expect(formatted.contains("# dollars") && formatted.contains("# a deal is credited"))
    #expect((edits.array ?? []).count > 1 && formatted != text)
    editor.replace(editor.text, formatted)
    #expect(
      try editor.request("textDocument/formatting", ["textDocument": document, "options": options]) == [])
    editor.replace("currency: USD", "currency: [USD")
    let refused = try editor.request(
      "textDocument/formatting", ["textDocument": document, "options": options])
    #expect(refused["message"]?.string?.hasPrefix("the plan is not formatted: ") == true)
  }

  @Test(
    "inside a call only what fits is offered: names of its kind, functions that give it, methods of a value")
  func completionInCalls() throws {
    func offered(_ condition: String) throws -> [String] {
      editor.replace("where: status == \"won\"", "where: " + condition)
      defer { editor.replace("where: " + condition, "where: status == \"won\"") }
      return try labels("where: " + condition, into: "where: ".count + condition.count)
    }
    let numbers = try offered("math.round(")
    #expect(numbers.contains("amount") && numbers.contains("math.abs"))
    #expect(!numbers.contains("product") && !numbers.contains("close_date") && !numbers.contains("has"))
    let methods = try offered("product.")
    #expect(methods.contains("startsWith") && methods.contains("size"))
    #expect(!methods.contains("addMonths") && !methods.contains("amount"))
    let days = try offered("close_date.")
    #expect(days.contains("quarter") && days.contains("addMonths") && !days.contains("startsWith"))
    #expect(try offered("product.startsWith(\"") == ["core", "platform", "services"])
    let days2 = try offered("close_date.daysUntil(")
    #expect(days2.contains("close_date") && days2.contains("date") && !days2.contains("amount"))
    let all = try offered("status == \"won\" && ")
    #expect(all.contains("has") && all.contains("math.greatest") && all.contains("amount"))
  }

  @Test("a word is explained: what it means, and the figures behind it")
  func hover() throws {
    func words(_ word: String, into offset: Int = 1) throws -> String {
      try editor.ask("hover", word, into: offset)["contents"]?["value"]?.string ?? ""
    }
    #expect(try words("zero_quota").contains("one of `unmet`, `passed`"))
    #expect(try words("method: marginal").contains("130,000 of 100,000 at 15% whole-amount pays 19,500."))
    #expect(try words("  deals:", into: 3).contains("8 rows, 0 rejected"))
    #expect(try words("  override:", into: 3).contains("893.50 USD"))
  }
}
