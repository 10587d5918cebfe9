import Foundation
import JSONCore
import TestSupport
import Testing

/// `incentive check`: everything at once, nothing twice.
@Suite struct CheckTests {
  /// What `check` says of the plan of one salesperson after these changes.
  private func check(_ changes: (String, String)...) throws -> (code: Int32, errors: String) {
    let folder = try TemporaryFolder()
    var text = try Project.text("Plans/one-salesperson/plan.yaml")
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    let plan = try folder.write(text, "plan.yaml")
    let outcome = try Program.incentive("check", plan)
    return (outcome.code, outcome.errors.replacing(folder.path + "/", with: ""))
  }

  @Test("rows that stand in the plan are checked with it, also when other parts have errors")
  func inlineRows() throws {
    let bad = ("D-1,2026-03-31,ann,130000", "D-1,2026-03-32,ann,130000")
    let alone = try check(bad)
    #expect(alone.code == 1)
    #expect(
      alone.errors.hasPrefix("plan.yaml:24 (date): error: `2026-03-32` is not a day [bad-date]"),
      "\(alone.errors)")
    let both = try check(bad, ("over: period\n    quota", "over: perod\n    quota"))
    #expect(both.errors.contains("[bad-date]") && both.errors.contains("did you mean `period`?"))
    #expect(both.errors.hasSuffix("2 errors\n"), "\(both.errors)")
  }

  @Test(
    "percentages that are all at most 1 are asked about once",
    arguments: [("0.05", true), ("0.05%", false), ("1", true), ("1.1", false), ("0", false)])
  func smallPercentages(cell: String, isTold: Bool) throws {
    let said = try check(
      ("id,date,owner,amount\n", "id,date,owner,amount,r\n"), ("ann,130000\n", "ann,130000,\(cell)\n"),
      ("amount: money}\n\npeople", "amount: money, r: percent}\n\npeople"))
    #expect(said.code == 0)
    #expect(
      said.errors.contains("every cell of `r` is at most 1, and read as at most 1%") == isTold,
      "\(said.errors)")
  }

  @Test(
    "what follows from a fault is not told beside it",
    arguments: [
      ("    measure: bookings\n", "    measure: bokings\n"),
      ("    measure: bookings\n", "    mesure: bookings\n"),
      ("    quota: {", "    qota: {"),
    ])
  func noFollowUps(old: String, new: String) throws {
    let said = try check((old, new))
    #expect(said.code == 1 && said.errors.hasSuffix("\n1 error\n"), "\(said.errors)")
  }

  @Test(
    "bands cut amounts only at shares of a quota of these amounts",
    arguments: [
      ("    sum: amount\n", "    count: lines\n"),
      ("    sum: amount\n", "    sum: amount\n    where: amount > 0\n"),
      ("    module: commission\n", "    module: commission\n    where: amount > 0\n"),
    ])
  func foreignQuota(old: String, new: String) throws {
    let said = try check((old, new))
    #expect(said.code == 1)
    #expect(
      said.errors.contains(
        "cut the amounts of the lines at shares of the quota, and `bookings` measures something else"),
      "\(said.errors)")
    #expect(said.errors.contains("give measure and component the same `credits` and `where`"))
    let alike = try check(
      ("    sum: amount\n", "    sum: amount\n    where: amount > 0\n"),
      ("    module: commission\n", "    module: commission\n    where: amount > 0\n"))
    #expect(alike.code == 0, "\(alike.errors)")
    let whole = try check((old, new), ("method: marginal\n", "method: whole-amount\n        edge: upper\n"))
    #expect(whole.code == 0, "\(whole.errors)")
    let misspelt = try check(("    sum: amount\n", "    sun: amount\n"))
    #expect(misspelt.code == 1 && !misspelt.errors.contains("the bands"), "\(misspelt.errors)")
  }

  private static let tiers = """
          tiers:
            by: attainment
            method: marginal
            over: period
            bands:
              - {to: 100%, rate: 10%}
              - {rate: 15%}

    """

  @Test(
    "a share is no amount, and an amount no share",
    arguments: [
      ("rate: 10", "`10` is 1000%", "write `10%`"),
      ("rate: 10 USD", "a share belongs here, not an amount of money", "write a percentage, like `7.5%`"),
      ("rate: {by: id, table: {D-1: 10}, otherwise: 0}", "`10` is 1000%", "write `10%`"),
      ("rate: {by: id, table: {}, otherwise: 10 USD}", "a share belongs here", "write a percentage"),
      ("per_unit: {amount: 10%, units: amount}", "an amount of money belongs here", "write the amount"),
      (
        "per_unit: {amount: {by: id, table: {D-1: 10%}, otherwise: 0}, units: amount}",
        "an amount of money belongs here", "write the amount"
      ),
      (
        "tiers: {by: amount, method: marginal, over: deal, bands: [{to: 100%, rate: 1%}, {rate: 2%}]}",
        "an amount of money belongs here", "write the amount"
      ),
      (
        "tiers: {by: attainment, method: marginal, over: deal, bands: [{to: 100, rate: 1%}, {rate: 2%}]}",
        "`100` is 10000%", "write `100%`"
      ),
      (
        "tiers: {by: amount, method: marginal, over: deal, bands: [{to: 100, rate: 1%}, {rate: 2}, {rate: 12}]}",
        "`12` is 1200%", "write `12%`"
      ),
      ("rate: 1%\n      gate: {at_least: 80, missed: lost}", "`80` is 8000%", "write `80%`"),
      ("rate: 1%\n      cap: {amount: 50%, per: period}", "an amount of money", "write the amount"),
      ("rate: 1%\n      floor: {amount: 50%, per: line}", "an amount of money", "write the amount"),
    ])
  func units(terms: String, message: String, help: String) throws {
    let said = try check((Self.tiers, "      \(terms)\n"))
    #expect(said.code == 1, "\(terms)")
    #expect(said.errors.contains(message) && said.errors.contains(help), "\(said.errors)")
    #expect(said.errors.contains("[module-config]"), "\(said.errors)")
  }

  @Test(
    "shares and amounts as they are meant",
    arguments: [
      "rate: 0.1", "rate: 10%", "per_unit: {amount: 10 USD, units: amount}",
      "tiers: {by: amount, method: marginal, over: deal, bands: [{to: 100 USD, rate: 1%}, {rate: 2%}]}",
      "rate: 1%\n      multipliers: [{by: id, table: {D-1: 12}, otherwise: 150%}]",
      "rate: 1%\n      cap: {amount: 50 USD, per: period}",
    ])
  func meant(terms: String) throws {
    let said = try check((Self.tiers, "      \(terms)\n"))
    #expect(said.code == 0, "\(said.errors)")
  }
}
