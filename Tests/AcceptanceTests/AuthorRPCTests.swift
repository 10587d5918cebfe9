import Foundation
import JSONCore
import TestSupport
import Testing

/// What programs can ask the host for authors of plans.
@Suite struct AuthorRPCTests {
  private func answers(_ requests: [(String, JSONValue)]) throws -> [JSONValue] {
    let lines = requests.enumerated().map { index, request in
      let message: JSONValue = [
        "jsonrpc": "2.0", "id": .number(index + 1), "method": .string(request.0), "params": request.1,
      ]
      return message.text() + "\n"
    }
    let outcome = try Program.incentive(["rpc"], input: lines.joined())
    #expect(outcome.code == 0)
    return try outcome.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      .filter { $0["id"] != nil }
  }

  @Test("plan tests are run from their file, and from a text that stands for it")
  func tests() throws {
    let text = "tests: [{name: too much, expect: [{payee: ann, period: 2026-Q1, total: 9000}]}]\n"
    let answers = try answers([
      ("plan/test", ["path": "Plans/quickstart/plan.test.yaml"]),
      ("plan/test", ["path": "Plans/quickstart/plan.test.yaml", "text": .string(text)]),
      ("plan/test", ["path": "Plans/quickstart/none.test.yaml"]), ("plan/test", [:]),
    ])
    #expect(answers[0]["result"]?["passed"] == true)
    let failure = answers[1]["result"]?["files"]?.array?.first?["tests"]?.array?.first?["failures"]?.array?
      .first
    #expect(answers[1]["result"]?["passed"] == false && failure?["found"] == "8144.20")
    #expect(answers[2]["error"]?["code"]?.int == -32010)
    #expect(answers[3]["error"]?["code"]?.int == -32602)
  }

  @Test("the schema is the one that the command writes")
  func schema() throws {
    let answer = try answers([("plan/schema", [:])])[0]
    let written = try Program.incentive("schema")
    #expect(try answer["result"]?["schema"] == JSONValue(parsing: written.output))
  }

  @Test("a period and a transaction exclude each other in an explanation")
  func explain() throws {
    let answers = try answers([
      ("plan/open", ["path": "Plans/quickstart/plan.yaml"]),
      ("plan/explain", ["plan": "plan-1", "payee": "ben", "period": "2026-Q1", "transaction": "D-103"]),
    ])
    #expect(answers[1]["error"]?["code"]?.int == -32602)
  }
}
