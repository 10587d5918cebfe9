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

  private static func has(_ modules: String) -> Bool {
    Program.python.flatMap { try? Program.run($0, ["-c", "import " + modules]) }?.code == 0
  }

  @Test("the Python client is typed", .enabled(if: has("mypy"), "needs the Python package mypy"))
  func types() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      try #require(Program.python),
      [
        "-m", "mypy", "--strict", "--cache-dir", folder.path,
        Project.path("Plugins/Clients/python/incentivekit"),
      ])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    "the Python client is installed from the tree",
    .enabled(if: has("setuptools, wheel"), "needs the Python packages setuptools and wheel"))
  func installed() throws {
    let folder = try TemporaryFolder()
    // A copy: the build of a package leaves files beside it.
    try FileManager.default.copyItem(
      atPath: Project.path("Plugins/Clients/python"), toPath: folder.path + "/package")
    let python = try #require(Program.python)
    let pip = try Program.run(
      python,
      [
        "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", folder.path + "/site",
        folder.path + "/package",
      ])
    #expect(pip.code == 0, "\(pip.errors)")
    let outcome = try Program.run(
      python, ["-c", "import incentivekit, os; print(os.listdir(incentivekit.__path__[0]))"],
      environment: ["PYTHONPATH": folder.path + "/site"], folder: folder.path)
    #expect(outcome.output.contains("answers.py") && outcome.output.contains("py.typed"), "\(outcome.errors)")
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
        template one-salesperson
        template team
        formatted true
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
        `rate` of component `commission` 10% → 12%
        more 300.00
        -32602

        """)
  }
}
