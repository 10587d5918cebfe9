import Foundation
import TestSupport
import Testing

/// Credit passed on twice: lines of one row, one day and one origin differ in their amounts alone.
@Suite struct NestedRollUpTests {
  private static let plan = """
    plan: Nested
    currency: USD
    calendar: {period: quarter, from: 2026-01-01, to: 2026-06-30}
    data:
      people: {file: people.csv, key: id, columns: {id: text, manager: text?}}
      deals: {file: deals.csv, key: id, columns: {id: text, date: date, owner: text, amount: money}}
      splits: {file: splits.csv, columns: {deal: text, person: text, percent: percent}}
    people: {table: people, manager: manager}
    credits:
      own:
        table: deals
        date: date
        amount: amount
        to: owner
        split: {table: splits, row: deal, person: person, percent: percent, remainder: largest}
      team: {roll_up: own}
      region: {roll_up: team}
    measures:
      sales: {sum: amount, credits: region, over: year}
    components:
      override:
        module: commission
        credits: region
        measure: sales
        config:
          tiers: {by: amount, method: marginal, over: to-date, bands: [{to: 1000, rate: 1%}, {to: 5000, rate: 3%}, {rate: 7%}]}
          round: {at: line}
    outputs:
      lines: {columns: {payee: payee, transaction: transaction, from: from, credited: credited, pay: override.earned}}

    """

  private static let people = """
    id,manager
    vp,
    east,vp
    west,vp
    ann,east
    ben,east
    cho,east
    dov,west
    eve,west

    """

  /// Deals of one day, each shared by people of one team and of the other, in parts of all sizes.
  private static func tables() -> (deals: String, splits: String) {
    var deals = "id,date,owner,amount\n"
    var splits = "deal,person,percent\n"
    let people = ["ann", "ben", "cho", "dov", "eve"]
    for deal in 0..<60 {
      let sign = deal % 7 == 6 ? "-" : ""
      deals +=
        "D-\(deal),2026-0\(1 + deal % 6)-1\(deal % 3),\(people[deal % 5]),\(sign)\(137 + 41 * deal).\(10 + deal)\n"
      let parts = [[5, 15, 20, 25, 35], [60, 10, 30], [50, 50], [100]][deal % 4]
      for (place, part) in parts.enumerated() {
        splits += "D-\(deal),\(people[(deal + place) % 5]),\(part)%\n"
      }
    }
    return (deals, splits)
  }

  private func run(_ change: (String) -> String) throws -> [String] {
    let folder = try TemporaryFolder()
    let (deals, splits) = Self.tables()
    _ = try folder.write(change(Self.people), "people.csv")
    _ = try folder.write(change(deals), "deals.csv")
    _ = try folder.write(change(splits), "splits.csv")
    let plan = try folder.write(Self.plan, "plan.yaml")
    let outcome = try Program.incentive("run", plan, "--out", folder.path + "/out")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try ["statements.csv", "lines.csv"].map {
      try String(contentsOfFile: folder.path + "/out/" + $0, encoding: .utf8)
    }
  }

  @Test("lines that only their amounts tell apart come in one order", arguments: Variation.files)
  func sameBytes(variation: Variation) throws {
    let plain = try run { $0 }
    // Some of the vice president's lines are alike but for what they amount to.
    let own = CSVRows.read(plain[1]).filter { $0["payee"] == "vp" && $0["transaction"] == "D-0" }
    #expect(own.count == 5 && Set(own.compactMap { $0["from"] }) == ["east", "west"])
    #expect(try run(variation.change) == plain)
  }
}
