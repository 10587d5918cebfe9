import Foundation
import TestSupport
import Testing

/// Tiers over a deal, a period and to date, side by side, with measures that fit them.
@Suite struct TierTests {
  private static let plan = """
    plan: Tiers
    currency: USD
    calendar: {period: month, from: 2026-04-01, to: 2026-06-30}
    data:
      people: {csv: "id\\nann\\nben\\n", key: id, columns: {id: text}}
      quotas:
        csv: "person,day,amount\\nann,2026-04-01,7000\\nben,2026-04-01,0\\n"
        columns: {person: text, day: date, amount: money}
      deals:
        csv: |
          id,date,owner,amount
          D-1,2026-04-09,ann,5000
          D-2,2026-05-09,ann,1000
          D-3,2026-06-09,ann,9000
          D-4,2026-06-10,ann,-9000
          D-5,2026-04-09,ben,-1900
        key: id
        columns: {id: text, date: date, owner: text, amount: money}
    people: {table: people}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    measures:
      sales:
        sum: amount
        credits: own
        over: quarter
        quota: {table: quotas, person: person, date: day, amount: amount, against: full, zero_quota: passed}
    components:
    """

  private static func component(_ name: String, _ rules: String) -> String {
    """

      \(name):
        module: commission
        credits: own
        measure: sales
        config:
          tiers: {by: attainment, \(rules), bands: [{to: 50%, rate: 10%}, {rate: 20%}]}
          round: {at: line}
    """
  }

  @Test("each span looks at its own figure, a return takes back its deal, and a quota of zero is passed")
  func spans() throws {
    let folder = try TemporaryFolder()
    let plan = try folder.write(
      Self.plan + Self.component("by_period", "method: whole-amount, over: period, edge: upper")
        + Self.component("to_date", "method: whole-amount, over: to-date, edge: upper, earlier: keep")
        + Self.component("deal", "method: marginal, over: deal") + "\n",
      "plan.yaml")
    let outcome = try Program.incentive("run", plan, "--out", folder.path + "/out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let rows = CSVRows.read(try String(contentsOfFile: folder.path + "/out/statements.csv", encoding: .utf8))
    func pay(_ payee: String, _ period: String) -> [String?] {
      let row = rows.first { $0["payee"] == payee && $0["period"] == period }
      return ["by_period", "to_date", "deal"].map { row?[$0] }
    }
    // 5,000 of 7,000 is 71.4%: 20%. The deal alone: 3,500 at 10% and 1,500 at 20%.
    #expect(pay("ann", "2026-04") == ["1000.00", "1000.00", "650.00"])
    // May's 1,000 is 14.3%, to date 85.7%.
    #expect(pay("ann", "2026-05") == ["100.00", "200.00", "100.00"])
    #expect(pay("ann", "2026-06") == ["0.00", "0.00", "0.00"])
    // A quota of zero is passed: -1,900 at 20%.
    #expect(pay("ben", "2026-04") == ["-380.00", "-380.00", "-380.00"])
  }
}
