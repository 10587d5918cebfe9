import Foundation
import JSONCore
import TestSupport
import Testing

/// Owners found by rules: territories, house accounts, people named in the plan.
@Suite struct OwnerTests {
  private static func plan(to ways: String, territories: String = "West,,ann\n") -> String {
    """
    plan: Owners
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-01-31}
    data:
      people:
        csv: |
          id
          ann
          ben
        key: id
        columns: {id: text}
      deals:
        csv: |
          id,date,region,industry,amount
          D-1,2026-01-05,West,bank,100.00
          D-2,2026-01-06,East,bank,200.00
          D-3,2026-01-07,East,retail,400.00
        key: id
        columns: {id: text, date: date, region: text, industry: text, amount: money}
      territories:
        csv: |
          region,industry,rep
          \(territories.split(separator: "\n").joined(separator: "\n      "))
        columns: {region: text?, industry: text?, rep: text}
    people: {table: people}
    credits:
      own: {table: deals, date: date, amount: amount, to: \(ways)}
    components:
      pay: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
    """
  }

  private static let byTerritory =
    "[{table: territories, match: {region: region, industry: industry}, person: rep}, nobody]"

  @Test("a row that two territories fit equally well is rejected, and pays nobody")
  func ambiguous() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      Self.plan(to: Self.byTerritory, territories: "West,,ann\n,bank,ben\n"), "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("several territories fit this row equally well [ambiguous-territory]"))
    let statements = try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8)
    #expect(statements.contains("ben,2026-01,20.00") || statements.contains("ben,ben,2026-01,20.00"))
    #expect(!statements.contains("10.00"))
  }

  @Test("rows of house accounts are counted, and pay nobody")
  func house() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan(to: Self.byTerritory), "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let manifest = try JSONValue(
      parsing: String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8))
    #expect(manifest["counts"]?["houseRows"] == ["own": 2])
    #expect(manifest["total"]?.string == "10.00")
  }

  @Test("without a house, a row that nobody is found for is rejected")
  func nobody() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      Self.plan(to: Self.byTerritory.replacingOccurrences(of: ", nobody", with: "")), "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml"], folder: folder.path)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("the row has no owner to credit"))
  }

  @Test("a person named in the plan who is not among the people is told at the name")
  func stranger() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(Self.plan(to: "[{where: region == \"West\", person: anne}, nobody]"), "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml"], folder: folder.path)
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("plan.yaml:27:90: error: `anne` is not among the people of the plan"))
    #expect(outcome.errors.contains("did you mean `ann`?"))
  }
}
