import Foundation
import JSONCore
import Money
import TestSupport
import Testing

/// Ready-made measures, and measures that are made of others.
@Suite struct ReadyMadeTests {
  private static func plan() throws -> String {
    let blocks = try Markdown(path: "Docs/PlanReference.md").blocks
    return String(try #require(blocks.first { $0.file == "ready-made.yaml" }).text)
  }

  private func run(_ plan: String) throws -> (code: Int32, statements: [JSONValue], errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml", "--format", "json"], folder: folder.path)
    let output = try? JSONValue(parsing: outcome.output)
    return (outcome.code, output?["statements"]?.array ?? [], outcome.errors)
  }

  private func figure(_ name: String, in period: String, _ plan: String) throws -> ExactDecimal? {
    let (code, statements, errors) = try run(plan)
    try #require(code == 0, "\(errors)")
    let row = try #require(statements.first { $0["period"]?.string == period })
    return ExactDecimal(
      row[name].map { String(decoding: $0.bytes(), as: UTF8.self) }?.replacing("\"", with: "") ?? "")
  }

  // Worked out by hand from the rows of the plan, as the table below it in the reference says.
  @Test(
    "a ready-made measure is what the reference defines",
    arguments: [
      ("margin", "400"), ("wins", "0.6667"), ("wins_of_value", "0.3333"), ("closing", "0.3333"),
      ("new_customers", "0.5"), ("logos", "0.6667"), ("revenue_kept", "0.7"), ("collected", "1000"),
      ("days", "75"), ("growth", "0.5"), ("index", "0.68"),
    ])
  func figures(name: String, figure: String) throws {
    #expect(try self.figure(name, in: "2026-Q1", Self.plan()) == ExactDecimal(figure))
  }

  // Both readings of what the field disagrees on.
  @Test(
    "the other reading that a plan may state gives the other figure",
    arguments: [
      ("floor: 0", "floor: none", "margin", "350"),
      (#"out_of: 'stage in ["won", "lost"]'"#, "out_of: all", "wins", "0.5"),
      ("out_of: all, by: amount", "out_of: all, by: lines", "wins_of_value", "0.5"),
      ("of: net-revenue", "of: gross-revenue", "revenue_kept", "0.625"),
      ("on: paid, within: 60", "on: paid", "collected", "4000"),
      ("to: paid, by: amount", "to: paid, by: lines", "days", "60"),
      ("base: year-before", "base: previous", "growth", "0"),
    ])
  func readings(old: String, new: String, name: String, figure: String) throws {
    let plan = try Self.plan()
    #expect(plan.contains(old))
    #expect(
      try self.figure(name, in: "2026-Q1", plan.replacing(old, with: new)) == ExactDecimal(figure))
  }

  @Test("a growth without a base is what the plan states for it")
  func withoutBase() throws {
    let plan = try Self.plan().replacing(
      "base: year-before}, over: period, round: {places: 4}, if_none: 0}",
      with: "base: year-before}, over: period, round: {places: 4}, if_none: 7%}")
    #expect(try figure("growth", in: "2025-Q1", plan) == ExactDecimal("0.07"))
    // 2025-Q2 sold nothing, so that 2026-Q2 has a base of zero.
    #expect(try figure("growth", in: "2026-Q2", plan) == ExactDecimal("0.07"))
  }

  @Test("a year before is found by the day on which the period begins")
  func partOfAYear() throws {
    let plan = try Self.plan()
      .replacing("period: quarter, from: 2025-01-01", with: "period: month, from: 2025-02-01")
      .replacing("over: year\n    round", with: "over: period\n    round")
    // February 2026: 600.00 after 1,000.00; January has no year before.
    #expect(try figure("growth", in: "2026-02", plan) == ExactDecimal("-0.4"))
    #expect(try figure("growth", in: "2026-01", plan) == ExactDecimal("0"))
  }

  @Test("the order of rows changes no figure")
  func order() throws {
    let plan = try Self.plan()
    let rows = plan.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.contains("  O-") }
    let turned = plan.replacing(rows.joined(separator: "\n"), with: rows.reversed().joined(separator: "\n"))
    #expect(turned != plan)
    #expect(try run(turned).statements.map { $0.bytes() } == run(plan).statements.map { $0.bytes() })
  }
}
