import Foundation
import TestSupport
import Testing

/// Cases as data, run by a client in another language.
@Suite struct ConformanceTests {
  static let modules = ["swift", "python"]

  @Test("the commission module passes its cases, in Swift and in Python", arguments: modules)
  func commission(language: String) throws {
    let python = try #require(Program.python)
    let command =
      language == "swift"
      ? [Project.program("incentive-commission")]
      : [python, Project.path("Docs/Examples/commission-python/module.py")]
    let outcome = try Program.run(
      python, [Project.path("Docs/Examples/commission-python/run_conformance.py"), "--"] + command)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasSuffix("0 failed, columns in shared memory"))
    for line in lines { #expect(try #require(line.split(separator: " ").first.flatMap { Int($0) }) >= 60) }
  }

  @Test("terms and lines drawn from a seed pay the same in Swift and in Python's fractions")
  func agreement() throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [
        Project.path("Tests/Support/commission_agreement.py"), "--cases", "400",
        Project.program("incentive-commission"),
      ])
    #expect(
      outcome.code == 0 && outcome.output == "400 drawn, 0 differ\n", "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    "bonuses, contests and the module of points and gifts pass their cases",
    arguments: [("Bonus", 61), ("Contests", 50), ("NonCash", 25)])
  func others(module: String, least: Int) throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [
        Project.path("Docs/Examples/commission-python/run_conformance.py"), "--cases",
        Project.path("Plugins/\(module)/Conformance"), "--",
        Project.program("incentive-\(module.lowercased())"),
      ])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      #expect(try #require(line.split(separator: " ").first.flatMap { Int($0) }) >= least)
      #expect(line.contains(" 0 failed"))
    }
  }

  @Test("the equity module passes its cases, of which each rule has one with a public source")
  func equity() throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [
        Project.path("Docs/Examples/commission-python/run_conformance.py"), "--cases",
        Project.path("Plugins/Equity/Conformance"), "--", Project.program("incentive-equity"),
      ])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.output
        == "153 passed, 0 failed, columns inline\n153 passed, 0 failed, columns in shared memory\n")
  }

  @Test("the main cases of equity are what fractions make of their sources' numbers")
  func equityReference() throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [Project.path("Tests/Support/equity_reference.py"), Project.path("Plugins/Equity/Conformance")])
    #expect(
      outcome.code == 0 && outcome.output == "39 cases worked out again, 0 differ\n",
      "\(outcome.output)\(outcome.errors)")
  }

  @Test("the Python module takes the Swift one's place without changing a byte")
  func exchange() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/commission",
      withDestinationPath: Project.path("Docs/Examples/commission-python"))
    for plan in ["Plans/quickstart/plan.yaml", "Plans/one-salesperson/plan.yaml"] {
      var files: [[String]] = []
      for modules in [folder.path, ""] {
        let out = try TemporaryFolder()
        let outcome = try Program.run(
          Project.program("incentive"), ["run", plan, "--out", out.path],
          environment: ["INCENTIVE_MODULES": modules])
        #expect(outcome.code == 0, "\(outcome.errors)")
        files.append(
          try ["statements.csv", "lines.csv"].map {
            try String(contentsOfFile: out.path + "/" + $0, encoding: .utf8)
          })
        let run = try String(contentsOfFile: out.path + "/run.json", encoding: .utf8)
        #expect(run.contains("0.1.0-python") == (modules != ""))
      }
      #expect(files[0] == files[1])
    }
  }

  @Test(
    "the JSON-RPC core passes the conformance client",
    .enabled(if: Project.shared != nil, "needs ../shared/clients"), arguments: ["ndjson", "lsp"])
  func jsonRPC(framing: String) throws {
    let python = try #require(Program.python)
    let outcome = try Program.run(
      python,
      [
        (Project.shared ?? "") + "/clients/jsonrpc2_conformance.py", "--framing", framing, "--strict", "--",
        Project.program("TestRPCServer"),
      ])
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(outcome.output.contains("0 MUST failed, 0 SHOULD failed"))
  }
}
