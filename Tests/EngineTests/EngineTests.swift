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

/// Runs over an in-process double of a module: the stages without any process.
@Suite struct EngineTests {
  /// Pays a tenth of each line, rounded half-even to cents, and remembers how large the batches were.
  final class Tenth: ComponentRunner {
    let batches = Mutex<[Int]>([])
    private let rows: Int
    private let failingAmount: Int64?

    /// A module that is asked for batches of so many rows, and fails at a line of some amount.
    init(rows: Int = 8192, failingAt amount: Int64? = nil) { (self.rows, failingAmount) = (rows, amount) }

    func batchRows(_ component: Component) -> Int { rows }

    func calculate(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Earnings {
      batches.withLock { $0.append(batch.lines.count) }
      guard case .decimal(let amounts, let places)? = batch.lines["amount"]?.values else {
        return Earnings(lines: batch.lines, periods: batch.periods)
      }
      if let failingAmount, amounts.contains(failingAmount) {
        throw ComponentFault(
          Diagnostic(.moduleFailed, .error, "the module stopped", at: component.module.span))
      }
      let earned = amounts.map { Int64(RoundingMode.halfEven.quotient(Int128($0), PowersOfTen[places - 1])) }
      var (lines, periods) = (Frame(count: batch.lines.count), Frame(count: batch.periods.count))
      lines.append(FrameColumn(name: "earned", values: .decimal(earned, places: 2)))
      periods.append(
        FrameColumn(
          name: "adjustment", values: .decimal([Int64](repeating: 0, count: batch.periods.count), places: 2)))
      return Earnings(lines: lines, periods: periods)
    }

    func explain(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Explanation {
      Explanation(lines: [], periods: [])
    }
  }

  static let plan = """
    plan: Engine
    currency: USD
    calendar: {period: month, from: 2026-01-01, to: 2026-03-31}
    data:
      people: {file: people, key: id, columns: {id: text, role: text}}
      managers: {file: managers, columns: {person: text, manager: text, from: date?, to: date?}}
      deals: {file: deals, key: id, columns: {id: text, day: date, owner: text?, amount: money, currency: text}}
      splits: {file: splits, columns: {deal: text, person: text, percent: percent}}
      fx: {file: fx, columns: {currency: text, day: date, rate: {type: decimal, places: 4}}}
      quotas: {file: quotas, columns: {person: text, month: text, amount: money}}
    people:
      table: people
      manager: {table: managers, person: person, value: manager, from: from, to: to}
    credits:
      own:
        table: deals
        date: day
        amount: amount
        to: owner
        split: {table: splits, row: deal, person: person, percent: percent, remainder: REMAINDER}
        convert: {from: currency, table: fx, currency: currency, date: day, rate: rate}
      team: {roll_up: own, levels: LEVELS}
    measures:
      month: {sum: amount, credits: own, over: period, quota: {table: quotas, person: person, period: month, amount: amount, zero_quota: unmet}}
      year: {sum: amount, credits: own, over: year, quota: {table: quotas, person: person, period: month, amount: amount, against: full, zero_quota: passed}}
      count: {count: lines, credits: own, over: quarter}
    components:
      tenth: {module: tenth, credits: [own, team], payees: payee.role != "none", config: {}}
    """

  static let data = [
    "people": "id,role\nann,rep\nben,rep\nmei,manager\nvp,manager\nzed,none\n",
    "managers": "person,manager,from,to\nann,mei,,2026-02-15\nann,vp,2026-02-16,\nben,mei,,\nmei,vp,,\n",
    "deals": """
    id,day,owner,amount,currency
    D1,2026-01-10,ann,100.01,USD
    D2,2026-02-15,ann,200.00,USD
    D3,2026-02-16,ann,300.00,USD
    D4,2026-03-01,ben,10.00,EUR
    D5,2026-03-31,ann,-50.00,USD
    D6,2025-12-31,ann,999.00,USD
    D7,2026-03-02,zed,70.00,USD

    """,
    "splits": "deal,person,percent\nD1,ann,66.67%\nD1,ben,33.33%\n",
    "fx": "currency,day,rate\nEUR,2026-03-01,1.0825\n",
    "quotas": "person,month,amount\nann,2026-01,100.00\nann,2026-03,500.00\n",
  ]

  func run(
    _ runner: Tenth = Tenth(), plan: String = plan, remainder: String = "owner", levels: String = "all",
    data: [String: String] = data, edit: (String, String) = ("", ""), after memory: RunMemory = RunMemory(),
    lines sink: LineSink? = nil
  ) throws -> RunResult {
    let text = plan.replacing("REMAINDER", with: remainder).replacing("LEVELS", with: levels)
      .replacing(edit.0, with: edit.1)
    let read = PlanReader.read(YAMLReader.read(Array(text.utf8), file: "plan.yaml"), file: "plan.yaml")
    let plan = try #require(read.plan, "\(read.diagnostics.map(\.message))")
    var tables: [String: Table] = [:]
    for source in plan.tables {
      let name = source.schema.name
      tables[name] = CSVTableReader(source.schema, file: name).read(Array((data[name] ?? "").utf8)).table
    }
    let needs = ColumnNeeds(lines: [.init("amount", .number)])
    return try Run(
      plan: plan,
      tables: VersionedTables(
        tables, versions: data.mapValues { $0.utf8.reduce(1) { ($0 &* 31 &+ Int($1)) | 1 } }),
      contracts: ["tenth": ComponentContract(needs: needs, gives: ColumnGifts(places: 2))],
      runner: runner, keepsLines: sink == nil, after: memory, lines: sink
    ).result()
  }

  /// The lines of a rule as `payee row amount`.
  private func lines(_ rule: String, _ result: RunResult) throws -> [String] {
    let lines = try #require(result.data.credited[rule])
    let ids = try #require(result.data.tables["deals"]?["id"])
    return (0..<lines.count).map {
      "\(result.data.people.ids[Int(lines.payee[$0])]) \(ids.display(Int(lines.row[$0]))) \(lines.amount[$0])"
    }
  }

  @Test("shares are rounded half-even, and the owner keeps the rest")
  func splits() throws {
    // 100.01 x 33.33 % = 33.333333 -> 33.33; 100.01 - 33.33 = 66.68. 10.00 EUR x 1.0825 = 10.825 -> 10.82 half-even.
    #expect(
      try lines("own", run()) == [
        "ann D1 6668", "ann D2 20000", "ann D3 30000", "ann D5 -5000", "ben D1 3333", "ben D4 1082",
        "zed D7 7000",
      ])
  }

  @Test("credit goes to the manager of the deal's day, and on to theirs")
  func rollUp() throws {
    #expect(
      try lines("team", run()) == [
        "mei D1 6668", "mei D1 3333", "mei D2 20000", "mei D4 1082",
        "vp D1 6668", "vp D1 3333", "vp D2 20000", "vp D3 30000", "vp D4 1082", "vp D5 -5000",
      ])
    #expect(
      try lines("team", run(levels: "1")).filter { $0.hasPrefix("vp") } == ["vp D3 30000", "vp D5 -5000"])
  }

  @Test("measures add up by period and to date, against quotas of the period and the window")
  func measures() throws {
    let data = try run().data
    let (month, year, count) = (
      try #require(data.measures["month"]), try #require(data.measures["year"]),
      try #require(data.measures["count"])
    )
    #expect(Array(month.value[0..<3]) == [6668, 50000, -5000])
    #expect(Array(month.quota[0..<3]) == [10000, nil, 50000] as [Int64?])
    #expect(Array(year.value[0..<3]) == [6668, 56668, 51668])
    #expect(Array(year.quota[0..<3]) == [60000, 60000, 60000] as [Int64?])
    #expect(
      Array(year.quota[3..<6]) == [0, 0, 0] as [Int64?], "no quota counts as passed where the plan says so")
    #expect(Array(count.value[0..<6]) == [1, 3, 4, 1, 1, 2])
  }

  @Test("splitting and passing on keep every sum", arguments: ["owner", "largest"])
  func sumsAreKept(remainder: String) throws {
    let result = try run(remainder: remainder)
    let own = try #require(result.data.credited["own"])
    let whole: Int64 = 63_083  // 100.01 + 200 + 300 + 10.82 - 50 + 70
    #expect(own.amount.reduce(0, +) == whole)
    let team = try #require(result.data.credited["team"])
    let vp = try #require(result.data.people.finder.index(of: "vp"))
    let toVP = (0..<team.count).filter { Int(team.payee[$0]) == vp }.reduce(Int64(0)) { $0 + team.amount[$1] }
    #expect(toVP == whole - 7000, "every deal but that of zed, who has no manager, reaches the top")
  }

  @Test("who does not take part is not paid, and a line's figures stand beside it")
  func rewards() throws {
    let figures = try #require(try run().component("tenth")?.figures)
    #expect(figures.earned.count == 16 && !figures.lines.payee.contains(4))
    #expect(Array(figures.total[0..<3]) == [667, 5000, -500])
  }

  @Test("rows in any order give the same lines, earnings and measures")
  func rowOrder() throws {
    let shuffled = Self.data.mapValues { text in
      let rows = text.split(separator: "\n")
      return ([rows[0]] + rows.dropFirst().reversed()).joined(separator: "\n") + "\n"
    }
    let (a, b) = (try run(), try run(data: shuffled))
    for rule in ["own", "team"] { #expect(try lines(rule, a) == lines(rule, b)) }
    #expect(a.component("tenth")?.figures?.earned == b.component("tenth")?.figures?.earned)
    #expect(a.data.measures["year"]?.value == b.data.measures["year"]?.value)
  }

  @Test("large input is cut into batches of whole payees, and the cut changes nothing")
  func batches() throws {
    var data = Self.data
    let people = (0..<300).map { "p\(1000 + $0)" }
    data["people"] = "id,role\n" + people.map { "\($0),rep\n" }.joined()
    data["managers"] = "person,manager,from,to\n"
    data["splits"] = "deal,person,percent\n"
    data["quotas"] = "person,month,amount\n"
    let deals = (0..<20_000).map {
      "D\(100_000 + $0),2026-0\(1 + $0 % 3)-11,\(people[$0 * 7 % 300]),\($0).05,USD\n"
    }
    data["deals"] = "id,day,owner,amount,currency\n" + deals.joined()
    let runner = Tenth()
    let figures = try #require(try run(runner, data: data).component("tenth")?.figures)
    let batches = runner.batches.withLock { $0 }
    #expect(batches.count > 1 && batches.reduce(0, +) == 20_000)
    // Each line alone: amount / 10, half-even; the sum was added up by hand from the arithmetic series.
    let expected = (0..<20_000).map { Int64(RoundingMode.halfEven.quotient(Int128($0) * 100 + 5, 10)) }
    #expect(figures.earned.sorted() == expected.sorted())
    #expect(figures.total.reduce(0, +) == expected.reduce(0, +))
  }

  @Test(
    "rows that cannot be credited are rejected for their reason",
    arguments: [
      ("deals", "D9,2026-03-05,ann,1.00,GBP\n", DiagnosticCode.noRate),
      ("deals", "D9,2026-03-05,,1.00,USD\n", .valueMissing),
      ("deals", "D9,2026-03-05,who,1.00,USD\n", .danglingKey), ("splits", "D2,ann,50%\n", .splitSum),
      ("splits", "D2,ben,100%\n", .splitSum),
      ("managers", "ann,ben,2026-02-01,2026-02-02\n", .overlappingDates),
      ("quotas", "ann,2026-13,1.00\n", .noPeriod), ("quotas", "ann,2026-02,-0.01\n", .badNumber),
      ("managers", "ben,vp,2026-03-02,2026-03-01\n", .datesReversed),
      ("fx", "GBP,2026-03-05,0\n", .badNumber),
      ("fx", "GBP,2026-03-05,-1.25\n", .badNumber), ("fx", "EUR,2026-03-01,1.0900\n", .duplicateKey),
    ])
  func rejects(table: String, row: String, code: DiagnosticCode) throws {
    var data = Self.data
    data[table, default: ""] += row
    #expect(try run(data: data).rejected.map(\.code).contains(code))
  }

  // D4 is of 10.00 EUR, and the only row in euros.
  @Test(
    "a deal at a rate that was rejected is not credited",
    arguments: ["EUR,2026-03-01,0\n", "EUR,2026-03-01,1.1\n"])
  func rejectedRate(row: String) throws {
    var data = Self.data
    data["fx", default: ""] = row.hasSuffix(",0\n") ? "currency,day,rate\n" + row : (data["fx"] ?? "") + row
    let result = try run(data: data)
    #expect(try !lines("own", result).contains { $0.contains("D4") })
    let deal = try #require(result.rejected.first { $0.table == "deals" })
    #expect(deal.code == .noRate && deal.message == "the rate for EUR on 2026-03-01 was rejected")
    #expect(
      result.rejected.count { $0.table == "fx" } == (row.hasSuffix(",0\n") ? 1 : 2), "each row is told once")
  }

  // Ann's quotas are 100.00 in January and 500.00 in March: a negative one changes neither.
  @Test("a negative quota does not count")
  func negativeQuota() throws {
    var data = Self.data
    data["quotas", default: ""] += "ann,2026-03,-100.00\n"
    let result = try run(data: data)
    #expect(result.data.measures["month"].map { Array($0.quota[0..<3]) } == [10000, nil, 50000])
    #expect(result.rejected.count == 1, "two measures read the row, and it is told once")
  }

  @Test("dated rows of a stranger, and quotas on days outside the calendar, are warned of once")
  func strangers() throws {
    var data = Self.data
    data["managers", default: ""] += "bem,mei,,\nbne,mei,,\n"
    let result = try run(data: data)
    #expect(result.rejected.isEmpty)
    #expect(
      result.diagnostics.map(\.message) == [
        "`bem` is not among the people of the plan: the row holds for nobody; so it is with 1 more of table `managers`",
        "2025-12-31 lies outside the calendar: the row is credited to nobody",
      ])
    let quiet = try run(
      plan: Self.plan.replacing("{file: managers,", with: "{file: managers, other_people: ignore,"),
      data: data)
    #expect(quiet.diagnostics.count == 1)
    data = Self.data
    data["quotas"] = "person,month,amount\nann,2026-01-31,100.00\nann,2027-01-31,100.00\n"
    let dated = try run(
      plan: Self.plan.replacing("month: text", with: "month: date")
        .replacing("period: month, amount", with: "date: month, amount"), data: data)
    #expect(dated.rejected.isEmpty)
    #expect(
      dated.diagnostics.map(\.message).last
        == "2027-01-31 lies outside the calendar: the quota counts in no period")
    #expect(dated.diagnostics.count == 2, "two measures read the row, and it is told once")
  }

  @Test("managers in a circle are told")
  func managerCycle() {
    var data = Self.data
    data["managers", default: ""] += "vp,ann,,\n"
    #expect { try run(data: data) } throws: { ($0 as? Diagnostic)?.code == .managerCycle }
  }

  @Test(
    "a later run makes anew just what a change touches, and gives what a run from scratch gives",
    arguments: [
      ("# nothing", "plan: Engine", "# a word\nplan: Renamed", 0),
      ("a condition on who is paid", "payee.role != \"none\"", "payee.role == \"rep\"", 1),
      ("a quota's target", "against: full", "against: to-date", 1),
      ("a roll-up", "LEVEL", "LEVEL", 2),
    ])
  func memory(name: String, old: String, new: String, made: Int) throws {
    let first = try run()
    #expect(first.memory.takenOver == 0 && first.memory.made == 8)
    let runner = Tenth()
    let levels = name == "a roll-up" ? "1" : "all"
    let later = try run(runner, levels: levels, edit: (old, new), after: first.memory)
    #expect(later.memory.made == made && later.memory.takenOver == 8 - made, "\(name)")
    let scratch = try run(levels: levels, edit: (old, new))
    #expect(later.component("tenth")?.figures?.total == scratch.component("tenth")?.figures?.total)
    #expect(later.data.measures["year"]?.quota == scratch.data.measures["year"]?.quota)
    #expect(later.rejected == scratch.rejected)
  }

  @Test("a later run over other rows makes anew what rests on them")
  func memoryOfData() throws {
    let first = try run()
    var data = Self.data
    data["quotas", default: ""] += "ben,2026-02,70.00\n"
    let later = try run(data: data, after: first.memory)
    #expect(later.memory.made == 2, "the two measures with quotas; the component looks at neither")
    #expect(later.data.measures["month"]?.quota == (try run(data: data)).data.measures["month"]?.quota)
  }
}
