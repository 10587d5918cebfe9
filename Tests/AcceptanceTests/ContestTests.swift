import Foundation
import TestSupport
import Testing

/// Contests, held against a second computation in another language.
@Suite struct ContestTests {
  @Test("random contests pay what a second computation in fractions says, and keep their budgets")
  func reference() throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [
        Project.path("Tests/Support/contests_reference.py"), "1500", "--",
        Project.program("incentive-contests"),
      ])
    #expect(outcome.code == 0 && outcome.output == "1500 contests, 0 differ\n", "\(outcome.output)")
  }

  @Test("the replay of a raffle in the plan reference names those who won")
  func replay() throws {
    let blocks = try Markdown(path: "Docs/PlanReference.md").blocks.filter { $0.language == "python" }
    let outcome = try Program.run(try #require(Program.python), ["-c", try #require(blocks.first).text])
    #expect(outcome.output == "['bo', 'cy']\n", "\(outcome.errors)")
  }

  @Test("as of a day the ranks are the leaderboard of that day")
  func leaderboard() throws {
    let folder = try TemporaryFolder()
    let run = try Program.incentive(
      "run", "Plans/medical-device/plan.yaml", "--as-of", "2026-02-09", "--out", folder.path)
    #expect(run.code == 0, "\(run.errors)")
    let rows = CSVRows.read(try String(contentsOfFile: folder.path + "/statements.csv", encoding: .utf8))
    let scores = rows.filter { $0["period"] == "2026-02" }.compactMap { $0["growth"] }
    // Ana has sold 91,500 after 120,000, Bo 20,000 and Cy 24,000 after 40,000; Bo's order of the 10th is not there yet.
    #expect(scores == ["-0.237500", "-0.500000", "-0.400000", "-1.000000"])
  }
}
