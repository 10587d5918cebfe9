import Diagnostics
import ModuleProtocol
import PlanChecking
import PlanModel
import PlanReading
import Testing
import YAMLSource

/// What modules need of the plan and of each other, against what is there.
@Suite struct NeedsTests {
  private func plan(_ more: String = "") throws -> Plan {
    let text = """
      plan: Needs
      currency: USD
      calendar: {period: month, from: 2026-01-01, to: 2026-02-28}
      data:
        people: {csv: "id,manager\\nann,\\n", key: id, columns: {id: text, manager: text?}}
        deals: {csv: "id,day,owner,amount\\n", key: id, columns: {id: text, day: date, owner: text, amount: money}}
        grants: {csv: "holder,units,day\\n", columns: {holder: text, units: integer, day: date}}
      people: {table: people, manager: manager}
      credits:
        own: {table: deals, date: day, amount: amount, to: owner}
      \(more)
      components:
        one: {module: m, config: {grants: grants}}
        two: {module: m, config: {}}
      """
    let read = PlanReader.read(YAMLReader.read(Array(text.utf8), file: "plan.yaml"), file: "plan.yaml")
    return try #require(read.plan, "\(read.diagnostics.map(\.message))")
  }

  private func told(_ needs: ColumnNeeds) throws -> [String] {
    let plan = try plan()
    return TermsChecking(plan).needFaults(plan.components[0], needs).map { fault in
      let line = if case .source(let span)? = fault.location { span.start.line } else { 0 }
      return "\(line) \(fault.message)" + (fault.help.map { " (\($0))" } ?? "")
    }
  }

  @Test("tables and columns that a module asks for must be in the plan, of the kind that it wants")
  func tables() throws {
    func table(_ name: String, person: String? = nil, _ columns: [ColumnNeeds.Need] = []) throws -> [String] {
      try told(ColumnNeeds(tables: [.init(name, person: person, columns: columns, at: "/grants")]))
    }
    #expect(try table("grants", person: "holder", [.init("units", .number), .init("day", .date)]) == [])
    #expect(
      try table("grant") == ["13 there is no table `grant` for component `one` (did you mean `grants`?)"])
    #expect(
      try table("grants", person: "older")
        == ["13 there is no column `older` in table `grants` (did you mean `holder`?)"])
    #expect(
      try table("grants", [.init("unit", .number, at: "/grants"), .init("day", .number, at: "/grants")]) == [
        "13 there is no column `unit` in table `grants` (did you mean `units`?)",
        "13 column `day` holds date, the module wants number",
      ])
  }

  @Test("the days and the label of a period can be asked for")
  func periods() throws {
    #expect(
      try told(
        ColumnNeeds(periods: [
          .init("period.from", .date), .init("period.to", .date), .init("period.label", .key),
        ])) == [])
    #expect(
      try told(ColumnNeeds(periods: [.init("period.from", .number)]))
        == ["13 column `period.from` holds date, the module wants number"])
  }

  @Test("a component without credits has no lines to pay on")
  func noCredits() throws {
    let component = try plan().components[0]
    #expect(TermsChecking.creditFaults(component, ColumnNeeds()).isEmpty)
    #expect(
      TermsChecking.creditFaults(component, ColumnNeeds(lines: [.init("amount", .number)])).map(\.message)
        == ["component `one` has no `credits`, and module `m` pays on lines"])
  }

  private func links(
    _ needs: [String: [ColumnNeeds.Need]], unit: String? = nil, _ more: String = ""
  ) throws -> [String] {
    let gives = ColumnGifts(places: 2, unit: unit, periods: [.init("rank", places: 0)])
    return LinkChecking(
      try plan(more),
      needs: ["one": [], "two": []].merging(needs) { $1 }.mapValues { ColumnNeeds(periods: $0) },
      gives: ["one": gives, "two": gives]
    ).faults.map { $0.message + ($0.help.map { " (\($0))" } ?? "") }
  }

  @Test("what a component looks at of another must be given there, and never of itself by any way")
  func links() throws {
    #expect(try links(["one": [.init("two.earned", .number), .init("two.rank", .number)]]) == [])
    #expect(
      try links(["one": [.init("two.ranks", .number)]])
        == ["component `two` gives no number `ranks` (did you mean `rank`?)"])
    let waits = "waits for itself, by way of what it looks at"
    #expect(try links(["one": [.init("one.earned", .number)]]) == ["component `one` \(waits)"])
    #expect(
      try links(["one": [.init("two.earned", .number)], "two": [.init("one.rank", .number)]])
        == ["component `one` \(waits)", "component `two` \(waits)"])
    let passedOn = """
        team: {roll_up: {earnings: one}}
      measures:
        passed_on: {sum: amount, credits: team, over: period}
      """
    let circle = try links(["one": [.init("passed_on.value", .number)]], passedOn)
    #expect(circle == ["component `one` \(waits)"])
    #expect(
      try links([:], unit: "points", passedOn) == [
        "credit rule `team` passes on earnings as money, and component `one` pays in `points` "
          + "(pass on the earnings of a component that pays money)"
      ])
  }
}
