import Foundation
import JSONCore
import TestSupport
import Testing

/// Every method of the host, and every error that it says it answers, under every role.
@Suite struct MethodRoleTests {
  private static let roles = ["admin", "finance", "auditor", "manager:mei", "payee:ann"]

  /// A request, and the code that each of the roles is answered with: 0 for a result.
  private struct Case {
    let method: String
    let params: JSONValue
    let codes: [Int]

    init(_ method: String, _ params: JSONValue, _ codes: [Int]) {
      (self.method, self.params, self.codes) = (method, params, codes)
    }
  }

  // What each role gets: the same for all, for those who see everything, for those who write, for the admin.
  private static let forbidden = -32013
  private static func all(_ code: Int = 0) -> [Int] { [code, code, code, code, code] }
  private static func seeing(_ code: Int = 0) -> [Int] { [code, code, code, forbidden, forbidden] }
  private static func writing(_ code: Int = 0) -> [Int] { [code, code, forbidden, forbidden, forbidden] }
  private static func admin(_ code: Int = 0) -> [Int] { [code, forbidden, forbidden, forbidden, forbidden] }
  private static let (invalid, faulty, ended, cancelled, failed) = (-32602, -32010, -32002, -32800, -32603)

  /// The requests of a session, in order: `plan-1` and `plan-2` are the plan of the two teams.
  private static func cases(_ folder: String) -> [Case] {
    func path(_ name: String) -> JSONValue { .string(folder + "/" + name) }
    let deal: JSONValue = ["id": "D-9", "date": "2026-06-01", "owner": "ann", "amount": "500"]
    let known: JSONValue = ["id": "D-2", "date": "2026-06-01", "owner": "ann", "amount": "500"]
    let edited = JSONValue.string(TwoTeams.plan.replacing("rate: 10%", with: "rate: 12%"))
    let switched: JSONValue = ["module": "commission", "enabled": false, "from": "2026-04-01", "reason": "r"]
    func switching(_ key: String, _ value: JSONValue) -> JSONValue {
      var object = switched.object ?? JSONObject()
      object[key] = value
      return .object(object)
    }
    return [
      Case("plan/open", [:], all()), Case("plan/open", [:], all()),
      Case("plan/run", ["plan": "plan-1", "limit": 1], all()), Case("page/next", ["cursor": "1.1"], all()),
      Case("page/next", ["cursor": "1.99"], all(invalid)), Case("page/next", [:], all(invalid)),

      Case("initialize", [:], all()), Case("initialize", ["clint": "x"], all(invalid)),
      Case("plan/check", [:], seeing()), Case("plan/check", ["pth": "x"], seeing(invalid)),
      Case("plan/check", ["path": path("nowhere.yaml")], seeing(faulty)),
      Case("plan/open", ["text": edited], seeing()), Case("plan/open", ["path": 7], all(invalid)),
      Case("plan/open", ["path": path("broken.yaml")], seeing(faulty)),
      Case("plan/compare", ["plan": "plan-1", "with": "plan-2"], all()),
      Case("plan/compare", ["plan": "plan-1", "text": edited], seeing()),
      Case("plan/compare", ["plan": "plan-1", "with": "plan-2", "payee": "cho"], seeing()),
      Case("plan/compare", ["plan": "plan-1"], all(invalid)),
      Case("plan/compare", ["plan": "plan-1", "withPath": path("broken.yaml")], seeing(faulty)),
      Case("plan/diff", ["plan": "plan-1", "text": edited], seeing()),
      Case("plan/diff", ["plan": "plan-1"], seeing(invalid)),
      Case("plan/diff", ["plan": "plan-1", "withPath": path("broken.yaml")], seeing(faulty)),
      Case("plan/edit", ["plan": "plan-2", "text": edited], writing()),
      Case("plan/edit", ["plan": "plan-2"], writing(invalid)),
      Case("plan/edit", ["plan": "plan-2", "text": "plan: x\n"], writing(faulty)),
      Case("data/open", ["plan": "plan-1", "tables": ["deals": ["rows": [deal]]]], seeing()),
      Case("data/open", ["plan": "plan-1", "tables": ["deels": [:]]], seeing(invalid)),
      Case("data/open", ["path": path("broken.yaml")], seeing(faulty)),
      Case("session/close", ["id": "plan-9"], all(invalid)), Case("session/close", ["id": "plan-2"], all()),

      Case("plan/run", ["plan": "plan-1", "payee": "ben"], [0, 0, 0, 0, forbidden]),
      Case("plan/run", ["plan": "plan-1", "payee": "cho"], seeing()),
      Case("plan/run", ["plan": "plan-1", "payee": "zoe"], seeing(invalid)),
      Case("plan/run", ["plan": "plan-1", "period": "2027-Q1"], all(invalid)),
      Case("plan/run", ["plan": "plan-1", "limit": 0], all(invalid)),
      Case("plan/run", ["plan": "plan-1", "data": .string(folder)], seeing()),
      Case("plan/run", ["plan": "plan-1", "out": path("out")], writing()),
      Case("plan/run", ["plan": "plan-1", "out": path("out"), "trace": true], writing()),
      Case("plan/run", ["plan": "plan-1", "trace": true], all(invalid)),
      Case("plan/run", ["path": path("broken.yaml")], seeing(faulty)),
      Case("plan/preview", ["plan": "plan-1"], all()),
      Case("plan/preview", ["plan": "plan-1", "payee": "cho"], seeing()),
      Case("plan/preview", ["plan": "plan-1", "asOf": "May"], all(invalid)),
      Case("plan/preview", ["path": path("broken.yaml")], seeing(faulty)),
      Case("plan/explain", ["plan": "plan-1", "payee": "ann"], all()),
      Case("plan/explain", ["plan": "plan-1", "payee": "cho"], seeing()),
      Case(
        "plan/explain", ["plan": "plan-1", "payee": "ben", "period": "2026-Q2"],
        [0, 0, 0, forbidden, forbidden]),
      Case("plan/explain", ["plan": "plan-1"], all(invalid)),
      Case("plan/explain", ["plan": "plan-1", "payee": "ann", "transaction": "D-77"], all(faulty)),
      Case("deal/estimate", ["plan": "plan-1", "deal": deal], all()),
      Case("deal/estimate", ["plan": "plan-1"], all(invalid)),
      Case("deal/estimate", ["plan": "plan-1", "deal": known], all(faulty)),
      Case("deal/estimate", ["plan": "plan-1", "deal": deal, "data": .string(folder)], seeing()),

      Case("plan/test", ["path": .string(folder)], seeing()),
      Case("plan/test", [:], seeing(invalid)), Case("plan/test", ["path": "nowhere"], seeing(faulty)),
      Case("plan/schema", [:], all()), Case("plan/schema", ["module": "bonus"], all()),
      Case("plan/schema", ["module": "bnous"], all(invalid)),
      Case("plan/schema", ["module": "mute"], all(faulty)),
      Case("templates/list", [:], all()), Case("templates/list", ["a": 1], all(invalid)),
      Case("plan/new", ["folder": path("new")], writing()),
      Case("plan/new", ["folder": path("new"), "template": "x"], writing(invalid)),
      Case("plan/new", ["folder": .string(folder)], writing(faulty)),
      Case("plan/format", [:], seeing()), Case("plan/format", ["write": 1], seeing(invalid)),
      Case("plan/format", ["text": "a: ["], seeing(faulty)),
      Case("plan/format", ["path": path("plan.yaml"), "write": true], writing()),
      Case("modules/list", [:], all()), Case("modules/list", ["a": 1], all(invalid)),
      Case("schema/get", ["module": "commission"], all()), Case("schema/get", [:], all(invalid)),
      Case("schema/get", ["module": "mute"], all(failed)),
      Case("rpc.discover", [:], all()), Case("rpc.discover", ["a": 1], all(invalid)),
      Case("modules/set", switching("dryRun", true), admin()), Case("modules/set", switched, admin()),
      Case("modules/set", switching("from", "May"), admin(invalid)),
      Case("modules/set", switching("path", path("broken.yaml")), admin(faulty)),
      Case("shutdown", ["a": 1], all(invalid)), Case("shutdown", [:], all()),
    ]
  }

  /// The two teams, a plan with faults, a file of tests, and a module that does not answer.
  private func folder() throws -> TemporaryFolder {
    let folder = try TwoTeams.folder()
    _ = try folder.write("plan: x\n", "broken.yaml")
    let test = "tests: [{name: ann, expect: [{payee: ann, period: 2026-Q1, total: 100}]}]\n"
    _ = try folder.write(test, "plan.test.yaml")
    _ = try folder.write(
      #"{"id": "mute", "version": "1", "protocol": {"min": 1, "max": 1}, "executable": "true.sh", "summary": "says nothing"}"#,
      "modules/mute/module.json")
    let program = try folder.write("#!/bin/sh\nexit 0\n", "modules/mute/true.sh")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    return folder
  }

  private func session(
    _ role: String, _ folder: TemporaryFolder, _ requests: [(String, JSONValue)], cancels: Bool = false
  ) throws -> [Int: JSONValue] {
    let taking = requests.indices.dropFirst().map { index -> (Int, JSONValue) in
      (index + 1, ["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": .number(index + 1)]])
    }
    return try HostSession.answers(
      ["rpc", "--as", role, "--plan", folder.path + "/plan.yaml"], requests,
      after: cancels ? Dictionary(uniqueKeysWithValues: taking) : [:], modules: folder.path + "/modules"
    ).answers
  }

  /// The methods, and the codes that each says it answers.
  private func methods() throws -> [String: [Int]] {
    let (answers, _) = try TwoTeams.session(["rpc"], [("rpc.discover", [:])])
    var methods: [String: [Int]] = [:]
    for method in answers[1]?["result"]?["methods"]?.array ?? [] {
      methods[method["name"]?.string ?? ""] = method["errors"]?.array?.compactMap { $0["code"]?.int }
    }
    return methods
  }

  @Test("every method answers every role as it may be answered", arguments: roles)
  func answers(role: String) throws {
    let folder = try folder()
    let cases = Self.cases(folder.path)
    let place = try #require(Self.roles.firstIndex(of: role))
    let later = try methods().keys.sorted().filter { $0 != "exit" }.map { ($0, [:] as JSONValue) }
    let answers = try session(role, folder, cases.map { ($0.method, $0.params) } + later)
    for (index, row) in cases.enumerated() {
      let code = answers[index + 1]?["error"]?["code"]?.int ?? 0
      #expect(
        answers[index + 1] != nil && code == row.codes[place],
        "\(row.method) \(row.params.text()): \(answers[index + 1]?.text().prefix(300) ?? "no answer")")
    }
    for (index, request) in later.enumerated() {
      let answer = answers[cases.count + index + 1]
      #expect(answer?["error"]?["code"]?.int == Self.ended, "\(request.0) after shutdown")
    }
    // What tells nothing of people may hold any figure.
    let general = ["plan/schema", "schema/get", "rpc.discover", "templates/list"]
    let told = cases.enumerated().filter { !general.contains($0.element.method) }
      .map { answers[$0.offset + 1]?.text() ?? "" }.joined()
    let words =
      switch role {
      case "payee:ann":
        ["Ortiz", "Tanaka", "Okafor", "Zhang", "D-3", "D-4", "deals.csv", "200.00", "800.00", "1650"]
      case "manager:mei": ["Tanaka", "Okafor", "D-3", "D-4", "deals.csv", "400.00", "800.00", "1650"]
      default: [String]()
      }
    for word in words { #expect(!told.contains(word), "`\(word)` is told to \(role)") }
  }

  @Test("no method, and no error that one says it answers, goes without such a test")
  func covered() throws {
    let cases = Self.cases("")
    for (method, codes) in try methods() {
      let own = cases.filter { $0.method == method }
      #expect(own.contains { $0.codes.contains(0) }, "\(method) has no test of who may call it")
      // Those after `shutdown`, and those of requests that are taken back, have tests for all methods.
      for code in codes where code != Self.ended && code != Self.cancelled {
        #expect(own.contains { $0.codes.contains(code) }, "\(method) has no test of its error \(code)")
      }
      for row in own {
        for code in row.codes where code != 0 {
          #expect(codes.contains(code), "\(method) does not say that it answers \(code)")
        }
      }
    }
  }

  @Test("every request can be taken back while it waits", arguments: ["admin", "payee:ann"])
  func cancelled(role: String) throws {
    let folder = try folder()
    let names = try methods().keys.sorted().filter { $0 != "plan/open" }
    let answers = try session(
      role, folder, [("plan/open", [:])] + names.map { ($0, [:] as JSONValue) }, cancels: true)
    for (index, name) in names.enumerated() {
      #expect(answers[index + 2]?["error"]?["code"]?.int == Self.cancelled, "\(name)")
    }
  }
}
