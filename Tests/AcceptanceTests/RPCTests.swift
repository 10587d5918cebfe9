import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive rpc` as a program sees it.
@Suite struct RPCTests {
  /// The answers to these requests by id, and the notifications.
  private func session(_ requests: [(String, JSONValue)]) throws -> (
    answers: [Int: JSONValue], notes: [JSONValue]
  ) {
    let lines = requests.enumerated().map { index, request in
      let message: JSONValue = [
        "jsonrpc": "2.0", "id": .number(index + 1), "method": .string(request.0), "params": request.1,
      ]
      return message.text()
    }
    let outcome = try Program.incentive(["rpc"], input: lines.joined(separator: "\n") + "\n")
    #expect(outcome.code == 0)
    var answers: [Int: JSONValue] = [:]
    var notes: [JSONValue] = []
    for line in outcome.output.split(separator: "\n") {
      let value = try JSONValue(parsing: String(line))
      if let id = value["id"]?.int { answers[id] = value } else { notes.append(value) }
    }
    return (answers, notes)
  }

  @Test("a plan is opened, run and explained in one session")
  func wholeSession() throws {
    let (answers, notes) = try session([
      ("initialize", ["client": "test"]), ("plan/open", ["path": "Plans/quickstart/plan.yaml"]),
      ("plan/run", ["plan": "plan-1", "payee": "ben"]),
      ("plan/explain", ["plan": "plan-1", "payee": "ben", "period": "2026-Q1"]),
      ("modules/list", [:]), ("shutdown", [:]), ("plan/check", ["path": "Plans/quickstart/plan.yaml"]),
    ])
    #expect(answers[1]?["result"]?["name"] == "incentive")
    #expect(answers[2]?["result"]?["periods"] == ["2026-Q1", "2026-Q2"])
    let statements = try #require(answers[3]?["result"]?["statements"]?.array)
    #expect(statements.map { $0["total"] } == ["1750.80", "10147.86"])
    #expect(answers[3]?["result"]?["run"]?["state"] == "complete")
    #expect(answers[4]?["result"]?["derivations"]?.array?.first?["amount"] == "1750.80")
    #expect(
      answers[5]?["result"]?["modules"]?.array?.contains {
        $0["id"] == "commission" && $0["health"] == "ready"
      } == true)
    #expect(answers[6]?["result"] == .null)
    #expect(answers[7]?["error"]?["code"]?.int == -32002)
    #expect(
      notes.contains {
        $0["method"] == "$/progress" && $0["params"]?["stage"] == "computing" && $0["params"]?["id"] != nil
      })
  }

  // Mei's team sold 157,105.01 and 89,349.50 in the two quarters: at 2 % that is 3,142.1002 and 1,786.99.
  @Test("an edited rate computes its component anew, and nothing else")
  func edit() throws {
    let path = Project.path("Plans/quickstart/plan.yaml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let edited = "# a line more\n" + text.replacing("rate: 1%\n", with: "rate: 2%\n")
    let (answers, _) = try session([
      ("plan/open", ["path": .string(path)]), ("plan/run", ["plan": "plan-1", "payee": "mei"]),
      ("plan/edit", ["plan": "plan-1", "text": .string(edited)]),
      ("plan/run", ["plan": "plan-1", "payee": "mei"]), ("plan/run", ["plan": "plan-1", "payee": "mei"]),
      ("plan/edit", ["plan": "plan-1", "text": "plan: x\n"]), ("plan/run", ["plan": "plan-1"]),
      ("plan/edit", ["plan": "plan-1", "text": .string(text)]),
      ("plan/run", ["plan": "plan-1", "payee": "mei"]),
    ])
    func totals(_ id: Int) -> [JSONValue?]? {
      answers[id]?["result"]?["statements"]?.array?.map { $0["total"] }
    }
    #expect(totals(2) == ["1571.05", "893.50"])
    #expect(answers[2]?["result"]?["stages"] == ["computed": 7, "takenOver": 0])
    #expect(totals(4) == ["3142.10", "1786.99"])
    #expect(answers[4]?["result"]?["stages"] == ["computed": 1, "takenOver": 6])
    #expect(answers[5]?["result"]?["stages"] == ["computed": 0, "takenOver": 7])
    #expect(answers[6]?["error"]?["code"]?.int == -32010 && answers[7]?["error"]?["code"]?.int == -32010)
    #expect(totals(9) == ["1571.05", "893.50"])
    #expect(answers[9]?["result"]?["stages"] == ["computed": 1, "takenOver": 6])
  }

  @Test("faults come back as data, with their places")
  func faults() throws {
    let (answers, _) = try session([
      ("plan/check", ["text": "plan: x\ncurrency: US\n"]), ("plan/open", ["text": "plan: x\n"]),
      ("plan/run", ["plan": "plan-9"]),
      ("plan/check", ["pth": "x"]), ("plan/check", [:]), ("no/such", [:]),
      ("plan/check", ["path": "nowhere.yaml"]), ("plan/check", ["plan.yaml"]),
    ])
    let first = try #require(answers[1]?["result"]?["diagnostics"]?.array)
    #expect(first.contains { $0["code"] == "wrong-value" && $0["location"]?["line"]?.int == 2 })
    #expect(
      answers[2]?["error"]?["code"]?.int == -32010 && answers[2]?["error"]?["data"]?.array?.isEmpty == false)
    #expect(answers[3]?["error"]?["code"]?.int == -32602)
    #expect(answers[4]?["error"]?["message"]?.string?.contains("`pth`") == true)
    #expect(answers[5]?["error"]?["code"]?.int == -32602)
    #expect(answers[6]?["error"]?["code"]?.int == -32601)
    #expect(answers[7]?["error"]?["code"]?.int == -32010)
    #expect(
      answers[8]?["error"]?["message"]?.string
        == "the parameters of `plan/check` go by name, not by place: write an object, like {\"path\": …}")
  }

  @Test("a run that comes to nothing says so in its folder")
  func failedRun() throws {
    let folder = try TemporaryFolder()
    let (answers, _) = try session([
      ("plan/open", ["path": .string(Project.path("Plans/quickstart/plan.yaml"))]),
      ("plan/run", ["plan": "plan-1", "data": .string(folder.path), "out": .string(folder.path + "/out")]),
    ])
    #expect(answers[2]?["error"]?["data"]?.array?.count == 5, "every file that is missing is told")
    let run = try String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8)
    #expect(try JSONValue(parsing: run)["state"] == "failed")
  }

  @Test("a request that was cancelled is not run")
  func cancel() throws {
    let requests = [
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"plan/open\",\"params\":{\"path\":\"Plans/quickstart/plan.yaml\"}}",
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"plan/run\",\"params\":{\"plan\":\"plan-1\"}}",
      "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":2}}",
    ]
    let outcome = try Program.incentive(["rpc"], input: requests.joined(separator: "\n") + "\n")
    #expect(outcome.output.contains("\"id\":2,\"error\":{\"code\":-32800"), "\(outcome.output)")
  }

  @Test("the OpenRPC document holds by its meta-schema and names every method")
  func discover() throws {
    let (answers, _) = try session([("rpc.discover", [:]), ("initialize", [:])])
    let document = try #require(answers[1]?["result"])
    #expect(
      document["methods"]?.array?.map { $0["name"] } == answers[2]?["result"]?["methods"]?.array?.map { $0 })
    let notifications = document["x-notifications"]?.array?.compactMap { $0["name"]?.string }
    #expect(notifications == ["exit", "$/cancelRequest", "$/progress"])
    let folder = try TemporaryFolder()
    let file = try folder.write(document.text(), "openrpc.json")
    let python = try #require(Program.python)
    let outcome = try Program.run(python, [Project.path("Tests/Support/check_openrpc.py"), file])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test("the schema of the commission's terms is a schema, in Swift and in Python the same")
  func configSchema() throws {
    let source = try Project.text("Plugins/Commission/ConfigSchema.swift")
    let start = try #require(source.range(of: "#\"\"\"\n")), end = try #require(source.range(of: "\"\"\"#"))
    let text = String(source[start.upperBound..<end.lowerBound])
    let schema = try Project.text("Docs/Examples/commission-python/config.schema.json")
    #expect(try JSONValue(parsing: text) == JSONValue(parsing: schema))
    let outcome = try Program.run(
      try #require(Program.python),
      [
        "-c",
        "import json,sys,jsonschema; jsonschema.Draft202012Validator.check_schema(json.load(open(sys.argv[1])))",
        Project.path("Docs/Examples/commission-python/config.schema.json"),
      ])
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test("a host whose input closes is gone at once, and its modules with it")
  func endOfInput() throws {
    let script = """
      import os, subprocess, sys, time
      host = subprocess.Popen([sys.argv[1], "rpc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
      host.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"plan/open","params":{"path":"Plans/quickstart/plan.yaml"}}\\n')
      host.stdin.flush()
      host.stdout.readline()
      children = [int(c) for t in os.listdir(f"/proc/{host.pid}/task")
                  for c in open(f"/proc/{host.pid}/task/{t}/children").read().split()]
      assert children, "no module is running"
      begin = time.monotonic()
      \(#"host.stdin.close() if sys.argv[2] == "close" else host.kill()"#)
      host.wait(5)
      took = time.monotonic() - begin
      def alive(pid):
          try: return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] != "Z"
          except OSError: return False
      while any(map(alive, children)) and time.monotonic() - begin < 5: time.sleep(0.05)
      left = [c for c in children if alive(c)]
      assert took < 3 and not left, (took, left)
      """
    for way in ["close", "kill"] {
      let outcome = try Program.run(
        try #require(Program.python), ["-c", script, Project.program("incentive"), way])
      #expect(outcome.code == 0, "\(way): \(outcome.errors)")
    }
  }
}
