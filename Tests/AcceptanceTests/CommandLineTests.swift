import Foundation
import JSONCore
import Money
import TestSupport
import Testing

@Suite struct CommandLineTests {
  @Test("10 % to quota and 15 % above pay 14,500 for 130,000 against 100,000, with an explanation")
  func firstJob() throws {
    let run = try Program.incentive("run", "Plans/one-salesperson/plan.yaml")
    #expect(run.code == 0 && run.output.contains("14,500.00"))
    let explain = try Program.incentive("explain", "Plans/one-salesperson/plan.yaml", "--payee", "ann")
    #expect(explain.output.contains("100,000.00 × 10%") && explain.output.contains("30,000.00 × 15%"))
  }

  // Ann's share of D-105 is 50,000.01 less Ben's 33.33 %, 16,665.00: 33,335.01.
  // Ann, Q1: 42,000 × 4 %; 8,000 × 4 % × 1.2 and 30,000 × 8 % × 1.2; 20,000 × 8 % and 13,335.01 × 12 %.
  // Ann, Q2: the return, -8,000 × 12 %. Ben, Q1: 25,000 € at 1.0842 and 16,665.00, × 4 %.
  // Ben, Q2: 61,000 cut at 50,000 and 100,000, × 1.2; 33,000 € at 1.1015, × 12 %.
  // Mei: 1 % of 157,105.01, and of 89,349.50 (893.495, half-even).
  @Test("the quickstart team gets what was worked out by hand")
  func quickstart() throws {
    let run = try Program.incentive("run", "Plans/quickstart/plan.yaml", "--format", "json")
    let rows = try JSONValue(parsing: run.output)["statements"]?.array ?? []
    #expect(
      rows.compactMap { $0["total"]?.string } == [
        "8144.20", "-960.00", "1750.80", "10147.86", "1571.05", "893.50",
      ])
  }

  static let usages: [([String], Int32)] = [
    (["run"], 2), (["frobnicate"], 2), (["run", "x.yaml", "--as-of", "yesterday"], 2),
    (["run", "p.yaml", "--trace"], 2), (["explain", "Plans/one-salesperson/plan.yaml"], 2),
    (["check", "no-such-plan.yaml"], 1), (["run", "no-such-plan.yaml"], 1),
    (["explain", "Plans/one-salesperson/plan.yaml", "--payee", "anm"], 1), (["--help"], 0),
    (["check", "--help"], 0), (["--version"], 0), (["check", "Plans/quickstart/plan.yaml"], 0),
  ]

  @Test("wrong usage ends with 2, a fault with 1, help with 0", arguments: usages)
  func exitCodes(arguments: [String], code: Int32) throws {
    #expect(try Program.incentive(arguments).code == code, "\(arguments)")
  }

  @Test("check shows the line, a caret, a code and what was meant")
  func check() throws {
    let folder = try TemporaryFolder()
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    let plan = try folder.write(
      text.replacingOccurrences(of: "by: attainment", with: "by: atainment"), "plan.yaml")
    let outcome = try Program.incentive("check", "plan.yaml", folder: folder.path)
    #expect(outcome.code == 1)
    #expect(
      outcome.errors.hasPrefix(
        """
        plan.yaml:53:13: error: `atainment` is not one of `attainment`, `amount`, `quantity` [module-config]
          53 |         by: atainment
             |             ^^^^^^^^^
          help: did you mean `attainment`?
        """), "\(outcome.errors)")
    let json = try JSONValue(parsing: try Program.incentive("check", plan, "--format", "json").output)
    #expect(json.array?.first?["location"]?["line"]?.int == 53)
    #expect(json.array?.first?["code"]?.string == "module-config")
  }

  @Test(
    "every rule that a plan leaves open is asked for by name",
    arguments: [
      ("over: period\n    quota", "quota", "`over`"), (", zero_quota: unmet", "", "`zero_quota`"),
      ("        by: attainment\n", "", "`by`"), ("        method: marginal\n", "", "`method`"),
      ("        over: period\n", "", "`over`"), ("      round: {at: line}\n", "", "`round`"),
      ("method: marginal", "method: whole-amount", "`edge`"),
    ])
  func unstated(old: String, new: String, asked: String) throws {
    let folder = try TemporaryFolder()
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    try #require(text.contains(old))
    let plan = try folder.write(text.replacingOccurrences(of: old, with: new), "plan.yaml")
    let outcome = try Program.incentive("check", plan)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("must state \(asked)"), "\(outcome.errors)")
    #expect(outcome.errors.contains("[unstated-rule]"))
  }

  @Test("a run writes whole files, and bad rows are told, counted and kept out")
  func badRows() throws {
    let folder = try TemporaryFolder()
    let manager = FileManager.default
    try manager.copyItem(atPath: Project.path("Plans/quickstart/data"), toPath: folder.path + "/data")
    _ = try folder.write(try Project.text("Plans/quickstart/plan.yaml"), "plan.yaml")
    let deals = try Project.text("Plans/quickstart/data/deals.csv")
    _ = try folder.write(
      deals + """
        D-109,2026-06-09,ann,core,USD,12x,won
        D-110,2026-06-31,ann,core,USD,10.00,won
        D-111,2026-06-10,ben,core,USD,10.00,won
        D-115,2026-06-10,zoe,core,USD,10.00,won
        D-111,2026-06-10,ann,core,USD,10.00,won
        D-112,2026-06-10,ann,core,EUR,10.00,won
        D-113,2026-06-10,ann,core
        "D-114

        """, "data/deals.csv")
    let outcome = try Program.incentive("run", "plan.yaml", "--out", "out", folder: folder.path)
    #expect(outcome.code == 1)
    let rejected = try String(contentsOfFile: folder.path + "/out/rejected.csv", encoding: .utf8)
    for code in [
      "bad-number", "bad-date", "dangling-key", "duplicate-key", "no-rate", "csv-field-count", "csv-quote",
    ] {
      #expect(rejected.contains(code), "\(code) is missing in \(rejected)")
      #expect(outcome.errors.contains("[\(code)]"))
    }
    let run = try JSONValue(
      parsing: try String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8))
    #expect(run["state"] == "incomplete")
    #expect(run["counts"]?["rejectedRows"]?.int == 8)
    // The good rows are those of the sample: its figures stand.
    let statements = try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8)
    #expect(statements == (try sampleFile("statements.csv")))
    #expect(
      try manager.contentsOfDirectory(atPath: folder.path + "/out").allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test("what takes no part is told, and figures that rest on too little are marked")
  func marks() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Project.path("Plans/quickstart/data"), toPath: folder.path + "/data")
    _ = try folder.write(try Project.text("Plans/quickstart/plan.yaml"), "plan.yaml")
    let deals = try Project.text("Plans/quickstart/data/deals.csv")
    _ = try folder.write(deals + "D-109,2027-06-09,ann,core,USD,12.00,won\n", "data/deals.csv")
    let people = try Project.text("Plans/quickstart/data/people.csv")
    _ = try folder.write(
      people.replacing("ann,Ann Lee,rep,East,mei", with: "ann,Ann Lee,rep,East,m9"), "data/people.csv")
    let warned = try Program.incentive("run", "plan.yaml", folder: folder.path)
    #expect(warned.code == 0 && !warned.output.contains("INCOMPLETE"))
    #expect(
      warned.errors.contains("data/deals.csv:10 (close_date): warning: 2027-06-09 lies outside the calendar"),
      "\(warned.errors)")
    #expect(warned.errors.contains("data/people.csv:3 (manager): warning: `m9` is not among the people"))
    _ = try folder.write(deals + "D-109,2026-06-09,ann,core,USD,1x.00,won\n", "data/deals.csv")
    for command in [["run", "plan.yaml"], ["explain", "plan.yaml", "--payee", "ben"]] {
      let marked = try Program.incentive(command, folder: folder.path)
      #expect(marked.code == 1)
      #expect(marked.output.hasSuffix("INCOMPLETE, 1 row was rejected: these figures are not to be paid\n"))
    }
    try Data([0xFF, 0xFE] + deals.utf8.flatMap { [$0, 0] }).write(
      to: URL(fileURLWithPath: folder.path + "/data/deals.csv"))
    #expect(try Program.incentive("run", "plan.yaml", folder: folder.path).errors.contains("is in UTF-16"))
    let plan = try Project.text("Plans/one-salesperson/plan.yaml")
    let quota = try folder.write(
      plan.replacing("ann,2026-01-01,100000", with: "amn,2026-01-01,100000"), "quota.yaml")
    let strange = try Program.incentive("run", quota)
    #expect(strange.code == 0 && strange.errors.contains("`amn` is not among the people of the plan"))
  }

  @Test(
    "slips of the pen get the help that they need",
    arguments: [
      (
        "round: {at: line}", "cap: {amount: 5,000, per: period}\n      round: {at: line}",
        "a comma ends the value"
      ),
      ("round: {at: line}", "cap: {amount: -5, per: period}\n      round: {at: line}", "`-5` is below 0"),
      ("{rate: 15%}", "{rate: 15 %}", "write `15%`, without the space"),
      ("to: 2026-12-31", "to: 2026-12-30", "the nearest ones are 2025-12-31 and 2026-12-31"),
      ("    to: owner\n", "    to: owner\n    where: owner == ann\n", "write \"ann\" in quotes"),
      ("id,date,owner,amount", "id;date;owner;amount", "state `separator: \";\"`"),
    ])
  func slips(old: String, new: String, help: String) throws {
    let folder = try TemporaryFolder()
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    try #require(text.contains(old))
    let plan = try folder.write(text.replacing(old, with: new), "plan.yaml")
    let outcome = try Program.incentive("run", plan)
    #expect(outcome.code == 1 && outcome.errors.contains(help), "\(outcome.errors)")
  }

  private func sampleFile(
    _ name: String, _ plan: String = "Plans/quickstart/plan.yaml", folder: String = Project.root
  ) throws -> String {
    let out = try TemporaryFolder()
    let outcome = try Program.incentive("run", plan, "--out", out.path, folder: folder)
    try #require(outcome.code == 0, "\(outcome.errors)")
    return try String(contentsOfFile: out.path + "/" + name, encoding: .utf8)
  }

  @Test("the order of rows in files changes no byte, nor do BOM and CRLF")
  func rowOrder() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(try Project.text("Plans/quickstart/plan.yaml"), "plan.yaml")
    for file in ["people", "deals", "splits", "quotas", "fx"] {
      let lines = try Project.text("Plans/quickstart/data/\(file).csv").split(separator: "\n").map(
        String.init)
      let shuffled = [lines[0]] + lines.dropFirst().reversed()
      _ = try folder.write("\u{FEFF}" + shuffled.joined(separator: "\r\n") + "\r\n", "data/\(file).csv")
    }
    #expect(
      try sampleFile("statements.csv", "plan.yaml", folder: folder.path) == sampleFile("statements.csv"))
    let shuffled = try withoutSource(sampleFile("lines.csv", "plan.yaml", folder: folder.path))
    #expect(try shuffled == withoutSource(sampleFile("lines.csv")))
  }

  /// The lines of lines.csv without their last column, which names rows of the files.
  private func withoutSource(_ text: String) -> [Substring] {
    text.split(separator: "\n").map { line in line.prefix(upTo: line.lastIndex(of: ",") ?? line.endIndex) }
  }

  @Test("as of an earlier day, later rows and periods are not there")
  func asOf() throws {
    let outcome = try Program.incentive(
      "run", "Plans/quickstart/plan.yaml", "--as-of", "2026-02-20", "--format", "json")
    let json = try JSONValue(parsing: outcome.output)
    let statements = try #require(json["statements"]?.array)
    #expect(statements.count == 3 && statements.allSatisfy { $0["period"] == "2026-Q1" })
    // ann: 42,000 at 4 % = 1,680; 8,000 of D-102 at 4 % and 30,000 at 8 %, times 1.2 = 384 + 2,880.
    #expect(statements.first { $0["payee"] == "ann" }?["commission"] == "4944.00")
  }

  @Test("every figure of every sample plan is the sum of its leaves")
  func leavesAddUp() throws {
    func leafSum(_ node: JSONValue) throws -> ExactDecimal {
      let children = node["children"]?.array ?? []
      if children.isEmpty {
        let amount = try #require(node["amount"]?.string)
        return try #require(ExactDecimal(amount))
      }
      return try children.reduce(.zero) { try $0.adding(try leafSum($1)) }
    }
    var checked = 0
    // The benchmark's data is made when it is timed.
    for plan in Project.files("Plans", ending: "plan.yaml") where !plan.contains("benchmark") {
      let needsShared = plan.contains("adventureworks")
      if needsShared, Project.shared == nil { continue }
      let data = needsShared ? ["--data", (Project.shared ?? "") + "/data/adventureworks"] : []
      let folder = try TemporaryFolder()
      let run = try Program.incentive(["run", plan, "--out", folder.path, "--trace"] + data)
      try #require(run.code == 0, "\(plan): \(run.errors)")
      let trace = try String(contentsOfFile: folder.path + "/trace.jsonl", encoding: .utf8)
      let statements = CSVRows.read(
        try String(contentsOfFile: folder.path + "/statements.csv", encoding: .utf8))
      let trees = try trace.split(separator: "\n").compactMap { line in
        try JSONValue(parsing: String(line))["derivation"]
      }
      // Trees of points and the like stand beside those of money.
      let ofMoney = trees.filter { $0["unit"] == nil }
      #expect(ofMoney.count == statements.count)
      for tree in trees {
        #expect(try leafSum(tree) == tree["amount"]?.string.flatMap { ExactDecimal($0) })
      }
      for (derivation, row) in zip(ofMoney, statements) {
        let total = try #require((row["paid"] ?? row["实发"] ?? row["total"]).flatMap { ExactDecimal($0) })
        #expect(try leafSum(derivation) == total, "\(plan) \(row)")
        checked += 1
      }
    }
    // One statement of one salesperson, six of the quickstart, the others of AdventureWorks.
    #expect(checked >= (Project.shared == nil ? 7 : 7 + 17 * 12))
  }

  @Test("modules are listed with version and health")
  func modules() throws {
    let outcome = try Program.incentive("modules", "--format", "json")
    let modules = try #require(try JSONValue(parsing: outcome.output)["modules"]?.array)
    let commission = try #require(modules.first { $0["id"] == "commission" })
    #expect(commission["health"] == "ready" && commission["version"] == "0.1.0")
  }

  @Test("nothing but the answer goes to standard output, and no progress bar into a pipe")
  func cleanStreams() throws {
    let outcome = try Program.incentive("run", "Plans/quickstart/plan.yaml", "--format", "json")
    #expect(outcome.errors.isEmpty)
    #expect((try? JSONValue(parsing: outcome.output)) != nil)
  }
}
