import JSONCore
import TestSupport
import Testing

/// A component that pays in points beside one that pays money, by a module that is handed a table and all payees.
@Suite struct UnitTests {
  private static let plan = """
    plan: Money and points
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-02-28}
    data:
      people:
        csv: |
          id,manager
          ann,
          ben,ann
          kim,ann
        key: id
        columns: {id: text, manager: text?}
      deals:
        csv: |
          id,date,owner,amount
          D-1,2026-01-31,ann,1000
        key: id
        columns: {id: text, date: date, owner: text, amount: money}
      badges:
        csv: |
          holder,worth,day
          ben,30,2026-01-31
          kim,10,2026-01-01
          kim,25,2026-01-02
          kim,7,2026-02-01
        columns: {holder: text, worth: integer, day: date}
    people: {table: people, manager: manager}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
    components:
      badges: {module: ranking, config: {unit: points}}
      commission: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
    outputs:
      statements: {columns: {payee: payee, period: period, badges: badges.earned, rank: badges.rank, total: total}}
    """

  private func incentive(_ command: String, edit: (String, String) = ("", ""), _ more: String...) throws
    -> Program.Outcome
  {
    let folder = try TemporaryFolder()
    let plan = try folder.write(Self.plan.replacing(edit.0, with: edit.1), "plan.yaml")
    return try Program.run(
      Project.program("incentive"), [command, plan] + more,
      environment: [
        "INCENTIVE_MODULES": Project.path("Tests/Support/Modules") + ":" + Project.path("Plugins")
      ])
  }

  @Test("points stand in a column of their own and no part of the total, and a rank may be empty")
  func statements() throws {
    let outcome = try incentive("run", "--format", "json")
    let answer = try JSONValue(parsing: outcome.output)
    let rows = (answer["statements"]?.array ?? []).map { row in
      ["payee", "period", "badges", "rank", "total"].map { row[$0]?.string ?? "-" }.joined(separator: " ")
    }
    #expect(
      rows == [
        "ann 2026-01 0 - 100.00", "ann 2026-02 0 - 0.00", "ben 2026-01 30 2 0.00", "ben 2026-02 0 - 0.00",
        "kim 2026-01 35 1 0.00", "kim 2026-02 7 1 0.00",
      ], "\(outcome.errors)")
    #expect(answer["run"]?["total"] == "100.00")
    #expect(answer["run"]?["totals"] == ["USD": "100.00", "points": "72"])
    #expect(answer["run"]?["components"]?.array?.map { $0["unit"] } == ["points", "USD"])
  }

  @Test("an explanation has a tree of money and one of points, and says what the module gave beside")
  func explanation() throws {
    let outcome = try incentive("explain", "--payee", "kim", "--period", "2026-01")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("kim in 2026-01, in points") && $0.contains("35") }, "\(lines)")
    #expect(lines.contains { $0.contains("rank 1: among all who hold a badge") })
    #expect(lines.contains { $0.hasPrefix("kim in 2026-01  ") && $0.contains("0.00") })
  }

  @Test("a unit that is not stated is money")
  func money() throws {
    let answer = try JSONValue(
      parsing: try incentive("run", edit: ("{unit: points}", "{}"), "--format", "json").output)
    #expect(answer["run"]?["total"] == "172.00" && answer["run"]?["totals"] == ["USD": "172.00"])
  }

  @Test("what a plan asks of a module's columns is checked")
  func faults() throws {
    let unknown = try incentive("check", edit: ("badges.rank", "badges.rang"))
    #expect(unknown.code == 1 && unknown.errors.contains("component `badges` gives no column `rang`"))
    let column = try incentive("check", edit: ("worth: integer", "worthy: integer"))
    #expect(column.code == 1 && column.errors.contains("there is no column `worth` in table `badges`"))
    let credits = try incentive("check", edit: ("commission, credits: own,", "commission,"))
    #expect(
      credits.code == 1
        && credits.errors.contains(
          "component `commission` has no `credits`, and module `commission` pays on lines")
    )
    let picked = try incentive("check", edit: ("ranking,", "ranking, where: amount > 5,"))
    #expect(
      picked.code == 1
        && picked.errors.contains("`where` picks lines, and component `badges` has no `credits`"))
  }

  @Test("what was earned without lines can be passed on to managers")
  func passedOn() throws {
    let edit = """
        team: {roll_up: {earnings: badges}}
      components:
        override: {module: commission, credits: team, config: {rate: 10%, round: {at: line}}}
        badges: {module: ranking, config: {}}
      """
    let outcome = try incentive(
      "run", edit: ("components:\n  badges: {module: ranking, config: {unit: points}}", edit), "--format",
      "json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let answer = try JSONValue(parsing: outcome.output)
    // Ann manages both: a tenth of 30 + 35 + 7.
    #expect(answer["run"]?["components"]?.array?.first?["total"] == "7.20", "\(answer)")
  }
}
