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

  @Test("what the schema finds hides nothing that the module asks for, nor the columns of lines")
  func allAtOnce() throws {
    let said = try check(
      ("method: marginal", "method: slab"), ("      round: {at: line}\n", ""),
      (
        "components:",
        "outputs:\n  statements: {columns: {Pay: totl}}\n  lines: {columns: {Band: commission.porton_1}}\ncomponents:"
      ))
    for words in [
      "did you mean `whole-amount`?", "must state `round`", "did you mean `total`?",
    ] { #expect(said.errors.contains(words), "\(words) is missing in \(said.errors)") }
    #expect(said.errors.hasSuffix("\n3 errors\n"), "\(said.errors)")
    let lines = try check(
      ("over: period\n    quota", "over: perod\n    quota"),
      ("components:", "outputs:\n  lines: {columns: {Band: commission.porton_1}}\ncomponents:"))
    #expect(
      lines.errors.contains("did you mean `portion_1`?") && lines.errors.hasSuffix("\n2 errors\n"),
      "\(lines.errors)")
  }

  @Test("a floor is asked for what it can be")
  func floor() throws {
    let said = try check(("      round: {at: line}", "      floor: {amount: 5}\n      round: {at: line}"))
    #expect(
      said.errors.contains("write `per: …` with one of `line`, `period`, `window`, `year`\n"),
      "\(said.errors)")
  }

  @Test("a row that points at a rejected row says so")
  func rejectedTarget() throws {
    let reference = ("columns: {person: text,", "columns: {person: {type: text, references: people},")
    let twice = try check(reference, ("      ann,Ann Lee\n", "      ann,Ann Lee\n      ann,Ann Li\n"))
    #expect(twice.errors.contains("the row `ann` of table `people` was rejected"), "\(twice.errors)")
    let bad = try check(
      reference, ("id,name\n      ann,Ann Lee\n", "id,name,since\n      ann,Ann Lee,2026-13-01\n"),
      ("columns: {id: text, name: text}", "columns: {id: text, name: text, since: date}"))
    #expect(
      bad.errors.contains("`ann` is not in table `people`, of which rows were rejected"), "\(bad.errors)")
  }

  @Test("a table in GBK says so, in its header and in its cells", arguments: [true, false])
  func gbk(inHeader: Bool) throws {
    let folder = try TemporaryFolder()
    let plan = try Project.text("Plans/one-salesperson/plan.yaml").replacing(
      "    csv: |\n      id,name\n      ann,Ann Lee\n", with: "    file: people.csv\n")
    _ = try folder.write(plan, "plan.yaml")
    // 姓名 and 王芳 in GBK.
    let (heading, name): ([UInt8], [UInt8]) = ([0xD0, 0xD5, 0xC3, 0xFB], [0xCD, 0xF5, 0xB7, 0xBC])
    let bytes =
      Array("id,".utf8) + (inHeader ? heading : Array("name".utf8)) + Array("\nann,".utf8) + name + [0x0A]
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/people.csv"))
    let said = try Program.incentive("run", "plan.yaml", folder: folder.path).errors
    #expect(
      said.contains("is not UTF-8" + (inHeader ? ", but probably GBK (GB 18030)" : "") + " [csv-encoding]"),
      "\(said)")
    #expect(said.contains("in a spreadsheet as \"CSV UTF-8\"") && !said.contains("did you mean"))
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
    ])
  func foreignQuota(old: String, new: String) throws {
    let said = try check((old, new))
    #expect(said.code == 1)
    #expect(
      said.errors.contains(
        "cut the amounts of the lines at shares of the quota, and `bookings` does not hold all of these amounts"
      ),
      "\(said.errors)")
    #expect(said.errors.contains("let the measure be `sum: amount` of all that the component pays on"))
    let alike = try check(
      ("    sum: amount\n", "    sum: amount\n    where: amount > 0\n"),
      ("    module: commission\n", "    module: commission\n    where: amount > 0\n"))
    #expect(alike.code == 0, "\(alike.errors)")
    let part = try check(("    module: commission\n", "    module: commission\n    where: amount > 0\n"))
    #expect(part.code == 0, "\(part.errors)")
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

  /// The plan of one salesperson with these terms in place of its tiers, and what `check` says of them.
  private func checkTerms(_ terms: String) throws -> String {
    let text = try Project.text("Plans/one-salesperson/plan.yaml")
    let start = try #require(text.range(of: "      tiers:")).lowerBound
    let end = try #require(text.range(of: "      round:")).lowerBound
    let folder = try TemporaryFolder()
    let plan = try folder.write(text[..<start] + "      \(terms)\n" + text[end...], "plan.yaml")
    return try Program.incentive("check", plan).errors.replacing(folder.path + "/", with: "")
  }

  @Test(
    "wrong terms are told where they stand, however deep, and how they are mended",
    arguments: [
      (
        "rate: {by: attainment, edge: upper, bands: [{to: 100%, rte: 5%}, {rate: 6%}]}",
        ["plan.yaml:52:62: error: there is no key `rte` here [unknown-key]", "did you mean `rate`?"]
      ),
      (
        "rate: {by: attainment, bands: [{to: 100%, rate: 5%}, {rate: 6%}]}",
        ["plan.yaml:52:7: error: the plan must state `edge`", "with one of `lower`, `upper`"]
      ),
      (
        "rate: {by: owner, table: {ann: {by: id, table: {x: 10}, otherwise: 0}}, otherwise: 0}",
        ["plan.yaml:52:58: error: `10` is 1000% [module-config]", "write `10%`"]
      ),
      (
        "amount: {per: period, pays: 5%}",
        ["plan.yaml:52:35: error: an amount of money belongs here, not a percentage"]
      ),
      (
        "cap: [{amount: 5000, per: lin}]\n      rate: 10%",
        [
          "plan.yaml:52:33: error: `lin` is not one of `line`, `period`, `window`, `year`",
          "did you mean `line`?",
        ]
      ),
      (
        "rate: 10%\n      multipliers: [{by: attainment, measure: bokings, edge: upper, bands: [{factor: 1}]}]",
        ["plan.yaml:53:47: error: there is no measure `bokings` [unknown-name]", "did you mean `bookings`?"]
      ),
      (
        "amount: {per: period, pays: {by: owner, table: {ann: 5}, otherwise: 0}}",
        ["plan.yaml:52:40: error: there is no column `owner` for component `commission` [unknown-name]"]
      ),
      (
        "per_unit: {amount: 5, units: seats}",
        ["plan.yaml:52:36: error: there is no column `seats` for component `commission` [unknown-name]"]
      ),
      (
        "rate: 10%\n      payable: [{day: owner, share: 100%}]",
        ["plan.yaml:53:23: error: column `owner` holds text, the module wants date [wrong-type]"]
      ),
    ])
  func terms(terms: String, words: [String]) throws {
    let said = try checkTerms(terms)
    for word in words { #expect(said.contains(word), "\(said)") }
    #expect(said.hasSuffix("\n1 error\n"), "\(said)")
  }
}
