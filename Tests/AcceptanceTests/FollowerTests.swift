import Foundation
import JSONCore
import TestSupport
import Testing

/// Shares that the plan states for the people whom a CRM lists, and what becomes of rows that are rejected.
@Suite struct FollowerTests {
  private static func run(
    _ split: String, _ followers: [(deal: String, person: String, role: String)], rejected: String = "fail",
    deals: String = "D-1,2026-03-05,ann,100.01,10\n"
  ) throws -> (code: Int32, lines: [String], errors: String, manifest: JSONValue) {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      """
      plan: Followers
      currency: USD
      calendar: {period: month, from: 2026-03-01, to: 2026-03-31}
      data:
        people: {csv: "id\\nann\\nben\\nkim\\nsue\\n", key: id, columns: {id: text}}
        deals:
          file: deals.csv
          key: id
          rejected_rows: \(rejected)
          columns: {id: text, date: date, owner: text, amount: money, seats: integer}
        followers:
          file: followers.csv
          columns: {deal: text, person: text, role: text?}
      people: {table: people}
      credits:
        own: {table: deals, date: date, amount: amount, to: owner, split: {table: followers, row: deal, person: person, \(split)}}
      components:
        pay: {module: commission, credits: own, config: {rate: 100%, round: {at: line}}}
      outputs:
        lines: {columns: {payee: payee, transaction: transaction, amount: credited}}
      """, "plan.yaml")
    _ = try folder.write("id,date,owner,amount,seats\n" + deals, "deals.csv")
    _ = try folder.write(
      "deal,person,role\n" + followers.map { "\($0.deal),\($0.person),\($0.role)\n" }.joined(),
      "followers.csv")
    let outcome = try Program.incentive(["run", "plan.yaml", "--out", "out"], folder: folder.path)
    func read(_ name: String) -> String {
      (try? String(contentsOfFile: folder.path + "/out/" + name, encoding: .utf8)) ?? ""
    }
    let lines = CSVRows.read(read("lines.csv")).map { "\($0["payee"] ?? "?") \($0["amount"] ?? "?")" }
    return (outcome.code, lines, outcome.errors, try JSONValue(parsing: read("run.json")))
  }

  private static let four = [
    (deal: "D-1", person: "kim", role: "support"), (deal: "D-1", person: "ann", role: "owner"),
    (deal: "D-1", person: "sue", role: "support"), (deal: "D-1", person: "ben", role: "support"),
  ]

  @Test("equal shares of three add up to the cent, in whatever order people are listed")
  func equal() throws {
    let three = Array(Self.four.dropFirst())
    for people in [three, three.reversed()] {
      // A third of 100.01 is 33.34 (of 33.3367); the owner gets what is left, 33.33.
      let outcome = try Self.run("shares: equal, remainder: owner", people)
      #expect(
        outcome.code == 0 && outcome.lines == ["ann 33.33", "ben 33.34", "sue 33.34"], "\(outcome.errors)")
    }
  }

  @Test(
    "shares by role: people of one role share it, and a vacant one goes to the others where that is stated")
  func roles() throws {
    let shares = "shares: {by: role, of: {owner: 70%, support: 30%}, vacant: scale}, remainder: owner"
    // 10 % of 100.01 is 10.00; 100.01 - 30.00 is 70.01.
    let outcome = try Self.run(shares, Self.four)
    #expect(outcome.lines == ["ann 70.01", "ben 10.00", "kim 10.00", "sue 10.00"], "\(outcome.errors)")
    let alone = try Self.run(shares, [Self.four[1]])
    #expect(alone.code == 0 && alone.lines == ["ann 100.01"])
    let rejected = try Self.run(shares.replacingOccurrences(of: "scale", with: "reject"), [Self.four[1]])
    #expect(rejected.code == 1 && rejected.lines.isEmpty)
    #expect(rejected.errors.contains("the shares of this row add up to 70%, not 100%"))
    // Of three roles with 50 %, 30 % and 20 % the last is vacant: 5/8 and 3/8 of 100.01 are 62.51 and 37.50.
    let scaled = try Self.run(
      "shares: {by: role, of: {owner: 50%, support: 30%, other: 20%}, vacant: scale}, remainder: owner",
      Array(Self.four.prefix(2)))
    #expect(scaled.code == 0 && scaled.lines == ["ann 62.51", "kim 37.50"], "\(scaled.errors)")
  }

  @Test("side by side each has the share of the role whole")
  func overlays() throws {
    let outcome = try Self.run(
      "where: role != 'owner', shares: {by: role, of: {support: 25%}}, total: any", Self.four)
    #expect(
      outcome.code == 0 && outcome.lines == ["ben 25.00", "kim 25.00", "sue 25.00"], "\(outcome.errors)")
  }

  @Test("a table that stops the run at rejected rows pays nobody, whether they are bad or cannot be used")
  func stop() throws {
    for bad in ["D-2,2026-03-32,ann,5.00,1\n", "D-2,2026-03-05,nobody,5.00,1\n"] {
      let deals = "D-1,2026-03-05,ann,100.01,10\n" + bad
      let stopped = try Self.run("shares: equal, remainder: owner", [], rejected: "stop", deals: deals)
      #expect(stopped.code == 1 && stopped.lines.isEmpty)
      #expect(
        stopped.errors.contains("table `deals` stops the run: a row of it was rejected [rows-rejected]"))
      #expect(stopped.manifest["state"]?.string == "failed")
      let failed = try Self.run("shares: equal, remainder: owner", [], deals: deals)
      #expect(failed.code == 1 && failed.lines == ["ann 100.01"])
      let accepted = try Self.run("shares: equal, remainder: owner", [], rejected: "accept", deals: deals)
      #expect(accepted.code == 0 && accepted.lines == ["ann 100.01"])
    }
  }

  @Test("the data of a run is told table by table: rows, rejections by reason, and sums to tie to a ledger")
  func quality() throws {
    let deals =
      "D-1,2026-03-05,ann,100.01,10\nD-2,2026-03-32,ann,5.00,1\nD-3,2026-03-05,nobody,7.00,2\nD-4,x,ann,y,1\n"
    let outcome = try Self.run("shares: equal, remainder: owner", [], deals: deals)
    let table = outcome.manifest["tables"]?.array?.first { $0["table"]?.string == "deals" }
    #expect(
      table == [
        "table": "deals", "rows": 4, "accepted": 2, "rejected": 3,
        "rejectedByReason": ["bad-date": 2, "bad-number": 1, "dangling-key": 1],
        "sums": ["amount": "107.01", "seats": "12"], "controlTotal": "none",
      ])
  }
}
