import Foundation
import JSONCore
import TestSupport
import Testing

/// A module that crashes, hangs or lies makes its component failed and the run incomplete, never a wrong figure.
@Suite struct ModuleFailureTests {
  private func run(_ mode: String, _ environment: [String: String] = [:], timeout: Int = 1) throws -> (
    code: Int32, row: [String: String], run: JSONValue, errors: String
  ) {
    let folder = try TemporaryFolder()
    let plan = try folder.write(
      """
      plan: Two components
      currency: USD
      calendar: {period: year, from: 2026-01-01, to: 2026-12-31}
      data:
        people: {csv: "id\\nann\\n", key: id, columns: {id: text}}
        deals:
          csv: "id,date,owner,amount\\nD-1,2026-03-31,ann,1000\\n"
          key: id
          columns: {id: text, date: date, owner: text, amount: money}
      people: {table: people}
      credits:
        sales: {table: deals, date: date, amount: amount, to: owner}
      components:
        bad: {module: misbehaving, credits: sales, config: {mode: \(mode)}}
        good: {module: commission, credits: sales, config: {rate: 10%, round: {at: line}}}
      """, "plan.yaml")
    let outcome = try Program.run(
      Project.program("incentive"),
      ["run", plan, "--out", folder.path + "/out", "--module-timeout", "\(timeout)"],
      environment: environment.merging(["INCENTIVE_MODULES": Project.path("Tests/Support/Modules")]) { $1 })
    let rows = CSVRows.read(try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8))
    let run = try JSONValue(
      parsing: try String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8))
    return (outcome.code, try #require(rows.first), run, outcome.errors)
  }

  @Test(
    "a misbehaving module fails its component alone",
    arguments: [
      ("slow", "did not answer"), ("crash", "crashed (abort)"), ("exit", "exited with code 3"),
      ("garbage", "wrote something that is no answer"), ("wrong-id", "never made"), ("huge", "module"),
      ("lies-about-counts", "answered 2 lines"), ("lies-about-places", "is not one decimal of 2 places"),
      ("no-columns", "has no column `earned`"),
      ("mapped-truncated", "is not as long as its head says"),
      ("gives-nothing", "has no column `rank`, which it promised"),
      ("gives-too-few", "column `rank` has 0 cells, the frame has 1 rows"),
      ("gives-other-places", "column `rank` is not one decimal of 0 places for each row that has one"),
      ("gives-texts", "column `rank` is not one decimal of 0 places"),
      ("gives-empty-adjustment", "column `adjustment` is not one decimal of 2 places for each row"),
      ("promises-earned", "column `adjustment` is given twice"),
      ("promises-other-scope", "`scope` is `payee` or `component`, not `everything`"),
      ("wants-table-twice", "table `deals` is needed twice"),
      ("wants-payee-twice", "has the payee's number as `payee` already"),
    ])
  func failure(mode: String, words: String) throws {
    let (code, row, run, errors) = try run(mode)
    #expect(code == 1)
    #expect(errors.contains(words), "\(errors)")
    #expect(row["bad"] == "" && row["total"] == "", "a figure that is not known is left empty")
    #expect(row["good"] == "100.00", "the other component still finishes")
    #expect(run["state"] == "incomplete" && run["total"] == .null)
    #expect(run["components"]?.array?.first?["state"] == "failed")
  }

  @Test("a module that crashes once is started again and asked again")
  func retry() throws {
    let folder = try TemporaryFolder()
    let (code, row, run, _) = try run("crash-once", ["MISBEHAVING_MARKER": folder.path + "/crashed"])
    #expect(code == 0 && row["bad"] == "1.00" && row["total"] == "101.00" && run["state"] == "complete")
  }

  @Test(
    "a process that a module leaves behind with its pipes cannot hold up the run, and goes with its group",
    arguments: ["sleeper-hangs", "sleeper-exits", "sleeper-exits-own-group"])
  func sleeper(mode: String) throws {
    let folder = try TemporaryFolder()
    let begun = ContinuousClock.now
    let (code, row, run, errors) = try run(mode, ["MISBEHAVING_MARKER": folder.path + "/sleepers"])
    #expect(
      errors.contains(mode == "sleeper-hangs" ? "did not answer" : "exited with code 3 during"), "\(errors)")
    #expect(begun.duration(to: .now) < .seconds(8))
    #expect(code == 1 && row["bad"] == "" && row["good"] == "100.00" && run["state"] == "incomplete")
    let sleepers = try String(contentsOfFile: folder.path + "/sleepers", encoding: .utf8)
      .split(separator: "\n").compactMap { Int32($0) }
    #expect(sleepers.count == 2, "one for each try")
    if mode == "sleeper-exits-own-group" {
      for sleeper in sleepers { kill(sleeper, SIGKILL) }
    } else {
      for _ in 0..<100 where sleepers.contains(where: { kill($0, 0) == 0 }) { usleep(20_000) }
      #expect(!sleepers.contains { kill($0, 0) == 0 })
    }
  }

  @Test(
    "a module that exits is noticed at once, not at the deadline, though a process of its own holds its pipe")
  func exitIsNoticed() throws {
    let folder = try TemporaryFolder()
    let begun = ContinuousClock.now
    let (code, _, _, errors) = try run(
      "sleeper-exits", ["MISBEHAVING_MARKER": folder.path + "/sleepers"], timeout: 60)
    #expect(begun.duration(to: .now) < .seconds(15))
    #expect(code == 1 && errors.contains("module `misbehaving` exited with code 3 during"), "\(errors)")
  }

  @Test("a module that ignores shutdown is ended all the same")
  func ignoredShutdown() throws { #expect(try run("ignores-shutdown").code == 0) }

  @Test("an explanation whose steps do not add up is refused")
  func untrueExplanation() throws {
    let folder = try TemporaryFolder()
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    let components = try #require(text.range(of: "components:"))
    let plan = try folder.write(
      text[..<components.lowerBound]
        + "components:\n  bad: {module: misbehaving, credits: sales, config: {mode: lies-when-explaining}}\n",
      "plan.yaml")
    let outcome = try Program.incentive("explain", plan, "--payee", "ann")
    #expect(outcome.code == 1 && outcome.errors.contains("do not add up"), "\(outcome.errors)")
  }

  @Test("a host that is killed in the middle of a run leaves no module and no shared memory behind")
  func killedHost() throws {
    let folder = try TemporaryFolder()
    let deals = (1...3000).map { "D-\($0),2026-03-31,ann,1000\n" }.joined()
    _ = try folder.write("id,date,owner,amount\n" + deals, "deals.csv")
    let plan = try folder.write(
      """
      plan: A slow module
      currency: USD
      calendar: {period: year, from: 2026-01-01, to: 2026-12-31}
      data:
        people: {csv: "id\\nann\\n", key: id, columns: {id: text}}
        deals: {file: deals.csv, key: id, columns: {id: text, date: date, owner: text, amount: money}}
      people: {table: people}
      credits:
        sales: {table: deals, date: date, amount: amount, to: owner}
      components:
        bad: {module: misbehaving, credits: sales, config: {mode: slow}}
      """, "plan.yaml")
    let before = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm").sorted()
    let host = Process()
    host.executableURL = URL(fileURLWithPath: Project.program("incentive"))
    host.arguments = ["run", plan, "--out", folder.path + "/out"]
    host.environment = ProcessInfo.processInfo.environment.merging([
      "INCENTIVE_MODULES": Project.path("Tests/Support/Modules")
    ]) { $1 }
    (host.standardOutput, host.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try host.run()
    var modules: [Int32] = []
    for _ in 0..<100 where modules.isEmpty {
      usleep(50_000)
      modules = Self.children(of: host.processIdentifier)
    }
    #expect(!modules.isEmpty)
    kill(host.processIdentifier, SIGKILL)
    host.waitUntilExit()
    for _ in 0..<100 where modules.contains(where: { kill($0, 0) == 0 }) { usleep(20_000) }
    #expect(!modules.contains { kill($0, 0) == 0 })
    #expect(try FileManager.default.contentsOfDirectory(atPath: "/dev/shm").sorted() == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["deals.csv", "out", "plan.yaml"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out").isEmpty)
  }

  private static func children(of process: Int32) -> [Int32] {
    let path = "/proc/\(process)/task"
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return tasks.flatMap { task in
      let list = (try? String(contentsOfFile: "\(path)/\(task)/children", encoding: .utf8)) ?? ""
      return list.split(separator: " ").compactMap { Int32($0) }
    }
  }
}
