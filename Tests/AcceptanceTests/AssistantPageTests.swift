import Foundation
import JSONCore
import TestSupport
import Testing

/// Long answers of `incentive mcp`: what is left out of one comes with its cursor.
@Suite struct AssistantPageTests {
  /// A session in which each call is made of what the answers before it said.
  private func session(_ folder: TemporaryFolder, _ calls: JSONValue) throws -> JSONValue {
    let script = """
      import json, subprocess, sys
      host = subprocess.Popen([sys.argv[1], "mcp", "--plan", sys.argv[2]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
      count = 0
      def send(method, params):
          global count
          count += 1
          meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}
          message = {"jsonrpc": "2.0", "id": count, "method": method, "params": {**params, "_meta": meta}}
          host.stdin.write((json.dumps(message) + "\\n").encode()); host.stdin.flush()
          while True:
              answer = json.loads(host.stdout.readline())
              if answer.get("id") == count: return answer["result"]
      import jsonschema
      schemas = {tool["name"]: tool["outputSchema"] for tool in send("tools/list", {})["tools"]}
      def call(tool, arguments):
          answer = send("tools/call", {"name": tool, "arguments": arguments})
          assert not answer["isError"], answer
          jsonschema.Draft202012Validator(schemas[tool]).validate(answer["structuredContent"])
          assert len(answer["content"][0]["text"]) <= 20200, len(answer["content"][0]["text"])
          return answer
      def parts(tool, node):
          "All parts of a figure, by its cursors."
          found, cursor = list(node.get("children", [])), node.get("childrenCursor")
          while cursor:
              page = call(tool, {"cursor": cursor})["structuredContent"]
              found += page["children"]
              cursor = page.get("cursor")
          return found
      def text(tool, answer):
          "All lines of an answer, by the cursors that it ends with."
          lines = answer["content"][0]["text"].split("\\n")
          while lines[-1].startswith("… there is more"):
              more = call(tool, {"cursor": lines.pop().split()[-1]})
              lines += more["content"][0]["text"].split("\\n")
          return lines
      """
    let outcome = try Program.run(
      try #require(Program.python),
      [
        "-c", script + "\n" + (calls.string ?? ""), Project.program("incentive"), folder.path + "/plan.yaml",
      ])
    #expect(outcome.code == 0, "\(outcome.errors.suffix(2000))")
    return try JSONValue(parsing: outcome.output)
  }

  // 70 deals of 100.00, 101.00 … 169.00 at 10 %: 10.00 + 10.10 + … + 16.90 = 941.50.
  private func manyDeals() throws -> TemporaryFolder {
    let folder = try TwoTeams.folder()
    let rows = (0..<70).map { "D-\($0),2026-02-10,ann,\(100 + $0).00\n" }.joined()
    _ = try folder.write("id,date,owner,amount\n" + rows, "deals.csv")
    return folder
  }

  @Test("the parts of a figure that are left out come by its cursor, to the last one")
  func parts() throws {
    let found = try session(
      try manyDeals(),
      """
      from decimal import Decimal
      answer = call("explain_payout", {"payee": "ann", "period": "2026-Q1"})["structuredContent"]
      root = answer["derivations"][0]
      commission = parts("explain_payout", root)[0]
      deals = parts("explain_payout", commission)
      print(json.dumps({"total": root["amount"], "left": commission.get("childrenLeftOut", 0),
                        "shown": len(commission["children"]), "all": len(deals),
                        "different": len({deal["title"] for deal in deals}),
                        "sum": str(sum(Decimal(deal["amount"]) for deal in deals))}))
      """)
    #expect(found["total"] == "941.50" && found["sum"] == "941.50")
    #expect(found["all"] == 70 && found["different"] == 70)
    #expect((found["shown"]?.int ?? 99) <= 25)
    #expect((found["left"]?.int ?? 0) + (found["shown"]?.int ?? 0) == 70)
  }

  @Test("a text that is cut goes on by the cursor that it ends with, and loses nothing")
  func text() throws {
    let found = try session(
      try manyDeals(),
      """
      answer = call("module_schema", {"module": "commission"})
      lines = text("module_schema", answer)
      def count(value):
          if isinstance(value, dict): return sum(count(item) for item in value.values())
          if isinstance(value, list): return sum(count(item) for item in value)
          return 1
      descriptions = []
      def walk(value):
          if isinstance(value, dict):
              if isinstance(value.get("description"), str): descriptions.append(value["description"])
              for item in value.values(): walk(item)
          if isinstance(value, list):
              for item in value: walk(item)
      walk(answer["structuredContent"]["schema"])
      whole = "\\n".join(lines)
      print(json.dumps({"cut": len(whole) > len(answer["content"][0]["text"]), "count": len(descriptions),
                        "missing": [words for words in descriptions if words not in whole]}))
      """)
    #expect(found["cut"] == true && found["missing"] == [] && (found["count"]?.int ?? 0) > 60)
  }

  @Test("pages of statements, and of faults, are followed to the end")
  func lists() throws {
    let folder = try TwoTeams.folder()
    let rows = (0..<300).map { "D-\($0),2026-02-10,ann,x\($0)\n" }.joined()
    _ = try folder.write("id,date,owner,amount\n" + rows, "deals.csv")
    let people = (0..<40).map { "p\($0),Person \($0),West\n" }.joined()
    _ = try folder.write(
      "id,name,team\nmei,Mei,West\nraj,Raj,East\nann,Ann,West\nben,Ben,West\ncho,Cho,East\n" + people,
      "people.csv")
    let found = try session(
      folder,
      """
      def every(tool, arguments, name):
          found, pages = [], 0
          while True:
              page = call(tool, arguments)["structuredContent"]
              found += page[name]
              pages += 1
              if "cursor" not in page: return len(found), page["count"], pages
              arguments = {"cursor": page["cursor"]}
      print(json.dumps({"faults": every("validate_plan", {"data": sys.argv[2].rsplit("/", 1)[0]}, "diagnostics"),
                        "statements": every("preview_payouts", {"period": "2026-Q1"}, "statements")}))
      """)
    #expect(found["faults"]?.array?.prefix(2) == [300, 300] && (found["faults"]?.array?[2].int ?? 0) > 5)
    #expect(found["statements"]?.array?.prefix(2) == [45, 45])
  }
}
