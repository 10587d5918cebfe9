import Foundation
import TestSupport
import Testing

/// Points and gifts, held against a second computation in another language.
@Suite struct NonCashTests {
  @Test("random accounts and gross-ups come to what a second computation says, and no balance is below zero")
  func reference() throws {
    let outcome = try Program.run(
      try #require(Program.python),
      [Project.path("Tests/Support/noncash_reference.py"), "300", "--", Project.program("incentive-noncash")])
    #expect(
      outcome.code == 0 && outcome.output == "300 accounts and gross-ups, 0 differ\n", "\(outcome.output)")
  }

  @Test("every gift and every choice is told, with what came of it")
  func explanation() throws {
    let outcome = try Program.incentive(
      "explain", "Plans/small-company/plan.yaml", "--payee", "E01", "--period", "2026-05")
    #expect(outcome.code == 0, "\(outcome.errors)")
    for words in [
      "礼盒: 120% of the quota of 月回款 reached, worth 5,000.00", "worth 500.00, shared by 2",
      "tax on gifts worth 5,500.00", "双人旅行 for 1500: refused, 0 are left",
      "balance 1,719: at the end of the period",
      "expired 420: the oldest first", "王芳 in 2026-05, in points",
    ] { #expect(outcome.output.contains(words), "\(words) is not in \(outcome.output)") }
  }

  @Test("what a contest wins in items and points goes on to gifts and accounts")
  func fromContests() throws {
    let folder = try TemporaryFolder()
    let plan = try folder.write(
      """
      plan: Handed on
      currency: USD
      calendar: {period: month, from: 2026-01-01, to: 2026-01-31}
      data:
        people: {csv: "id\\nann\\nben\\n", key: id, columns: {id: text}}
        deals:
          csv: "id,date,owner,amount\\nD-1,2026-01-05,ann,200\\nD-2,2026-01-06,ben,100\\n"
          key: id
          columns: {id: text, date: date, owner: text, amount: money}
        items: {csv: "item,kind,value\\ntrip,trip,750.00\\n", key: item, columns: {item: text, kind: text, value: money}}
      people: {table: people}
      credits:
        own: {table: deals, date: date, amount: amount, to: owner}
      components:
        gifts:
          module: noncash
          config:
            gifts:
              catalogue: {table: items, item: item, kind: kind, value: value}
              give: [{item: trip, won: first.won_trip}]
              gross_up: {method: inclusive, rate: 25%}
        account: {module: noncash, config: {account: {earn: [{from: second}], expire: never, short: owe}}}
        first: &contest
          module: contests
          credits: own
          config: {pays: items, rounds: period, score: {sum: amount}, at_least: 1, ranking: standard, ties: draw, winners: {places: [trip]}, unclaimed: keep, seed: any}
        second:
          module: contests
          credits: own
          config: {pays: points, rounds: period, score: {sum: amount}, at_least: 1, ranking: standard, ties: share, winners: {places: [50, 30]}, unclaimed: keep}
      outputs:
        statements: {columns: {payee: payee, trips: first.won_trip, value: gifts.fair_value, tax: gifts.earned, balance: account.balance, total: total}}
      """, "plan.yaml")
    let run = try Program.incentive("run", plan, "--out", folder.path + "/out")
    #expect(run.code == 0, "\(run.errors)")
    // 750 × 0.25 / 0.75 = 250
    #expect(
      try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8) == """
        payee,trips,value,tax,balance,total
        ann,1,750.00,250.00,50,250.00
        ben,0,0.00,0.00,30,0.00

        """)
  }
}
