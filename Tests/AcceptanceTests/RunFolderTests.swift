import Foundation
import TestSupport
import Testing

/// The folder for a run's files: whose it is, and what may be left in it.
@Suite struct RunFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(try Project.text("Plans/one-salesperson/plan.yaml"), "plan.yaml")
  }

  private func incentive(_ arguments: String...) throws -> Program.Outcome {
    try Program.incentive(arguments, folder: folder.path)
  }

  private func names(_ place: String = "out") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + place).sorted()
  }

  @Test("of two runs into one folder the second is refused, and once the first was killed it is not")
  func twoRuns() throws {
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    let components = try #require(text.range(of: "components:"))
    _ = try folder.write(
      text[..<components.lowerBound]
        + "components:\n  slow: {module: misbehaving, credits: sales, config: {mode: slow}}\n", "slow.yaml")
    let first = Process()
    first.executableURL = URL(fileURLWithPath: Project.program("incentive"))
    first.arguments = ["run", "slow.yaml", "--out", "out"]
    first.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    first.environment = ProcessInfo.processInfo.environment.merging([
      "INCENTIVE_MODULES": Project.path("Tests/Support/Modules")
    ]) { $1 }
    (first.standardOutput, first.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try first.run()
    defer { first.terminate() }
    var refused: Program.Outcome?
    for _ in 0..<100 where refused?.code != 1 {
      usleep(50_000)
      if FileManager.default.fileExists(atPath: folder.path + "/out") {
        refused = try incentive("run", "plan.yaml", "--out", "out")
      }
    }
    let outcome = try #require(refused)
    #expect(outcome.code == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("out: error: another run is writing into `out` [folder-in-use]"))
    #expect(
      try names().allSatisfy { $0.hasSuffix(".tmp") }, "neither has put anything in its place")
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(try incentive("run", "plan.yaml", "--out", "out").code == 0)
    #expect(try names() == ["lines.csv", "run.json", "statements.csv"])
  }

  @Test("what a killed run has left half-written is removed by the next, and nothing else is")
  func leftovers() throws {
    let ours = ["lines.csv.123.tmp", "run.json.4194304.tmp", "trace.jsonl.1.tmp"]
    let others = ["lines.csv.tmp", "lines.csv.12a.tmp", "mine.csv.123.tmp", "notes.txt", "xlines.csv.1.tmp"]
    for name in ours + others { _ = try folder.write("x", "out/" + name) }
    #expect(try incentive("run", "plan.yaml", "--out", "out").code == 0)
    #expect(try names() == (others + ["lines.csv", "run.json", "statements.csv"]).sorted())
  }

  @Test("a folder for the files that is none is refused, and it is said why")
  func noFolder() throws {
    let empty = try incentive("run", "plan.yaml", "--out", "")
    #expect(empty.code == 2 && empty.errors.contains("--out is empty"), "\(empty.errors)")
    for place in ["plan.yaml", "plan.yaml/out"] {
      let file = try incentive("run", "plan.yaml", "--out", place)
      #expect(
        file.code == 1 && file.errors.contains("cannot write `\(place)`: not a directory"), "\(file.errors)")
    }
    #expect(try names(".") == ["plan.yaml"])
    #expect(try incentive("run", "plan.yaml", "--out", ".").code == 0, "the current folder, when it is named")
  }

  @Test(
    "a data folder that is not there is told, also when the plan needs none",
    arguments: [["run"], ["check"], ["explain", "--payee", "ann"]])
  func noData(command: [String]) throws {
    let none = try Program.incentive(command + ["plan.yaml", "--data", "/nonexistent"], folder: folder.path)
    #expect(none.code == 1)
    #expect(
      none.errors.hasPrefix(
        "/nonexistent: error: the data folder `/nonexistent` is not there [file-not-readable]"))
    let file = try Program.incentive(command + ["plan.yaml", "--data", "plan.yaml"], folder: folder.path)
    #expect(file.code == 1 && file.errors.contains("the data folder `plan.yaml` is no folder"))
  }
}
