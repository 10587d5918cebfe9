import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive diff`: what differs by meaning, and whom it makes better or worse off.
@Suite struct DiffTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let quickstart = "Plans/quickstart/plan.yaml"

  /// What is told about the quickstart plan and the same with these texts replaced.
  private func diff(_ changes: [(String, String)], _ options: String...) throws -> Program.Outcome {
    var text = try Project.text(Self.quickstart)
    for (old, new) in changes {
      #expect(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    return try Program.incentive(["diff", Self.quickstart, try folder.write(text, "other.yaml")] + options)
  }

  // ann: (30,000 × 1.2 + 20,000) × 2% = 1,120; ben: 50,000 × 1.2 × 2% = 1,200;
  // mei: 157,105.01 × 0.5% = 785.53 and 89,349.50 × 0.5% = 446.75 for 1,571.05 and 893.50.
  private static let rates = [("rate: 8%", "rate: 10%"), ("rate: 1%", "rate: 0.5%")]

  @Test("rates are told by where they stand, and payees by how much their pay changes")
  func pay() throws {
    let outcome = try diff(Self.rates, "--data", "Plans/quickstart")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.output == """
        `rate` of band 2 of component `commission`: 8% → 10%
        `rate` of component `override`: 1% → 0.5%

        payee  name          before      after  difference
        ─────  ─────────  ─────────  ─────────  ──────────
        mei    Mei Zhang   2,464.55   1,232.28   -1,232.27
        ben    Ben Ortiz  11,898.66  13,098.66   +1,200.00
        ann    Ann Lee     7,184.20   8,304.20   +1,120.00
        2 better off by 2,320.00, 1 worse off by 1,232.27, 0 as before
        total 21,547.41 → 22,635.14 USD (+1,087.73)

        """, "\(outcome.output)")
  }

  @Test("programs get the same")
  func json() throws {
    let json = try JSONValue(
      parsing: try diff(Self.rates, "--data", "Plans/quickstart", "--format", "json").output)
    #expect(
      json["changes"]?.array?.first?["before"] == "8%" && json["changes"]?.array?.first?["after"] == "10%")
    #expect(json["changes"]?.array?.first?["places"]?.array?.first == "Plans/quickstart/plan.yaml:81:30")
    #expect(json["pay"]?["before"] == "21547.41" && json["pay"]?["after"] == "22635.14")
    #expect(json["pay"]?["payees"]?.array?.first?["difference"] == "-1232.27")
    #expect(try JSONValue(parsing: try diff(Self.rates, "--format", "json").output)["pay"] == .null)
  }

  @Test(
    "other words for the same are no difference",
    arguments: [
      ("rate: 8%", "rate: 0.08"), ("rate: 8%", "rate:  8.0%"),
      ("    over: year ", "    # a comment\n    over: year "),
      ("  name: name\n  role: role\n", "  role: role\n  name: name\n"),
      ("key: [person, quarter]", "key:\n      - person\n      - quarter"),
      ("table: people\n", "table: \"people\"\n"),
    ])
  func same(old: String, new: String) throws {
    let outcome = try diff([(old, new)])
    #expect(outcome.code == 0 && outcome.output == "the plans say the same\n", "\(outcome.output)")
  }

  @Test(
    "each kind of change has its words",
    arguments: [
      (
        "          - {to: 50%, rate: 4%}\n", "",
        "band 1 of component `commission` is gone, was {to: 50%, rate: 4%}\n"
      ),
      (
        "          - {rate: 12%}\n", "          - {to: 150%, rate: 12%}\n          - {rate: 15%}\n",
        "`to` of band 3 of component `commission` is new: 150%\nband 4 of component `commission` is new: {rate: 15%}\n"
      ),
      ("to: 2026-06-30", "to: 2026-09-30", "`to` of `calendar`: 2026-06-30 → 2026-09-30\n"),
      ("    over: year ", "    over: quarter ", "`over` of measure `bookings`: year → quarter\n"),
      (
        "remainder: owner", "remainder: largest",
        "`remainder` of `split` of credit rule `own`: owner → largest\n"
      ),
      ("key: [person, quarter]", "key: person", "`key` of table `quotas`: [person, quarter] → person\n"),
      (
        "platform: 1.2", "platform: 1.25",
        "`platform` of `table` of multiplier 1 of component `commission`: 1.2 → 1.25\n"
      ),
      ("plan: East team 2026", "plan: West team", "`plan`: East team 2026 → West team\n"),
    ])
  func words(old: String, new: String, said: String) throws {
    #expect(try diff([(old, new)]).output == said)
  }

  @Test("rows in the plan are told by their number, and their order is nothing")
  func rows() throws {
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    let deal = "      D-1,2026-03-31,ann,130000\n"
    let before = try folder.write(text.replacing(deal, with: deal + "      D-2,2026-04-30,ann,1\n"), "a.yaml")
    let turned = try folder.write(text.replacing(deal, with: "      D-2,2026-04-30,ann,1\n" + deal), "b.yaml")
    #expect(try Program.incentive("diff", before, turned).output == "the plans say the same\n")
    let other = try folder.write(text.replacing(deal, with: "      D-3,2026-04-30,ann,1\n" + deal), "c.yaml")
    #expect(
      try Program.incentive("diff", before, other).output
        == "`csv` of table `deals`: 2 rows → 2 rows, 1 gone and 1 new\n")
  }

  @Test("what cannot be compared is refused")
  func refused() throws {
    let plan = "Plans/one-salesperson/plan.yaml"
    let euros = try folder.write(
      try Project.text(plan).replacing("currency: USD", with: "currency: EUR"), "euros.yaml")
    let currency = try Program.incentive("diff", plan, euros, "--data", ".")
    #expect(
      currency.code == 1 && currency.errors.contains("amounts cannot be compared"), "\(currency.errors)")
    let broken = try diff([("currency: USD\n\ncalendar", "calendar")])
    #expect(broken.code == 1 && broken.errors.contains("a plan has no `currency`"))
    #expect(
      try diff([], "--data", "/nonexistent").errors.contains("the data folder `/nonexistent` is not there"))
    #expect(try Program.incentive("diff", Self.quickstart).code == 2)
  }
}
