import Foundation
import JSONCore
import TestSupport
import Testing

/// Books: several plans, who is in which, and when.
@Suite struct BookTests {
  private let folder: TemporaryFolder

  /// The files of the book in the reference.
  init() throws {
    folder = try TemporaryFolder()
    for block in try Markdown(path: "Docs/PlanReference.md").blocks {
      if let file = block.file { _ = try folder.write(block.text, file) }
    }
  }

  private func write(_ name: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    try #require(text.contains(old), "\(name) has no `\(old)`")
    _ = try folder.write(text.replacing(old, with: new), name)
  }

  private func run(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
    let outcome = try Program.incentive(arguments, folder: folder.path)
    return (outcome.code, outcome.output, outcome.errors)
  }

  @Test(
    "what is wrong with a book is told at its place",
    arguments: [
      ("several_plans: refused", "", "`several_plans`: whether somebody may be in several plans on a day"),
      ("several_plans: refused", "several_plans: no", "`no` is not a value of `several_plans`"),
      ("to: 2026-06-30", "to: 2026-07-01", "two versions of `reps` hold on 2026-07-01"),
      (", to: 2026-06-30", "", "two versions of `reps` hold on 2026-07-01"),
      (", from: 2026-07-01", "", "two versions of `reps` hold from the beginning"),
      ("specialists.yaml", "specialist.yaml", "the file is looked for beside sales-2026.yaml"),
      (
        "payee.role == \"specialist\"", "payee.rol == \"specialist\"",
        "sales-2026.yaml:10:49: error: there is no `payee.rol`"
      ),
      ("payees: payee.role == \"rep\"", "payee: payee.role == \"rep\"", "did you mean `payees`?"),
    ])
  func faults(old: String, new: String, message: String) throws {
    try write("sales-2026.yaml", old, new)
    let (code, _, errors) = try run("check", "sales-2026.yaml")
    #expect(code == 1)
    #expect(errors.contains(message), "\(errors)")
  }

  @Test("a day on which no version of a plan holds, and people without a plan, are told")
  func gaps() throws {
    try write("sales-2026.yaml", "to: 2026-06-30", "to: 2026-06-28")
    try write("staff.yaml", "      eve,specialist,2026-01-01,\n", "")
    let (code, output, errors) = try run("run", "sales-2026.yaml")
    #expect(code == 0)
    #expect(errors.contains("no version of `reps` holds from 2026-06-29 to 2026-06-30"), "\(errors)")
    #expect(errors.contains("`ann` is in no plan from 2026-06-29 to 2026-06-30"), "\(errors)")
    #expect(errors.contains("`eve` is in no plan at all"), "\(errors)")
    #expect(!output.contains("Eve Sun"))
  }

  @Test("somebody in two plans is refused, or allowed and paid by both, as the book states")
  func several() throws {
    try write("sales-2026.yaml", "specialists.yaml, payees: payee.role == \"specialist\"", "specialists.yaml")
    let refused = try run("run", "sales-2026.yaml")
    #expect(refused.code == 1)
    #expect(
      refused.errors.contains(
        "`ann` is in `reps-1` and `specialists` from 2026-06-01 to 2026-06-30, and 1 other so too"),
      "\(refused.errors)")
    try write("sales-2026.yaml", "several_plans: refused", "several_plans: allowed")
    let allowed = try run(
      "run", "sales-2026.yaml", "--format", "json", "--payee", "ben", "--period", "2026-06")
    #expect(allowed.code == 0, "\(allowed.errors)")
    let row = try #require(try JSONValue(parsing: allowed.output)["statements"]?.array?.first)
    // As a rep 20,000 × 10 %; by the other plan 36,000 / 12 for the whole month, and 30,000 × 1 %.
    #expect(row["reps"]?.string == "2000.00")
    #expect(row["specialists"]?.string == "3300.00")
    #expect(row["total"]?.string == "5300.00")
  }

  @Test("the files of a book are those of its plans, and statements over all")
  func files() throws {
    let (code, output, errors) = try run("run", "sales-2026.yaml", "--out", "out")
    #expect(code == 0, "\(errors)")
    #expect(output.contains("complete: 3 plans, total 20,300.00"))
    let manifest = try JSONValue(
      parsing: String(contentsOfFile: folder.path + "/out/book.json", encoding: .utf8))
    #expect(manifest["total"]?.string == "20300.00")
    #expect(manifest["plans"]?.array?.map { $0["folder"]?.string } == ["reps-1", "reps-2", "specialists"])
    for plan in ["reps-1", "reps-2", "specialists"] {
      let run = try String(contentsOfFile: folder.path + "/out/\(plan)/run.json", encoding: .utf8)
      #expect(try JSONValue(parsing: run)["state"]?.string == "complete")
    }
    let statements = try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8)
    #expect(
      statements.hasPrefix("payee,name,period,reps,specialists,total\nann,Ann Lee,2026-06,4000.00,,4000.00\n")
    )
  }

  @Test("somebody's pay is explained plan by plan")
  func explained() throws {
    let (code, output, errors) = try run(
      "explain", "sales-2026.yaml", "--payee", "ben", "--period", "2026-06")
    #expect(code == 0, "\(errors)")
    #expect(output.contains("reps-1\nBen Ortiz in 2026-06"))
    #expect(output.contains("specialists\nBen Ortiz in 2026-06"))
    #expect(!output.contains("reps-2"))
    let unknown = try run("explain", "sales-2026.yaml", "--payee", "benn")
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("did you mean `ben`?"), "\(unknown.errors)")
  }

  @Test("plans of two currencies are not added up")
  func currencies() throws {
    let staff = try String(contentsOfFile: folder.path + "/staff.yaml", encoding: .utf8)
    _ = try folder.write(staff.replacing("currency: USD", with: "currency: EUR"), "staff-eur.yaml")
    try write("specialists.yaml", "staff.yaml", "staff-eur.yaml")
    let (code, _, errors) = try run("run", "sales-2026.yaml")
    #expect(code == 1)
    #expect(errors.contains("plan `specialists` is in EUR, and `reps-1` in USD"), "\(errors)")
  }

  @Test("what is for one plan says that this is a book")
  func notAPlan() throws {
    let (code, _, errors) = try run("diff", "sales-2026.yaml", "reps-h1.yaml")
    #expect(code != 0)
    #expect(errors.contains("this is a book of plans, not a plan"), "\(errors)")
  }

  @Test("the order of a book's plans and versions changes no figure")
  func order() throws {
    let before = try run("run", "sales-2026.yaml", "--format", "json")
    try write(
      "sales-2026.yaml",
      "      - {file: reps-h1.yaml, to: 2026-06-30}\n      - {file: reps-h2.yaml, from: 2026-07-01}\n",
      "      - {file: reps-h2.yaml, from: 2026-07-01}\n      - {file: reps-h1.yaml, to: 2026-06-30}\n")
    let after = try run("run", "sales-2026.yaml", "--format", "json")
    #expect(
      try JSONValue(parsing: before.output)["statements"]?.bytes()
        == JSONValue(parsing: after.output)["statements"]?.bytes())
  }
}
