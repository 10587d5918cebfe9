import Foundation
import JSONCore
import Money
import TestSupport
import Testing

/// What is earned, payable and paid: draws, clawbacks, holdbacks, and balances from run to run.
@Suite struct SettleTests {
  private static let sample = "Plans/saas-draw"

  private struct Files {
    let statements: [[String: String]]
    let balances: String
  }

  private static func run(_ plan: String, data: String, out: String, _ more: String...) throws -> Files {
    let outcome = try Program.incentive(["run", plan, "--data", data, "--out", out] + more)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return Files(
      statements: CSVRows.read(try String(contentsOfFile: out + "/statements.csv", encoding: .utf8)),
      balances: try String(contentsOfFile: out + "/balances.csv", encoding: .utf8))
  }

  @Test("the sample with a draw, clawbacks and a reserve pays what Python's decimals work out")
  func independent() throws {
    let folder = try TemporaryFolder()
    let data = Project.path(Self.sample + "/data")
    let files = try Self.run(
      Project.path(Self.sample + "/plan.yaml"), data: Project.path(Self.sample), out: folder.path + "/out")
    let python = try Program.run(
      try #require(Program.python), [Project.path("Tests/Support/saas_draw.py"), data])
    let expected = python.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(expected.count == 24 && files.statements.count == 24)
    for row in expected {
      let found = files.statements.first { $0["payee"] == row[0] && $0["period"] == row[1] }
      #expect(
        ["total", "payable", "paid"].map { found?[$0] ?? "" } == Array(row[2...4]), "\(row[0]) \(row[1])")
    }
    var open: [String: ExactDecimal] = [:]
    for row in CSVRows.read(files.balances) {
      let key = "\(row["payee"] ?? "") \(row["due"] == "" ? "owed" : "held")"
      let amount = try #require(ExactDecimal(row["amount"] ?? ""))
      open[key] = try (open[key] ?? .zero).adding(amount)
    }
    for row in expected where row[1] == "2026-12" {
      #expect(open["\(row[0]) owed"] == ExactDecimal(row[5]))
      #expect(open["\(row[0]) held"] == ExactDecimal(row[6]))
    }
  }

  @Test("twelve monthly runs, each on the balances of the one before, equal the run of the year")
  func months() throws {
    let folder = try TemporaryFolder()
    let source = Project.path(Self.sample)
    let text = try Project.text(Self.sample + "/plan.yaml")
    let year = try Self.run(
      Project.path(Self.sample + "/plan.yaml"), data: source, out: folder.path + "/year")
    for table in ["people", "deals", "cancellations", "balances"] {
      _ = try folder.write(try Project.text(Self.sample + "/data/\(table).csv"), "data/\(table).csv")
    }
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var rows: [[String: String]] = []
    var balances = ""
    for (index, last) in days.enumerated() {
      let month = index < 9 ? "2026-0\(index + 1)" : "2026-\(index + 1)"
      let plan = text.replacingOccurrences(of: "from: 2026-01-01", with: "from: \(month)-01")
        .replacingOccurrences(of: "to: 2026-12-31", with: "to: \(month)-\(last)")
      let path = try folder.write(plan, "plan.yaml")
      let files = try Self.run(path, data: folder.path, out: folder.path + "/" + month)
      rows += files.statements
      balances = files.balances
      _ = try folder.write(balances, "data/balances.csv")
    }
    #expect(rows.count == 24)
    for row in year.statements {
      #expect(rows.contains(row), "\(row)")
    }
    #expect(balances == year.balances)
  }

  @Test("rows and columns of the files may stand in any order")
  func order() throws {
    let folder = try TemporaryFolder()
    for table in ["people", "deals", "cancellations", "balances"] {
      let lines = try Project.text(Self.sample + "/data/\(table).csv").split(separator: "\n")
      let turned = [lines[0]] + lines.dropFirst().reversed()
      _ = try folder.write(turned.joined(separator: "\n") + "\n", "data/\(table).csv")
    }
    let plan = Project.path(Self.sample + "/plan.yaml")
    let straight = try Self.run(
      plan, data: Project.path(Self.sample), out: folder.path + "/a", "--trace")
    let turned = try Self.run(plan, data: folder.path, out: folder.path + "/b", "--trace")
    #expect(straight.statements == turned.statements)
    #expect(straight.balances == turned.balances)
  }

  @Test("an explanation goes from what was earned to what is paid, step by step")
  func explained() throws {
    let outcome = try Program.incentive(
      "explain", Self.sample + "/plan.yaml", "--payee", "ann", "--period",
      "2026-04")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for words in [
      "earned 6,000.00", "payable 3,000.00", "paid 2,770.00",
      "79 days after 2026-02-10: 100% of 2,500.00 is 2,500.00",
      "draw: recovered, owed 3,500.00 before, 3,000.00 after", "-500.00",
      "reserve: 10% of 6,000.00 held until 2026-06-29", "-600.00",
      "reserve: released, due 2026-04-29", "250.00",
    ] { #expect(outcome.output.contains(words), "\(words) in \(outcome.output)") }
  }

  private static func leaves(_ derivation: JSONValue) throws -> ExactDecimal {
    guard let children = derivation["children"]?.array else {
      return try #require(derivation["amount"]?.string.flatMap { ExactDecimal($0) })
    }
    return try children.reduce(.zero) { try $0.adding(try leaves($1)) }
  }

  @Test("the leaves of every explanation add up to what is paid")
  func leavesAddUp() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    let files = try Self.run(
      Project.path(Self.sample + "/plan.yaml"), data: Project.path(Self.sample), out: out, "--trace"
    )
    let trace = try String(contentsOfFile: out + "/trace.jsonl", encoding: .utf8).split(separator: "\n")
    #expect(trace.count == files.statements.count)
    for (line, row) in zip(trace, files.statements) {
      let derivation = try #require(try JSONValue(parsing: String(line))["derivation"])
      #expect(try Self.leaves(derivation) == ExactDecimal(row["paid"] ?? ""), "\(row)")
    }
  }

  @Test("what the field disagrees on must be stated, and misspelt names are found")
  func unstated() throws {
    let folder = try TemporaryFolder()
    let text = try Project.text(Self.sample + "/plan.yaml")
    for (part, with, message) in [
      ("      pays: top_up\n", "", "step `draw` must state `pays`"),
      ("      recoverable: true\n", "", "step `draw` must state `recoverable`"),
      (
        "      bands: [{within: 90, share: 100%}, {within: 180, share: 50%}]\n", "",
        "must state either `bands`"
      ),
      ("components: commission\n", "components: comission\n", "did you mean `commission`"),
      ("amount: payee.draw", "amount: payee.drew", "payees have no attribute `drew`"),
      ("kind: carry", "kind: cary", "did you mean `carry`"),
    ] {
      let path = try folder.write(text.replacingOccurrences(of: part, with: with), "plan.yaml")
      let outcome = try Program.incentive("check", path)
      #expect(outcome.code == 1)
      #expect((outcome.output + outcome.errors).contains(message), "\(outcome.output)\(outcome.errors)")
    }
  }

  @Test("a rate that is missing leaves the cell empty and the run incomplete")
  func missingRate() throws {
    let text = try Project.text("Docs/PlanReference.md")
    let start = try #require(text.range(of: "# pay-currency.yaml"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    let plan = String(text[start.lowerBound..<end.lowerBound])
    let folder = try TemporaryFolder()
    let path = try folder.write(
      plan.replacingOccurrences(of: "EUR,2026-01-31,1.08", with: "EUR,2026-01-30,1.08"), "plan.yaml")
    let outcome = try Program.incentive("run", path, "--out", folder.path + "/out")
    #expect(outcome.code == 1)
    #expect(
      outcome.errors.contains("no-rate") && outcome.errors.contains("EUR on 2026-01-31"), "\(outcome.errors)"
    )
    let rows = CSVRows.read(
      try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8))
    // 1,000.05 / 0.0064 = 156,257.81 yen.
    #expect(rows.map { $0["pays"] } == ["1000.00", "", "156258"])
    #expect(rows.map { $0["total"] } == ["1000.00", "1000.00", "1000.05"])
  }

  @Test("a balance of a step that the plan does not have is refused")
  func stranger() throws {
    let folder = try TemporaryFolder()
    for table in ["people", "deals", "cancellations"] {
      _ = try folder.write(try Project.text(Self.sample + "/data/\(table).csv"), "data/\(table).csv")
    }
    _ = try folder.write("payee,step,due,amount\nann,drow,,100.00\n", "data/balances.csv")
    let outcome = try Program.incentive(
      "run", Self.sample + "/plan.yaml", "--data", folder.path, "--out", folder.path + "/out")
    #expect(outcome.code != 0)
    #expect(outcome.errors.contains("there is no step `drow`"), "\(outcome.errors)")
    #expect(outcome.errors.contains("did you mean `draw`"), "\(outcome.errors)")
  }
}
