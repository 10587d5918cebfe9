import Foundation
import TestSupport
import Testing

/// Earnings that are passed on, where several come to one manager from one deal.
@Suite struct PassedOnTests {
  private static let people = ["boss,", "mid,boss", "ann,mid", "ben,mid"]
  private static let deals = [
    "D-1,2026-01-10,ann,1000.00", "D-2,2026-01-10,ann,3000.00", "D-3,2026-01-10,ben,2000.00",
  ]
  private static let shares = ["D-1,ann,30", "D-1,ben,70", "D-2,ben,20", "D-2,ann,80"]

  /// A plan whose earnings go up.
  ///
  /// `team` gives mid 300 and 700 of D-1, 600 and 2400 of D-2, 2000 of D-3. `override` pays 10% of each: 30, 70, 60,
  /// 240, 200. All come to boss from mid, the first two by one deal; `top` pays 10% of those above 65.
  private static func plan(_ people: [String], _ deals: [String], _ shares: [String]) -> String {
    func rows(_ head: String, _ rows: [String]) -> String {
      ([head] + rows).map { "      \($0)\n" }.joined()
    }
    return """
      plan: Passed on twice
      currency: USD
      calendar: {period: year, from: 2026-01-01, to: 2026-12-31}
      data:
        people:
          csv: |
      \(rows("id,manager", people))
          key: id
          columns: {id: text, manager: text?}
        deals:
          csv: |
      \(rows("id,date,owner,amount", deals))
          key: id
          columns: {id: text, date: date, owner: text, amount: money}
        shares:
          csv: |
      \(rows("deal,person,percent", shares))
          columns: {deal: text, person: text, percent: percent}
      people: {table: people, manager: manager}
      credits:
        sales:
          table: deals
          date: date
          amount: amount
          to: owner
          split: {table: shares, row: deal, person: person, percent: percent, remainder: owner}
        team: {roll_up: sales}
        passed: {roll_up: {earnings: override}}
      components:
        override: {module: commission, credits: team, payees: payee.id == "mid", config: {rate: 10%, round: {at: line}}}
        top: {module: commission, credits: passed, where: amount > 65, config: {rate: 10%, round: {at: line}}}
        none: {module: commission, credits: passed, where: amount > 9999, config: {rate: 10%, round: {at: line}}}

      """
  }

  @Test(
    "each passed-on earning keeps what was paid on it, in whatever order the rows of the files come",
    arguments: [0, 1, 2, 3])
  func exact(turn: Int) throws {
    func turned(_ rows: [String]) -> [String] {
      let place = turn % rows.count
      return (turn % 2 == 0 ? { $0 } : { $0.reversed() })(Array(rows[place...] + rows[..<place]))
    }
    let folder = try TemporaryFolder()
    let plan = try folder.write(
      Self.plan(turned(Self.people), turned(Self.deals), turned(Self.shares)), "plan.yaml")
    let outcome = try Program.incentive("run", plan, "--out", folder.path + "/out")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let lines = CSVRows.read(try String(contentsOfFile: folder.path + "/out/lines.csv", encoding: .utf8))
    let passed = lines.filter { $0["credit"] == "passed" }.map { line in
      ["transaction", "payee", "from", "credited", "top", "none"].map { line[$0] ?? "?" }.joined(
        separator: " ")
    }
    #expect(
      passed == [
        "D-1 boss mid 30.00  ", "D-1 boss mid 70.00 7.00 ", "D-2 boss mid 60.00  ",
        "D-2 boss mid 240.00 24.00 ",
        "D-3 boss mid 200.00 20.00 ",
      ])
    let statements = CSVRows.read(
      try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8))
    #expect(statements.map { "\($0["payee"] ?? "") \($0["total"] ?? "")" }.contains("boss 51.00"))
  }
}
