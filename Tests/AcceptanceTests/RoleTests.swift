import Foundation
import JSONCore
import TestSupport
import Testing

/// What `incentive rpc --as ROLE` shows to whom.
@Suite struct RoleTests {
  private func session(
    _ role: String, _ folder: TemporaryFolder, _ requests: [(String, JSONValue)]
  ) throws -> (answers: [Int: JSONValue], output: String) {
    try TwoTeams.session(["rpc", "--as", role, "--plan", folder.path + "/plan.yaml"], requests)
  }

  @Test(
    "each role sees its own figures, and totals of those alone",
    arguments: [
      ("admin", 10, "1650.00"), ("finance", 10, "1650.00"), ("auditor", 10, "1650.00"),
      // ben was in her team in the first quarter only.
      ("manager:mei", 5, "330.00"), ("manager:raj", 5, "1320.00"), ("payee:ben", 2, "600.00"),
      ("payee:raj", 2, "120.00"),
    ])
  func figures(role: String, rows: Int, total: String) throws {
    let folder = try TwoTeams.folder()
    let (answers, _) = try session(role, folder, [("plan/open", [:]), ("plan/run", ["plan": "plan-1"])])
    #expect(answers[2]?["result"]?["statements"]?.array?.count == rows)
    #expect(answers[2]?["result"]?["count"]?.int == rows)
    #expect(answers[2]?["result"]?["run"]?["total"]?.string == total)
  }

  @Test("a manager sees people in the periods in which they are in the team")
  func dated() throws {
    let folder = try TwoTeams.folder()
    let (answers, output) = try session(
      "manager:mei", folder,
      [
        ("plan/explain", ["payee": "ben", "period": "2026-Q1"]),
        ("plan/explain", ["payee": "ben", "period": "2026-Q2"]), ("plan/explain", ["payee": "ben"]),
        ("plan/explain", ["payee": "ben", "transaction": "D-2"]), ("plan/explain", ["payee": "cho"]),
        ("plan/preview", ["period": "2026-Q2", "payee": "ben"]),
        ("plan/run", ["asOf": "2026-04-10"]),
      ])
    #expect(answers[1]?["result"]?["derivations"]?.array?.first?["amount"] == "200.00")
    #expect(answers[2]?["error"]?["code"]?.int == -32013)
    #expect(answers[3]?["result"]?["count"] == 1, "the first quarter alone")
    #expect(answers[4]?["error"]?["code"]?.int == -32013)
    #expect(answers[5]?["error"]?["code"]?.int == -32013)
    #expect(answers[6]?["result"]?["statements"] == [])
    #expect(answers[7]?["result"]?["run"]?["total"] == "330.00")
    #expect(!output.contains("400.00") && !output.contains("Raj") && !output.contains("Tanaka"))
  }

  @Test("nothing of others comes out of any method or error", arguments: [false, true])
  func leaks(faulty: Bool) throws {
    let folder = try TwoTeams.folder(faulty: faulty)
    let path = JSONValue.string(folder.path + "/plan.yaml")
    let out = folder.path + "/out"
    let deal: JSONValue = ["id": "D-9", "date": "2026-06-01", "owner": "ann", "amount": "500"]
    let (answers, output) = try session(
      "payee:ann", folder,
      [
        ("initialize", [:]), ("plan/open", [:]), ("plan/run", ["plan": "plan-2"]), ("plan/preview", [:]),
        ("plan/run", ["out": .string(out)]), ("plan/run", ["payee": "ben"]), ("plan/run", ["payee": "bem"]),
        ("plan/run", ["data": .string(folder.path)]), ("plan/run", ["period": "2027-Q1"]),
        ("plan/explain", ["payee": "ann"]), ("plan/explain", ["payee": "ben"]),
        ("plan/explain", ["payee": "ann", "transaction": "D-2"]), ("plan/check", ["path": path]),
        ("plan/open", ["text": .string(TwoTeams.plan)]), ("plan/open", ["path": "/etc/hostname"]),
        ("plan/edit", ["plan": "plan-1", "text": "plan: x"]), ("data/open", ["path": path]),
        ("plan/compare", ["withPath": path]), ("plan/compare", ["text": .string(TwoTeams.plan)]),
        ("plan/compare", ["withPath": path, "payee": "ben"]), ("deal/estimate", ["deal": deal]),
        ("deal/estimate", ["deal": ["id": "D-2", "date": "2026-06-01", "owner": "ann", "amount": "500"]]),
        ("deal/estimate", ["deal": ["id": "D-9", "date": "2026-06-01", "owner": "ben", "amount": "500"]]),
        ("deal/estimate", ["deal": ["id": "D-9", "date": "2026-06-01", "owner": "nn", "amount": "500"]]),
        ("deal/estimate", ["deal": ["nme": "x"], "table": "people"]), ("page/next", ["cursor": "1.0"]),
        ("modules/list", [:]), ("plan/run", ["asOf": "2026-05-10"]),
        ("plan/run", ["plan": "plan-1", "limit": 1]),
      ])
    // The folder has a random name, in which `D-4` may occur.
    let told = output.replacing(folder.path, with: "")
    for word in [
      "Ortiz", "Tanaka", "Okafor", "Zhang", "seven", "D-3", "D-4", "deals.csv", "2000", "4000", "8000",
      "200.00", "400.00", "800.00", "30.00", "120.00", "1650", "rejected",
    ] {
      #expect(!told.contains(word), "`\(word)` is told")
    }
    #expect(!FileManager.default.fileExists(atPath: out), "a payee writes no files")
    for id in [5, 6, 7, 8, 11, 13, 14, 15, 16, 17, 19, 20] {
      #expect(answers[id]?["error"]?["code"]?.int == -32013, "request \(id)")
    }
    // Somebody who is there, and somebody who is not, are answered the same.
    let known = answers[6]?["error"]?["message"]?.string?.replacing("ben", with: "bem")
    #expect(known == answers[7]?["error"]?["message"]?.string)
    #expect(answers[4]?["result"]?["state"]?.string == (faulty ? "incomplete" : "complete"))
    #expect(answers[10]?["result"]?["derivations"]?.array?.first?["amount"] == "100.00")
    #expect(answers[21]?["result"]?["adds"] == "50.00")
    #expect(answers[22]?["error"]?["data"]?.array?.first?["message"] == "the row cannot be used")
    #expect(answers[23]?["result"]?["payees"] == [], "the pay that ben would get is not shown")
  }

  @Test("the auditor sees all and changes nothing")
  func auditor() throws {
    let folder = try TwoTeams.folder()
    let path = JSONValue.string(folder.path + "/plan.yaml")
    let out = folder.path + "/out"
    let (answers, _) = try session(
      "auditor", folder,
      [
        ("plan/check", ["path": path]), ("plan/open", [:]),
        ("plan/edit", ["plan": "plan-1", "text": .string(TwoTeams.plan)]),
        ("plan/run", ["out": .string(out)]), ("plan/explain", ["payee": "cho", "period": "2026-Q2"]),
      ])
    #expect(answers[1]?["result"] == ["diagnostics": [], "count": 0])
    #expect(answers[3]?["error"]?["code"]?.int == -32013 && answers[4]?["error"]?["code"]?.int == -32013)
    #expect(answers[5]?["result"]?["derivations"]?.array?.first?["amount"] == "800.00")
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("modules are switched by admins alone")
  func switching() throws {
    for role in ["finance", "auditor", "manager:mei", "payee:ann", "admin"] {
      let folder = try TwoTeams.folder()
      let request: JSONValue = [
        "path": .string(folder.path + "/plan.yaml"), "module": "commission", "enabled": false,
        "from": "2026-04-01", "reason": "a trial",
      ]
      let (answers, _) = try session(role, folder, [("modules/set", request)])
      let text = try String(contentsOfFile: folder.path + "/plan.yaml", encoding: .utf8)
      #expect((answers[1]?["error"]?["code"]?.int == -32013) == (role != "admin"), "\(role)")
      #expect((text == TwoTeams.plan) == (role != "admin"), "\(role)")
    }
  }

  @Test("finance writes the files of a run")
  func finance() throws {
    let folder = try TwoTeams.folder()
    let out = folder.path + "/out"
    let (answers, _) = try session("finance", folder, [("plan/run", ["out": .string(out)])])
    #expect(answers[1]?["result"]?["run"]?["state"] == "complete")
    #expect(FileManager.default.fileExists(atPath: out + "/statements.csv"))
  }

  @Test("roles that there are not, and those without a plan, are refused at the start")
  func start() throws {
    for (arguments, words) in [
      (["rpc", "--as", "boss"], "is no role"), (["rpc", "--as", "payee:"], "is no role"),
      (["rpc", "--as", "payee:ann"], "name them with --plan"),
      (["mcp", "--as", "manager:mei"], "name them with --plan"),
    ] {
      let outcome = try Program.incentive(arguments)
      #expect(outcome.code == 2 && outcome.errors.contains(words), "\(outcome.errors)")
    }
    let folder = try TwoTeams.folder()
    let (answers, _) = try session("payee:zoe", folder, [("plan/run", [:])])
    #expect(answers[1]?["error"]?["code"]?.int == -32013)
  }
}
