import Diagnostics
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import PlanReading
import Tables
import Testing
import YAMLSource

@testable import Engine

/// What is earned, payable and paid, over an in-process double of a module that pays each line's amount.
@Suite struct SettlingTests {
  private struct Whole: ComponentRunner {
    func batchRows(_ component: Component) -> Int { 8192 }

    func calculate(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Earnings {
      var (lines, periods) = (Frame(count: batch.lines.count), Frame(count: batch.periods.count))
      if let amounts = batch.lines["amount"]?.values {
        lines.append(FrameColumn(name: "earned", values: amounts))
      }
      let zeros = [Int64](repeating: 0, count: batch.periods.count)
      periods.append(FrameColumn(name: "adjustment", values: .decimal(zeros, places: 2)))
      return Earnings(lines: lines, periods: periods)
    }

    func explain(_ component: Component, _ batch: Batch) throws(ComponentFault) -> Explanation {
      Explanation(lines: [], periods: [])
    }
  }

  private struct Outcome {
    /// For each month what is earned, payable and paid, in cents.
    let pay: [[Int64]]
    /// As in `balances.csv`.
    let balances: String
    let diagnostics: [Diagnostic]
    let words: [String]

    var paid: [Int64] { pay.map { $0[2] } }
  }

  /// Runs months of 2026 for ann with these steps: deals are `id,day,kind,amount`.
  private static func run(
    _ steps: String, months: ClosedRange<Int> = 1...6, deals: [String], fallen: [String] = [],
    earlier: [String] = [], opening: String = "payee,step,due,amount\n"
  ) throws -> Outcome {
    let lastDay = CalendarDate.daysInMonth(months.upperBound, of: 2026)
    let text = """
      plan: Settling
      currency: USD
      calendar: {period: month, from: 2026-0\(months.lowerBound)-01, to: 2026-0\(months.upperBound)-\(lastDay)}
      data:
        people: {file: people, key: id, columns: {id: text, most: money?}}
        deals: {file: deals, key: id, columns: {id: text, day: date, owner: text, kind: text, amount: money}}
        fallen: {file: fallen, columns: {person: text, deal: text, day: date, sold: date?, part: percent, back: date?, paid: money?}}
        earlier: {file: earlier, columns: {person: text, deal: text, day: date, paid: money}}
        balances: {file: balances, columns: {payee: text, step: text, due: date?, amount: money}}
      people: {table: people, attributes: {most: most}}
      credits:
        own: {table: deals, date: day, amount: amount, to: owner}
      components:
        one: {module: whole, credits: own, where: 'kind == "one"', config: {}}
        two: {module: whole, credits: own, where: 'kind == "two"', config: {}}
      settle:
        opening: balances
        steps:
          \(steps)
      """
    let read = PlanReader.read(YAMLReader.read(Array(text.utf8), file: "plan.yaml"), file: "plan.yaml")
    let plan = try #require(read.plan, "\(read.diagnostics.map(\.message))")
    #expect(read.diagnostics.isEmpty, "\(read.diagnostics.map(\.message))")
    let files = [
      "people": "id,most\nann,\n",
      "deals": "id,day,owner,kind,amount\n" + deals.map { $0.replacing(" ", with: ",ann,") + "\n" }.joined(),
      "fallen": "person,deal,day,sold,part,back,paid\n" + fallen.map { "ann,\($0)\n" }.joined(),
      "earlier": "person,deal,day,paid\n" + earlier.map { "ann,\($0)\n" }.joined(), "balances": opening,
    ]
    var tables: [String: Table] = [:]
    for source in plan.tables {
      let name = source.schema.name
      let table = CSVTableReader(source.schema, file: name).read(Array((files[name] ?? "").utf8))
      #expect(table.rejected.isEmpty, "\(table.rejected)")
      tables[name] = table.table
    }
    let contract = ComponentContract(
      needs: ColumnNeeds(lines: [.init("amount", .number)]), gives: ColumnGifts(places: 2))
    let result = try Run(
      plan: plan, tables: VersionedTables(tables, versions: files.mapValues { _ in 1 }),
      contracts: ["one": contract, "two": contract], runner: Whole(), after: RunMemory()
    ).result()
    let settlement = try #require(result.settlement)
    let balances = settlement.balances.map { balance in
      let due = balance.due.map { CalendarDate(day: $0).description } ?? ""
      return
        "ann,\(plan.settle?.steps[balance.step].name.text ?? ""),\(due),\(settlement.decimal(balance.amount))\n"
    }
    return Outcome(
      pay: zip(settlement.earned, zip(settlement.payable, settlement.paid)).map { [$0, $1.0, $1.1] },
      balances: "payee,step,due,amount\n" + balances.joined(), diagnostics: result.diagnostics,
      words: settlement.entries.flatMap { $0.map(\.text) })
  }

  /// The months one by one, each on the balances of the one before.
  private static func monthly(
    _ steps: String, deals: [String], fallen: [String] = [], earlier: [String] = []
  ) throws -> (paid: [Int64], balances: String) {
    var (paid, opening) = ([Int64](), "payee,step,due,amount\n")
    for month in 1...6 {
      let outcome = try run(
        steps, months: month...month, deals: deals, fallen: fallen, earlier: earlier, opening: opening)
      paid += outcome.paid
      opening = outcome.balances
    }
    return (paid, opening)
  }

  @Test("a cap of the year holds for all that came so far, and a return lowers it")
  func yearCap() throws {
    let deals = [
      "a,2026-01-05 one,6000", "b,2026-02-05 two,7000", "c,2026-03-05 one,-4000", "d,2026-04-05 one,500",
    ]
    let steps = "top: {kind: cap, amount: 10000, per: year}"
    let outcome = try Self.run(steps, deals: deals)
    // 6,000; 13,000 capped at 10,000; 9,000; 9,500.
    #expect(outcome.paid == [600_000, 400_000, -100_000, 50_000, 0, 0])
    let monthly = try Self.monthly(steps, deals: deals)
    #expect(monthly.paid == outcome.paid && monthly.balances == outcome.balances)
    #expect(outcome.balances.hasSuffix("ann,top,2026-01-01,9500.00\n"))
    // A quarter's begins anew in April; a period's has no memory.
    #expect(
      try Self.run("top: {kind: cap, amount: 10000, per: quarter}", deals: deals).paid
        == [600_000, 400_000, -100_000, 50_000, 0, 0])
    #expect(
      try Self.run("top: {kind: cap, amount: 5000, per: quarter}", deals: deals).paid
        == [500_000, 0, 0, 50_000, 0, 0])
    #expect(
      try Self.run("top: {kind: cap, amount: 5000}", deals: deals).paid
        == [500_000, 500_000, -400_000, 50_000, 0, 0])
  }

  @Test("a cap looks at the components that it names, and takes no more than their excess")
  func capOfComponents() throws {
    let deals = ["a,2026-01-05 one,6000", "b,2026-01-06 two,7000"]
    #expect(
      try Self.run("top: {kind: cap, amount: 5000, components: two}", deals: deals).paid[0] == 1_100_000)
    #expect(
      try Self.run("top: {kind: cap, amount: 5000, components: [one, two]}", deals: deals).paid[0] == 500_000)
  }

  @Test("each month's draw is taken back from the day on which its delay is over")
  func delayedRecovery() throws {
    let deals = ["a,2026-03-05 one,3000", "b,2026-04-05 one,3000", "c,2026-05-05 one,3000"]
    let steps =
      "draw: {kind: draw, amount: 1000, pays: advance, recoverable: true, to: 2026-02-28, recover: {after: 60}}"
    let outcome = try Self.run(steps, deals: deals)
    // January's is recoverable from 1 April on, February's from 29 April, so in May.
    #expect(outcome.paid == [100_000, 100_000, 300_000, 200_000, 200_000, 0])
    let monthly = try Self.monthly(steps, deals: deals)
    #expect(monthly.paid == outcome.paid && monthly.balances == outcome.balances)
    let early = try Self.run(steps, months: 1...3, deals: deals)
    #expect(early.balances.hasSuffix("ann,draw,2026-04-01,1000.00\nann,draw,2026-04-29,1000.00\n"))
  }

  @Test("a recovery takes no more than its most, its share, and what lies above the floor")
  func recoveryLimits() throws {
    let deals = ["a,2026-02-05 one,1000", "b,2026-03-05 one,2000", "c,2026-04-05 one,6000"]
    func paid(_ recover: String) throws -> [Int64] {
      try Self.run(
        "draw: {kind: draw, amount: 1500, pays: advance, recoverable: true, to: 2026-01-01, recover: {\(recover)}}",
        deals: deals
      ).paid
    }
    // The advance of 1,500 in January is not earned then, and so nothing of it is taken back at once.
    #expect(try paid("max: 400") == [150_000, 60_000, 160_000, 560_000, 0, 0])
    #expect(try paid("share: 25%") == [150_000, 75_000, 150_000, 525_000, 0, 0])
    #expect(try paid("floor: 800") == [150_000, 80_000, 80_000, 590_000, 0, 0])
    #expect(try paid("share: 25%, max: 400, floor: 800") == [150_000, 80_000, 160_000, 560_000, 0, 0])
  }

  private static let bands =
    "fell: {kind: clawback, table: fallen, person: person, date: day, part: part, back: back, "
    + "paid: {row: deal, of: [one, two], earlier: {table: earlier, person: person, row: deal, date: day, amount: paid}}, "
    + "bands: [{within: 30, share: 100%}, {within: 90, share: 50%}]}"

  @Test("a cancelled deal takes back what the run's own lines were paid, by the days since")
  func ownLines() throws {
    let deals = ["a,2026-01-10 one,1000", "b,2026-02-20 one,5000", "c,2026-03-20 one,5000"]
    // 30 days after: all. 31 days after: half. 91 days after: nothing.
    #expect(try Self.run(Self.bands, deals: deals, fallen: ["a,2026-02-09,,100%,,"]).paid[1] == 400_000)
    #expect(try Self.run(Self.bands, deals: deals, fallen: ["a,2026-02-10,,100%,,"]).paid[1] == 450_000)
    #expect(try Self.run(Self.bands, deals: deals, fallen: ["a,2026-04-11,,100%,,"]).paid[3] == 0)
    // A return of 40 % of it within 30 days.
    #expect(try Self.run(Self.bands, deals: deals, fallen: ["a,2026-02-09,,40%,,"]).paid[1] == 460_000)
  }

  @Test("billed again, or paid after all, what was taken is given back")
  func givenBack() throws {
    let deals = ["a,2026-01-10 one,1000", "b,2026-02-20 one,300"]
    let outcome = try Self.run(Self.bands, deals: deals, fallen: ["a,2026-02-05,,100%,2026-04-15,"])
    // Of 1,000 February's 300 were taken; in April 700 are not owed any more, and 300 are given back.
    #expect(outcome.paid == [100_000, 0, 0, 30_000, 0, 0])
    #expect(outcome.balances == "payee,step,due,amount\n")
    // In one month, one against the other.
    let same = try Self.run(Self.bands, deals: deals, fallen: ["a,2026-02-05,,100%,2026-02-20,"])
    #expect(same.paid == [100_000, 30_000, 0, 0, 0, 0])
  }

  @Test("months on the lines of earlier runs equal the half-year")
  func earlierLines() throws {
    let deals = ["a,2026-01-10 one,1000", "b,2026-02-20 two,300", "c,2026-04-20 one,5000"]
    let fallen = ["a,2026-02-05,,100%,2026-04-15,", "b,2026-04-20,,100%,,"]
    // Lines that lie in the run's own periods are not counted twice.
    let earlier = ["a,2026-01-10,1000.00", "b,2026-02-20,300.00"]
    let whole = try Self.run(Self.bands, deals: deals, fallen: fallen, earlier: earlier)
    let monthly = try Self.monthly(Self.bands, deals: deals, fallen: fallen, earlier: earlier)
    // 300 of the 1,000 in February; in April 300 are given back, and half of the 300 of b after 59 days is taken.
    #expect(whole.paid == [100_000, 0, 0, 515_000, 0, 0])
    #expect(whole.diagnostics.isEmpty)
    #expect(monthly.paid == whole.paid)
  }

  @Test("a deal of which nothing is known is told, one that paid nothing is not")
  func unknownDeal() throws {
    let deals = ["a,2026-01-10 one,1000"]
    let outcome = try Self.run(Self.bands, deals: deals, fallen: ["z,2026-02-09,,100%,,"])
    #expect(outcome.diagnostics.map(\.code) == [.danglingKey])
    #expect(
      outcome.diagnostics.first?.message
        == "it is not known what `ann` was paid on `z`, which is to be taken back")
    let later = try Self.run(Self.bands, deals: deals, fallen: ["a,2026-01-09,,100%,,"])
    #expect(later.diagnostics.isEmpty && later.paid[0] == 100_000)
  }

  @Test("what is open by a day is taken the oldest first")
  func openAmounts() {
    var open = OpenAmounts()
    open.add(300, due: 20)
    open.add(100, due: 10)
    open.add(50, due: 20)
    #expect(open.sum == 450 && open.sum(by: 19) == 100 && open.sum(by: 20) == 450)
    open.take(150, by: 20)
    #expect(open.parts.map(\.amount) == [300])
    #expect(open.setOff(500) == 200 && open.parts.isEmpty)
  }
}
