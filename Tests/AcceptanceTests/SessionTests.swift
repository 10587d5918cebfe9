import Foundation
import JSONCore
import TestSupport
import Testing

/// Data in requests, deals not yet saved, comparisons, pages; see TwoTeams for the figures.
@Suite struct SessionTests {
  private func session(_ folder: TemporaryFolder, _ requests: [(String, JSONValue)]) throws -> [Int:
    JSONValue]
  {
    try TwoTeams.session(["rpc"], [("plan/open", ["path": .string(folder.path + "/plan.yaml")])] + requests)
      .answers
  }

  // 500.00 at 10 % to ben, and 1 % of it to raj, his manager on June 1: 50.00 and 5.00.
  @Test("a deal that is not in the data yet is estimated for everybody whom it touches")
  func estimate() throws {
    let folder = try TwoTeams.folder()
    let deal: JSONValue = ["id": "D-9", "date": "2026-06-01", "owner": "ben", "amount": 500]
    let answers = try session(
      folder,
      [
        ("deal/estimate", ["plan": "plan-1", "deal": deal]),
        ("plan/run", ["plan": "plan-1"]),
        (
          "deal/estimate",
          ["plan": "plan-1", "deal": ["id": "D-1", "date": "2026-06-01", "owner": "ben", "amount": 1]]
        ),
        (
          "deal/estimate",
          ["plan": "plan-1", "deal": ["id": "D-9", "date": "2026-06-01", "owner": "bem", "amount": 1]]
        ),
        ("deal/estimate", ["plan": "plan-1", "deal": ["amuont": 1]]),
        ("deal/estimate", ["plan": "plan-1", "deal": deal, "table": "people"]),
        ("deal/estimate", ["plan": "plan-1"]),
      ])
    let result = try #require(answers[2]?["result"])
    #expect(result["adds"] == "55.00" && result["deals"] == 1 && result["state"] == "complete")
    let payees = try #require(result["payees"]?.array)
    #expect(payees.map { $0["payee"] } == ["ben", "raj"])
    #expect(payees.map { $0["difference"] } == ["50.00", "5.00"])
    #expect(payees[0]["before"] == "600.00" && payees[0]["after"] == "650.00")
    #expect(payees[0]["explanation"]?.array?.first?["amount"] == "50.00")
    #expect(answers[3]?["result"]?["run"]?["total"] == "1650.00", "nothing is kept of an estimate")
    #expect(answers[4]?["error"]?["code"]?.int == -32010, "the id is there already")
    #expect(answers[5]?["error"]?["message"]?.string?.contains("bem") == true)
    #expect(answers[6]?["error"]?["message"]?.string?.contains("did you mean `amount`?") == true)
    #expect(answers[7]?["error"]?["code"]?.int == -32602)
    #expect(answers[8]?["error"]?["code"]?.int == -32602)
  }

  @Test("rows and columns in a request stand for a table, and the folder for the others")
  func inlineData() throws {
    let folder = try TwoTeams.folder()
    let rows: JSONValue = [
      "rows": [["id": "X-1", "date": "2026-01-05", "owner": "ann", "amount": "10,000.00"]]
    ]
    let columns: JSONValue = [
      "columns": [
        "id": ["X-1", "X-2"], "date": ["2026-01-05", "2026-04-05"], "owner": ["ann", "cho"],
        "amount": ["100.00", 300],
      ]
    ]
    let answers = try session(
      folder,
      [
        ("data/open", ["plan": "plan-1", "tables": ["deals": columns]]),
        ("plan/run", ["plan": "plan-1", "data": "data-2"]),
        ("data/open", ["plan": "plan-1", "tables": ["deals": rows]]),
        ("plan/run", ["plan": "plan-1", "data": "data-3"]),
        ("data/open", ["plan": "plan-1", "tables": ["deels": rows]]),
        ("data/open", ["plan": "plan-1", "tables": ["deals": ["columns": ["id": ["a"], "date": []]]]]),
        ("session/close", ["id": "data-2"]), ("plan/run", ["plan": "plan-1", "data": "data-2"]),
        ("session/close", ["id": "data-2"]), ("plan/run", ["plan": "plan-1"]),
      ])
    #expect(answers[2]?["result"] == ["data": "data-2", "rows": ["deals": 2]])
    // 10.00 to ann, 30.00 to cho, 1.00 to mei and 3.00 to raj.
    #expect(answers[3]?["result"]?["run"]?["total"] == "44.00")
    #expect(answers[5]?["result"]?["run"]?["state"] == "incomplete", "10,000.00 is no plain number")
    #expect(
      answers[6]?["error"]?["message"]?.string == "the plan has no table `deels`; did you mean `deals`?")
    #expect(answers[7]?["error"]?["code"]?.int == -32602)
    #expect(answers[8]?["result"] == .null)
    #expect(answers[9]?["error"]?["code"]?.int == -32010)
    #expect(answers[10]?["error"]?["code"]?.int == -32602)
    #expect(answers[11]?["result"]?["run"]?["total"] == "1650.00")
  }

  // At 12 % ann gets 120.00, ben 720.00, cho 960.00: 20.00, 120.00 and 160.00 more.
  @Test("two plans are compared by who gets more and who less")
  func compare() throws {
    let folder = try TwoTeams.folder()
    let edited = TwoTeams.plan.replacing("rate: 10%", with: "rate: 12%")
    let other = try folder.write(edited, "other.yaml")
    let answers = try session(
      folder,
      [
        ("plan/compare", ["plan": "plan-1", "text": .string(edited)]),
        ("plan/compare", ["plan": "plan-1", "withPath": .string(other), "period": "2026-Q1"]),
        ("plan/compare", ["plan": "plan-1", "text": .string(edited), "limit": 1]),
        ("page/next", ["cursor": "1.1"]), ("page/next", ["cursor": "1.2"]), ("page/next", ["cursor": "1.3"]),
        ("plan/compare", ["plan": "plan-1"]),
      ])
    let all = try #require(answers[2]?["result"])
    #expect(all["difference"] == "300.00" && all["before"] == "1650.00" && all["after"] == "1950.00")
    #expect(all["better"] == 3 && all["worse"] == 0 && all["same"] == 2)
    #expect(all["changes"]?.array?.map { $0["payee"] } == ["cho", "ben", "ann"])
    #expect(answers[3]?["result"]?["difference"] == "60.00")
    #expect(answers[4]?["result"]?["cursor"] == "1.1" && answers[4]?["result"]?["changes"]?.array?.count == 1)
    #expect(answers[5]?["result"]?["changes"]?.array?.map { $0["payee"] } == ["ben"])
    #expect(answers[6]?["result"]?["changes"]?.array?.map { $0["payee"] } == ["ann"])
    #expect(answers[6]?["result"]?["cursor"] == nil)
    #expect(answers[7]?["error"]?["code"]?.int == -32602 && answers[8]?["error"]?["code"]?.int == -32602)
  }

  @Test("more requests than may wait are refused, and the others answered")
  func tooMany() throws {
    let folder = try TwoTeams.folder()
    let run: (String, JSONValue) = ("plan/run", ["plan": "plan-1"])
    let answers = try session(folder, Array(repeating: run, count: 400))
    let refused = answers.values.filter { $0["error"]?["code"]?.int == -32012 }.count
    #expect(answers.count == 401 && refused > 0 && refused <= 401 - 256)
    #expect(answers.values.filter { $0["result"] != nil }.count == 401 - refused)
  }

  @Test("answers are as the OpenRPC document says")
  func answersBySchema() throws {
    let folder = try TwoTeams.folder(faulty: true)
    let path = JSONValue.string(folder.path + "/plan.yaml")
    let deal: JSONValue = ["id": "D-9", "date": "2026-06-01", "owner": "ben", "amount": 500]
    let requests: [(String, JSONValue)] = [
      ("initialize", [:]), ("plan/open", ["path": path]),
      ("plan/check", ["path": path, "data": .string(folder.path)]),
      ("plan/check", ["text": "plan: x\ncurrency: US\n"]),
      ("plan/edit", ["plan": "plan-1", "text": .string(TwoTeams.plan)]), ("plan/run", ["plan": "plan-1"]),
      ("plan/run", ["plan": "plan-1", "limit": 2]), ("page/next", ["cursor": "1.2"]),
      ("plan/preview", ["plan": "plan-1"]), ("plan/explain", ["plan": "plan-1", "payee": "raj"]),
      ("plan/compare", ["plan": "plan-1", "text": .string(TwoTeams.plan.replacing("10%", with: "9%"))]),
      ("deal/estimate", ["plan": "plan-1", "deal": deal]),
      ("data/open", ["plan": "plan-1", "tables": ["deals": ["rows": [deal]]]]),
      ("session/close", ["id": "data-2"]), ("modules/list", [:]), ("schema/get", ["module": "commission"]),
      ("plan/test", ["path": .string(Project.path("Plans/quickstart/plan.test.yaml")), "junit": true]),
      (
        "plan/test",
        [
          "path": .string(Project.path("Plans/quickstart/plan.test.yaml")),
          "text": "tests: [{name: too much, expect: [{payee: ann, period: 2026-Q1, total: 9000}]}]",
        ]
      ),
      ("plan/test", ["path": "none.test.yaml", "text": "tests: [{nme: x}]"]),
      ("plan/schema", [:]), ("plan/schema", ["module": "commission"]),
      ("plan/diff", ["path": path, "text": .string(TwoTeams.plan.replacing("10%", with: "9%"))]),
      ("plan/format", ["path": path]), ("templates/list", [:]),
      ("plan/new", ["folder": .string(folder.path + "/new"), "template": "team"]),
      ("plan/run", ["plan": "plan-1", "out": .string(folder.path + "/out"), "trace": true, "payee": "ann"]),
      ("plan/explain", ["plan": "plan-1", "payee": "raj", "limit": 1]),
      ("page/next", ["cursor": "2.1"]),
      (
        "modules/set",
        [
          "path": path, "module": "commission", "enabled": false, "from": "2026-04-01", "reason": "a trial",
          "dryRun": true,
        ]
      ), ("rpc.discover", [:]), ("shutdown", [:]),
    ]
    let (answers, _) = try TwoTeams.session(["rpc"], requests)
    let pairs = requests.enumerated().map { index, request -> JSONValue in
      ["method": .string(request.0), "params": request.1, "answer": answers[index + 1] ?? .null]
    }
    let file = try folder.write(JSONValue.array(pairs).text(), "answers.json")
    let outcome = try Program.run(
      try #require(Program.python), [Project.path("Tests/Support/check_answers.py"), file])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
  }
}
