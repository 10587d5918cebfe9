import Foundation
import JSONCore
import Money
import TestSupport
import Testing

/// Pay mix, facts about people, and what counts when they change within a period.
@Suite struct PeopleTests {
  private func plan(_ file: String) throws -> String {
    let blocks = try Markdown(path: "Docs/PlanReference.md").blocks
    return String(try #require(blocks.first { $0.file == file }).text)
  }

  private func run(_ plan: String) throws -> (code: Int32, statements: [JSONValue], errors: String) {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    let outcome = try Program.incentive(["run", "plan.yaml", "--format", "json"], folder: folder.path)
    let output = try? JSONValue(parsing: outcome.output)
    return (outcome.code, output?["statements"]?.array ?? [], outcome.errors)
  }

  private func cell(_ column: String, _ payee: String, _ period: String, _ plan: String) throws
    -> ExactDecimal?
  {
    let (code, statements, errors) = try run(plan)
    try #require(code == 0, "\(errors)")
    let row = try #require(
      statements.first { $0["payee"]?.string == payee && $0["period"]?.string == period })
    let text = row[column].map { String(decoding: $0.bytes(), as: UTF8.self) }?.replacing("\"", with: "")
    return text.flatMap { ExactDecimal($0) }
  }

  // By Python: Fraction(48000) * 31 / 365 is 4076.71; (15 * 48000 + 15 * 60000) / 365 is 4438.36.
  @Test(
    "a year's target is spread as the plan states",
    arguments: [
      ("equal", "2026-05", "4000"), ("equal", "2026-06", "4500"), ("days", "2026-05", "4076.71"),
      ("days", "2026-06", "4438.36"),
    ])
  func spread(word: String, period: String, amount: String) throws {
    let plan = try plan("target-pay.yaml").replacing("spread: equal", with: "spread: \(word)")
    #expect(try cell("of_period", "ann", period, plan) == ExactDecimal(amount))
  }

  @Test("a target of a period is taken as it is")
  func ofPeriod() throws {
    let plan = try plan("target-pay.yaml").replacing("per: year\n    spread: equal", with: "per: period")
    #expect(try cell("of_period", "ann", "2026-05", plan) == ExactDecimal("48000"))
  }

  @Test("an amount that is not stated is worked out of two others")
  func worked() throws {
    let stated = try plan("target-pay.yaml")
    let mix =
      "    ote: {table: pay, person: person, value: ote, from: from}\n    mix: {table: pay, person: person, value: mix, from: from}\n"
    #expect(stated.contains(mix))
    let base = stated.replacing("ote,mix,from\n", with: "ote,low,from\n").replacing(
      ",60%,", with: ",72000.00,"
    )
    .replacing(",80%,", with: ",72000.00,").replacing("mix: percent", with: "low: money")
    func with(_ keys: [String]) -> String {
      base.replacing(
        mix,
        with: zip(keys, ["ote", "low"]).map {
          "    \($0): {table: pay, person: person, value: \($1), from: from}\n"
        }
        .joined())
    }
    // An OTE of 120,000 with a base of 72,000 leaves 48,000.
    #expect(try cell("target", "ann", "2026-05", with(["ote", "base"])) == ExactDecimal("48000"))
    // A target of 120,000 and a base of 72,000: the OTE is not shown, the target is what is stated.
    #expect(try cell("target", "ann", "2026-05", with(["target", "base"])) == ExactDecimal("120000"))
    let ote = with(["target", "base"]).replacing("target: payee.target_incentive", with: "target: payee.ote")
    #expect(try cell("target", "ann", "2026-05", ote) == ExactDecimal("192000"))
  }

  @Test(
    "what is wrong with a pay mix is told at its place",
    arguments: [
      ("    per: year\n", "", "`pay` must state `per`"),
      ("    spread: equal\n", "", "`pay` must state `spread`"),
      ("    per: year\n    spread: equal", "    per: period\n    spread: equal", "`spread` has no meaning"),
      (
        "    mix: {table: pay, person: person, value: mix, from: from}\n", "",
        "does not say what the target incentive is"
      ),
      (
        "value: mix, from: from}\n    per", "value: person, from: from}\n    per", "`mix` of `pay` holds text"
      ),
      ("has: {role: rep}", "has: {rolle: rep}", "did you mean `role`?"),
      ("has: {role: rep}", "has: rep", "write `has: {role: overlay}`"),
      ("has: {role: rep}", "has: {role: rep}, value: role", "`value` and `has` exclude each other"),
      ("payee.is_mentor &&", "payee.is_mentors &&", "did you mean `payee.is_mentor`?"),
    ])
  func faults(old: String, new: String, message: String) throws {
    let plan = try plan("target-pay.yaml")
    try #require(plan.contains(old))
    let (code, _, errors) = try run(plan.replacing(old, with: new))
    #expect(code == 1)
    #expect(errors.contains(message), "\(errors)")
  }

  // The June quotas of a rep and a senior, 30,000 and 60,000, and Ben a senior from the 16th.
  @Test(
    "a quota of a role counts by the last day or by each day, as the plan states",
    arguments: [("last-day", "60000"), ("by-day", "45000")])
  func changes(word: String, quota: String) throws {
    let plan = try plan("quotas.yaml")
    let active = try #require(plan.range(of: "      active_days:\n"))
    let end = try #require(plan.range(of: "components:\n"))
    let changed =
      String(plan[..<active.lowerBound] + "      changes: \(word)\n" + plan[end.lowerBound...])
      .replacing(
        "people: {table: people, role: role}",
        with: "people: {table: people, role: {table: roles, person: person, value: role, from: from}}"
      )
      .replacing(
        "  absences:\n",
        with: """
            roles:
              csv: |
                person,role,from
                ann,rep,2020-01-01
                ben,rep,2020-01-01
                ben,senior,2026-06-16
                eve,senior,2020-01-01
              columns: {person: text, role: text, from: date}
            absences:

          """)
    #expect(try cell("quota", "ben", "2026-06", changed) == ExactDecimal(quota))
    #expect(try cell("quota", "ben", "2026-05", changed) == ExactDecimal("31000"))
  }

  @Test("a plan that is assigned to some, from a day on, pays those from that day")
  func assigned() throws {
    let plan = try plan("target-pay.yaml").replacing(
      "credits:\n  own", with: "assigned: {payees: payee.is_rep, from: 2026-06-11}\ncredits:\n  own")
    let (code, statements, errors) = try run(plan)
    try #require(code == 0, "\(errors)")
    let totals = statements.map { $0["total"]?.string }
    // Ann: 5 days of 4,000 and 15 of 5,000 by 30 are 3,166.67, × 120 %; the mentors' line was the day before.
    #expect(totals == ["0.00", "3800.00", "0.00", "0.00"])
  }
}
