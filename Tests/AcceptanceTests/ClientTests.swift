import Foundation
import TestSupport
import Testing

/// The client packages against a real host; see TwoTeams for the figures.
@Suite struct ClientTests {
  @Test("the Python client opens, runs, estimates, compares and explains")
  func python() throws {
    let folder = try TwoTeams.folder()
    let package = Project.path("Plugins/Clients/python")
    let outcome = try Program.run(
      try #require(Program.python), [package + "/test_client.py", Project.program("incentive"), folder.path],
      environment: ["PYTHONPATH": package, "PYTHONDONTWRITEBYTECODE": "1"])
    #expect(outcome.code == 0 && outcome.output == "all is well\n", "\(outcome.errors)")
  }

  private static let node = ["/usr/bin/node", "/usr/local/bin/node"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test("the Node example shows the statements", .enabled(if: node != nil, "needs node"))
  func example() throws {
    let folder = try TwoTeams.folder()
    let outcome = try Program.run(
      try #require(Self.node),
      [
        Project.path("Plugins/Clients/node/example.mjs"), Project.program("incentive"),
        folder.path + "/plan.yaml",
      ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.output == """
        ann 2026-Q1 100.00
        ann 2026-Q2 0.00
        ben 2026-Q1 200.00
        ben 2026-Q2 400.00
        cho 2026-Q1 0.00
        cho 2026-Q2 800.00
        mei 2026-Q1 30.00
        mei 2026-Q2 0.00
        raj 2026-Q1 0.00
        raj 2026-Q2 120.00
        total 1650.00
        -32602

        """)
  }
}
