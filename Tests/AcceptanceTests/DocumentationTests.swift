import Foundation
import JSONCore
import Money
import TestSupport
import Testing

/// Every example of the documents is run.
///
/// In a document, a `yaml` block that begins with `# NAME.yaml` is a file of that name; a table below it
/// headed `Payee, Period, Pays, Because` tells what it pays, worked out by hand; a `console` block holds
/// commands after `$` and what they print. `RECORD=1` writes what the commands print into the documents; a
/// run that records fails, and on continuous integration nothing can be recorded.
@Suite struct DocumentationTests {
  static let documents = (["README.md"] + Project.files("Docs", ending: ".md")).filter {
    !$0.hasPrefix("Docs/Diagnostics/")
  }

  @Test("the commands of a document print what it shows", arguments: documents)
  func console(path: String) throws {
    let desk = try Desk()
    for block in try Markdown(path: path).blocks {
      if let file = block.file { try desk.write(block.text, file) }
      guard block.language == "console" else { continue }
      let commands = block.text.split(separator: "\n").filter { $0.hasPrefix("$ ") }
      #expect(!commands.isEmpty, "\(path):\(block.line): a console block has no command")
      if block.text.contains("../adventureworks"), Project.shared == nil {
        print("skipped \(path):\(block.line): needs ../shared/data/adventureworks")
        continue
      }
      var shown = ""
      for command in commands { shown += command + "\n" + (try desk.output(String(command.dropFirst(2)))) }
      #expect(shown == block.text, "\(path):\(block.line)")
      try record(block.text, shown, path)
    }
  }

  @Test("the plans of a document pay what its tables say", arguments: documents)
  func tables(path: String) throws {
    let desk = try Desk()
    let markdown = try Markdown(path: path)
    for plan in markdown.blocks {
      guard let file = plan.file else { continue }
      try desk.write(plan.text, file)
      // A part of a plan, or one that others extend, has no table of its own.
      if plan.pays.isEmpty { continue }
      let outcome = try Program.incentive(["run", file, "--format", "json"], folder: desk.folder.path)
      #expect(outcome.code == 0, "\(file): \(outcome.errors)")
      let rows = try JSONValue(parsing: outcome.output)["statements"]?.array ?? []
      var paid: [String: ExactDecimal] = [:]
      for row in rows {
        let key = "\(row["payee"]?.string ?? "") \(row["period"]?.string ?? "")"
        paid[key] = row["total"]?.string.flatMap { ExactDecimal($0) }
      }
      for (key, amount) in plan.pays {
        #expect(
          paid[key] == ExactDecimal(amount),
          "\(file): \(key) pays \(amount), not \(paid[key].map { $0.description } ?? "nothing")")
      }
      for (key, amount) in paid where plan.pays[key] == nil {
        #expect(amount.coefficient == 0, "\(file): the table leaves out \(key) with \(amount)")
      }
    }
  }

  @Test("the plan reference has a worked example for each kind of term")
  func coverage() throws {
    let blocks = try Markdown(path: "Docs/PlanReference.md").blocks.filter { !$0.pays.isEmpty }
    #expect(blocks.count >= 8)
    let text = blocks.map(\.text).joined()
    for word in [
      "rate:", "per_unit:", "marginal", "whole-amount", "true-up", "multipliers:", "gate:", "cap:", "split:",
      "convert:", "roll_up:", "payees:", "where:", "manager:", "count: lines",
    ] { #expect(text.contains(word), "no plan of the reference shows `\(word)`") }
  }

  @Test("the links of the documents lead somewhere")
  func links() throws {
    for path in Self.documents + Project.files("Docs/Diagnostics", ending: ".md") {
      let folder = (path as NSString).deletingLastPathComponent
      for match in try Project.text(path).matches(of: #/\]\(([^)#:]+)(#[^)]*)?\)/#) {
        let target = Project.path((folder.isEmpty ? "" : folder + "/") + match.1)
        #expect(FileManager.default.fileExists(atPath: target), "\(path) points at \(match.1)")
      }
    }
  }

  @Test("the module that the guide for authors shows is the one that is tested")
  func moduleOfTheGuide() throws {
    let blocks = try Markdown(path: "Docs/ModuleAuthors.md").blocks.filter { $0.language == "swift" }
    #expect(try blocks.first?.text == Project.text("Tests/Support/Modules/fixed/FixedModule.swift"))
    let desk = try Desk()
    let plan = try Project.text("Plans/one-salesperson/plan.yaml")
    let terms = try #require(plan.range(of: "    config:"))
    try desk.write(
      plan[..<terms.lowerBound].replacing("module: commission", with: "module: fixed")
        + "    config: {amount: 12.50}\n", "fixed.yaml")
    #expect(try desk.output("incentive run fixed.yaml").contains("12.50"))
  }

  @Test("the picture of a terminal shows what the quickstart prints")
  func picture() throws {
    let desk = try Desk()
    var screen = ""
    for command in [
      "incentive run Plans/quickstart/plan.yaml",
      "incentive explain Plans/quickstart/plan.yaml --payee ben --period 2026-Q2",
    ] { screen += "$ \(command)\n\(try desk.output(command))\n" }
    let drawn = try Program.run(
      try #require(Program.python), [Project.path("Tests/Support/terminal_picture.py")], input: screen)
    let path = Project.path("Docs/Pictures/quickstart.svg")
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD"] == "1", environment["CI"] == nil {
      try drawn.output.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("recorded the picture")
    }
    #expect(try drawn.output == String(contentsOfFile: path, encoding: .utf8))
  }

  private func record(_ old: String, _ new: String, _ path: String) throws {
    let environment = ProcessInfo.processInfo.environment
    guard environment["RECORD"] == "1", environment["CI"] == nil, old != new else { return }
    let text = try Project.text(path).replacing("```console\n\(old)```", with: "```console\n\(new)```")
    try text.write(toFile: Project.path(path), atomically: true, encoding: .utf8)
  }
}

/// A folder like the repository's, with the data of the samples beside it, in which commands are run.
private struct Desk {
  let scratch: TemporaryFolder
  let folder: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
    folder = try TemporaryFolder(below: scratch.path)
    let files = FileManager.default
    for name in ["Plans", "Docs"] {
      try files.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: Project.path(name))
    }
    if let shared = Project.shared {
      try files.createSymbolicLink(
        atPath: scratch.path + "/adventureworks", withDestinationPath: shared + "/data/adventureworks")
    }
  }

  func write(_ text: some StringProtocol, _ name: String) throws { _ = try folder.write(String(text), name) }

  /// What a command line prints, errors included.
  func output(_ command: String) throws -> String {
    let path = Project.products + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let outcome = try Program.run(
      "/bin/sh", ["-c", "{ \(command)\n} 2>&1"],
      environment: ["PATH": path, "INCENTIVE_MODULES": Project.path("Tests/Support/Modules")],
      folder: folder.path)
    return outcome.output
  }
}
