import Diagnostics
import Engine
import ModuleProtocol
import Money
import PlanModel
import PlanReading
import Synchronization
import Tables
import Testing
import YAMLSource

/// What crosses to a module that ranks all payees, reads tables of the plan, and looks at another component.
@Suite struct ModuleContractTests {
  /// Pays each payee a point for each grant, ranks all who are in the batch, and keeps the batches.
  private final class Ranker: ComponentRunner {
    let batches = Mutex<[(String, Batch)]>([])

    func batchRows(_ component: Component) -> Int { 1 }

    func calculate(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Earnings {
      batches.withLock { $0.append((component.name.text, batch)) }
      let count = batch.periods.count
      var (lines, periods) = (Frame(count: batch.lines.count), Frame(count: count))
      lines.append(
        FrameColumn(
          name: "earned", values: .decimal([Int64](repeating: 0, count: lines.count), places: 0)))
      periods.append(
        FrameColumn(name: "adjustment", values: .decimal((0..<Int64(count)).map { $0 }, places: 0)))
      periods.append(
        FrameColumn(
          name: "rank", values: .decimal((0..<Int64(count)).map { $0 + 1 }, places: 0),
          missing: (0..<count).map { $0 == 0 }))
      return Earnings(lines: lines, periods: periods)
    }

    func explain(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Explanation {
      Explanation(
        lines: [[Step]](repeating: [], count: batch.lines.count),
        periods: (0..<batch.periods.count).map { [Step("place \($0)", ExactDecimal(Int64($0)))] })
    }
  }

  private static let plan = """
    plan: Contract
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-02-28}
    data:
      people: {file: people, key: id, columns: {id: text, role: text}}
      deals: {file: deals, key: id, columns: {id: text, day: date, owner: text, amount: money}}
      grants: {file: grants, key: [holder, name], columns: {holder: text, name: text, units: integer?, day: date}}
      bands: {file: bands, columns: {word: text}}
    people: {table: people}
    credits:
      own: {table: deals, date: day, amount: amount, to: owner}
    components:
      after: {module: m, config: {}}
      first: {module: m, payees: payee.role == "rep", config: {}}
    """

  private static let grants = [
    "ben,b,2,2026-01-05", "zoe,z,9,2026-01-01", "ann,b,,2026-01-03", "ann,a,4,2026-01-04",
    "kim,x,1,2026-01-01",
  ]

  private func run(
    _ runner: Ranker, grants: [String] = grants, versions: Int = 1, scope: ColumnGifts.Scope = .component,
    after memory: RunMemory = RunMemory(), grantsVersion: Int = 1
  ) throws -> RunResult {
    let read = PlanReader.read(YAMLReader.read(Array(Self.plan.utf8), file: "plan.yaml"), file: "plan.yaml")
    let plan = try #require(read.plan, "\(read.diagnostics.map(\.message))")
    let data = [
      "people": "id,role\nann,rep\nben,rep\nkim,manager\n", "deals": "id,day,owner,amount\n",
      "grants": "holder,name,units,day\n" + grants.map { $0 + "\n" }.joined(),
      "bands": "word\nb\na\n",
    ]
    var tables: [String: Table] = [:]
    for source in plan.tables {
      let name = source.schema.name
      tables[name] = CSVTableReader(source.schema, file: name).read(Array((data[name] ?? "").utf8)).table
    }
    let gives = ColumnGifts(places: 0, unit: "points", scope: scope, periods: [.init("rank", places: 0)])
    let first = ColumnNeeds(
      periods: [.init("period.from", .date), .init("period.to", .date), .init("period.label", .text)],
      tables: [
        .init("grants", person: "holder", columns: [.init("name", .text), .init("units", .number)]),
        .init("bands", columns: [.init("word", .text)]),
      ])
    let after = ColumnNeeds(periods: [.init("first.earned", .number), .init("first.rank", .number)])
    return try Run(
      plan: plan,
      tables: VersionedTables(
        tables, versions: ["people": 1, "deals": 1, "bands": 1, "grants": grantsVersion]),
      contracts: [
        "first": ComponentContract(needs: first, gives: gives),
        "after": ComponentContract(needs: after, gives: gives),
      ], runner: runner, after: memory
    ).result()
  }

  private func batches(_ runner: Ranker, _ component: String) -> [Batch] {
    runner.batches.withLock { $0.filter { $0.0 == component }.map(\.1) }
  }

  @Test("a component whose payees depend on each other gets all of them in one batch, whatever the size")
  func scope() throws {
    let runner = Ranker()
    let result = try run(runner)
    #expect(batches(runner, "first").map(\.periods.count) == [4])
    // ann, ben and kim in two months; kim is no rep.
    let figures = try #require(result.component("first")?.figures)
    #expect(figures.total == [0, 1, 2, 3, 0, 0])
    #expect(figures.givenPeriods[0].cells == [1, 2, 3, 4, 0, 0])
    #expect(figures.givenPeriods[0].missing == [true, false, false, false, true, true])
    let apart = Ranker()
    _ = try run(apart, scope: .payee)
    #expect(batches(apart, "first").map(\.periods.count) == [2, 2])
  }

  @Test("the steps of one payee are picked out of an explanation of all")
  func explanation() throws {
    let runner = Ranker()
    let result = try run(runner)
    let contract = ComponentContract(
      needs: ColumnNeeds(), gives: ColumnGifts(places: 0, unit: "points", scope: .component))
    let parts = try Explaining(result, contracts: ["first": contract], runner: runner).parts(payee: 1)
    #expect(
      parts.count == 1
        && parts[0].periodSteps.mapValues { $0.map(\.text) } == [0: ["place 2"], 1: ["place 3"]])
  }

  @Test("tables cross with the rows of the batch's payees, in an order that the file's does not change")
  func tables() throws {
    var seen: [[String: Frame]] = []
    for grants in [Self.grants, Self.grants.reversed()] {
      let runner = Ranker()
      let result = try run(runner, grants: grants)
      seen.append(try #require(batches(runner, "first").first).tables)
      #expect(
        result.diagnostics.map(\.message) == [
          "`zoe` is not among the people of the plan: the row holds for nobody"
        ])
    }
    for tables in seen {
      let grants = try #require(tables["grants"])
      #expect(grants["payee"]?.values == .integer([0, 0, 1]))
      #expect(grants["name"]?.values == .text([0, 1, 1], dictionary: ["a", "b"]))
      #expect(
        grants["units"]?.values == .integer([4, 0, 2]) && grants["units"]?.missing == [false, true, false])
      #expect(tables["bands"]?["word"]?.values == .text([0, 1], dictionary: ["a", "b"]))
    }
  }

  @Test("a changed table computes the component anew, and what looks at it")
  func changedTable() throws {
    let first = try run(Ranker())
    let same = Ranker()
    let second = try run(same, after: first.memory)
    #expect(second.memory.made == 0 && batches(same, "first").isEmpty)
    let changed = Ranker()
    _ = try run(changed, after: first.memory, grantsVersion: 2)
    #expect(batches(changed, "first").count == 1 && batches(changed, "after").count == 1)
  }

  @Test("a component sees the days of periods, and what another paid and gave, computed before it")
  func linked() throws {
    let runner = Ranker()
    _ = try run(runner)
    let first = try #require(batches(runner, "first").first).periods
    #expect(first["period.from"]?.values == .date([20454, 20485, 20454, 20485]))
    #expect(first["period.to"]?.values == .date([20484, 20512, 20484, 20512]))
    #expect(first["period.label"]?.values == .text([0, 1, 0, 1], dictionary: ["2026-01", "2026-02"]))
    let after = try #require(batches(runner, "after").first).periods
    #expect(after["first.earned"]?.values == .decimal([0, 1, 2, 3, 0, 0], places: 0))
    #expect(after["first.rank"]?.missing == [true, false, false, false, true, true])
  }
}
