import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive mcp` as an assistant sees it.
@Suite struct AssistantTests {
  private static let meta: JSONValue = ["io.modelcontextprotocol/protocolVersion": "2026-07-28"]

  private func path(_ folder: TemporaryFolder) -> JSONValue { .string(folder.path + "/plan.yaml") }

  private func call(_ tool: String, _ arguments: JSONValue) -> (String, JSONValue) {
    ("tools/call", ["name": .string(tool), "arguments": arguments, "_meta": Self.meta])
  }

  @Test(
    "a session begins in the version that the client asks for",
    arguments: [
      ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
      ("2025-11-25", "2025-11-25"), ("1999-01-01", "2025-11-25"),
    ])
  func initialize(asked: String, answered: String) throws {
    let (answers, _) = try TwoTeams.session(
      ["mcp"],
      [
        (
          "initialize",
          [
            "protocolVersion": .string(asked), "capabilities": [:],
            "clientInfo": ["name": "t", "version": "1"],
          ]
        ),
        ("ping", [:]), ("tools/list", [:]), ("no/such", [:]),
      ])
    #expect(answers[1]?["result"]?["protocolVersion"]?.string == answered)
    #expect(answers[1]?["result"]?["resultType"] == nil && answers[2]?["result"] == [:])
    #expect(answers[3]?["result"]?["tools"]?.array?.count == 7)
    #expect(answers[4]?["error"]?["code"]?.int == -32601)
  }

  @Test("without a session each request names its version")
  func stateless() throws {
    let old: JSONValue = ["io.modelcontextprotocol/protocolVersion": "2020-01-01"]
    let (answers, _) = try TwoTeams.session(
      ["mcp"],
      [
        ("server/discover", ["_meta": Self.meta]), ("tools/list", ["_meta": Self.meta]),
        ("tools/list", ["_meta": old]),
        ("resources/read", ["uri": "incentive://plan/x", "_meta": Self.meta]),
        ("tools/call", ["name": "drop_tables", "_meta": Self.meta]),
      ])
    #expect(answers[1]?["result"]?["supportedVersions"] == ["2026-07-28"])
    #expect(answers[2]?["result"]?["resultType"] == "complete")
    #expect(answers[2]?["result"]?["cacheScope"] == "private" && answers[2]?["result"]?["ttlMs"] == 0)
    #expect(answers[3]?["error"]?["code"]?.int == -32022)
    #expect(answers[4]?["error"]?["code"]?.int == -32602 && answers[5]?["error"]?["code"]?.int == -32602)
  }

  @Test("the tools say the same as the methods, as structure and as text, in pages")
  func tools() throws {
    let folder = try TwoTeams.folder()
    let edited = TwoTeams.plan.replacing("rate: 10%", with: "rate: 12%")
    let deal: JSONValue = ["id": "D-9", "date": "2026-06-01", "owner": "ben", "amount": 500]
    let (answers, _) = try TwoTeams.session(
      ["mcp"],
      [
        call("validate_plan", ["path": path(folder)]),
        call("preview_payouts", ["path": path(folder), "period": "2026-Q2", "limit": 2]),
        call("preview_payouts", ["cursor": "1.2"]),
        call("explain_payout", ["path": path(folder), "payee": "ben", "period": "2026-Q2"]),
        call("estimate_deal", ["path": path(folder), "deal": deal]),
        call("compare_plans", ["path": path(folder), "text": .string(edited)]),
        call("list_modules", [:]), call("module_schema", ["module": "commission"]),
        call("preview_payouts", ["path": path(folder), "payee": "bem"]),
        call("validate_plan", ["text": "plan: x\n"]), call("preview_payouts", ["plan": "plan-1"]),
        call("preview_payouts", ["path": path(folder), "out": "x"]),
      ])
    func structure(_ id: Int) -> JSONValue? { answers[id]?["result"]?["structuredContent"] }
    func text(_ id: Int) -> String {
      answers[id]?["result"]?["content"]?.array?.first?["text"]?.string ?? ""
    }
    #expect(structure(1) == ["diagnostics": [], "count": 0])
    #expect(structure(2)?["total"] == "1320.00" && text(2).contains("total: 1320.00"))
    #expect(structure(2)?["cursor"] == "1.2" && structure(2)?["statements"]?.array?.count == 2)
    #expect(structure(3)?["statements"]?.array?.count == 2 && structure(3)?["cursor"] == "1.4")
    #expect(structure(4)?["derivations"]?.array?.first?["amount"] == "400.00" && text(4).contains("400.00"))
    #expect(structure(5)?["adds"] == "55.00" && structure(6)?["difference"] == "300.00")
    #expect(structure(7)?["modules"]?.array?.contains { $0["id"] == "commission" } == true)
    #expect(structure(8)?["schema"]?["type"] == "object")
    for id in [9, 11, 12] { #expect(answers[id]?["result"]?["isError"] == true, "call \(id)") }
    #expect(text(9).contains("did you mean `ben`?"))
    #expect(answers[10]?["result"]?["isError"] == false && text(10).contains("code"))
  }

  @Test("roles hold for assistants too")
  func roles() throws {
    let folder = try TwoTeams.folder()
    let (answers, output) = try TwoTeams.session(
      ["mcp", "--as", "payee:ann", "--plan", folder.path + "/plan.yaml"],
      [
        ("tools/list", ["_meta": Self.meta]), ("resources/list", ["_meta": Self.meta]),
        call("preview_payouts", ["period": "2026-Q1"]), call("explain_payout", ["payee": "ben"]),
        call("validate_plan", [:]),
        ("resources/read", ["uri": .string("incentive://plan/\(folder.path)/plan.yaml")]),
      ])
    let names = answers[1]?["result"]?["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(!names.contains("validate_plan") && names.contains("explain_payout"))
    #expect(answers[3]?["result"]?["structuredContent"]?["total"] == "100.00")
    #expect(answers[4]?["result"]?["isError"] == true && answers[5]?["error"] != nil)
    #expect(answers[6]?["error"] != nil)
    #expect(!output.contains("Ortiz") && !output.contains("200.00") && !output.contains("roll_up"))
  }

  @Test("a module is switched by an assistant only where writing is allowed, and by an admin")
  func switching() throws {
    for (options, allowed) in [
      ([], false), (["--allow-write"], true), (["--allow-write", "--as", "finance"], false),
    ] as [([String], Bool)] {
      let folder = try TwoTeams.folder()
      let request: JSONValue = [
        "path": path(folder), "module": "commission", "enabled": false, "from": "2026-04-01",
        "reason": "a trial",
      ]
      let (answers, _) = try TwoTeams.session(
        ["mcp"] + options, [("tools/list", [:]), call("set_module_enabled", request)])
      let names = answers[1]?["result"]?["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
      #expect(names.contains("set_module_enabled") == allowed)
      #expect((answers[2]?["result"]?["isError"] == false) == allowed, "\(options)")
      let text = try String(contentsOfFile: folder.path + "/plan.yaml", encoding: .utf8)
      #expect((text == TwoTeams.plan) == !allowed)
    }
  }

  @Test("plans and schemas are resources")
  func resources() throws {
    let folder = try TwoTeams.folder()
    let uri = JSONValue.string("incentive://plan/\(folder.path)/plan.yaml")
    let (answers, _) = try TwoTeams.session(
      ["mcp", "--plan", folder.path + "/plan.yaml"],
      [
        ("resources/list", [:]), ("resources/read", ["uri": uri]),
        ("resources/read", ["uri": "incentive://schema/commission"]),
        ("resources/read", ["uri": "incentive://plan//etc/hostname"]),
      ])
    #expect(answers[1]?["result"]?["resources"]?.array?.contains { $0["uri"] == uri } == true)
    #expect(answers[2]?["result"]?["contents"]?.array?.first?["text"]?.string == TwoTeams.plan)
    #expect(answers[3]?["result"]?["contents"]?.array?.first?["text"]?.string?.contains("\"type\"") == true)
    #expect(answers[4]?["error"]?["code"]?.int == -32002)
  }

  @Test("there are no batches, and a request that was taken back is not answered")
  func batchesAndCancelling() throws {
    let lines = [
      #"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"preview_payouts","arguments":{"path":"Plans/quickstart/plan.yaml"}}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"preview_payouts","arguments":{"path":"Plans/quickstart/plan.yaml"}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}}"#,
      #"{"jsonrpc":"2.0","id":4,"method":"ping"}"#,
    ]
    let outcome = try Program.incentive(["mcp"], input: lines.joined(separator: "\n") + "\n")
    let answers = try outcome.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    #expect(answers.map { $0["id"] } == [.null, 2, 4])
    #expect(answers[0]["error"]?["code"]?.int == -32600)
  }

  private static let hasClient =
    Program.python.flatMap { try? Program.run($0, ["-c", "import mcp, jsonschema"]) }?.code == 0

  @Test(
    "the official client gets along in all its modes",
    .enabled(if: hasClient && Project.shared != nil, "needs the Python package mcp and ../shared/clients"),
    arguments: ["auto", "legacy", "2026-07-28"])
  func officialClient(mode: String) throws {
    let folder = try TwoTeams.folder()
    let python = try #require(Program.python)
    let plan = folder.path + "/plan.yaml"
    for (tool, arguments) in [
      ("preview_payouts", ["path": .string(plan)]),
      ("explain_payout", ["path": .string(plan), "payee": "ben"]),
      ("validate_plan", ["path": .string(plan)]), ("list_modules", [:]),
      (
        "estimate_deal",
        ["path": .string(plan), "deal": ["id": "D-9", "date": "2026-06-01", "owner": "ben", "amount": 5]]
      ),
    ] as [(String, JSONValue)] {
      let outcome = try Program.run(
        python,
        [
          (Project.shared ?? "") + "/clients/mcp_client.py", "--mode", mode, "--call", tool, arguments.text(),
          "--", Project.program("incentive"), "mcp", "--plan", plan,
        ])
      #expect(outcome.code == 0, "\(tool): \(outcome.output)\(outcome.errors)")
      #expect(
        outcome.output.contains("\"output_schema_valid\": true") && !outcome.output.contains("n/a: \(tool)"))
    }
  }
}
