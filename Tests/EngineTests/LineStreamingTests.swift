import Diagnostics
import Engine
import Synchronization
import Testing

/// Lines that are handed on as they are made, in place of being kept.
extension EngineTests {
  private static let streamed =
    plan.replacing("credits: [own, team]", with: "credits: [own]")
    + "  \n" + """
      outputs:
        lines: {credits: own, columns: {Deal: transaction, Payee: payee, Credited: credited, Pay: tenth.earned}}

      """

  /// What a run handed on: for each block its lines as `payee row amount earned`.
  private final class Taken: Sendable {
    private let held = Mutex<[[String]]>([])

    var blocks: [[String]] { held.withLock { $0 } }

    var sink: LineSink {
      { [self] count, _, block in
        for number in 0..<count {
          let result = block(number)
          let lines = result?.component("tenth")?.figures.map { figures in
            (0..<figures.lines.count).map {
              "\(figures.lines.payee[$0]) \(figures.lines.row[$0]) \(figures.lines.amount[$0]) \(figures.earned[$0])"
            }
          }
          held.withLock { $0.append(lines ?? ["none"]) }
        }
      }
    }
  }

  @Test("lines that are handed on block by block are those that are kept", arguments: [1, 8, 30, 8192])
  func streaming(rows: Int) throws {
    let kept = try run(Tenth(rows: rows), plan: Self.streamed)
    let figures = try #require(kept.component("tenth")?.figures)
    let taken = Taken()
    let result = try run(Tenth(rows: rows), plan: Self.streamed, lines: taken.sink)
    let blocks = taken.blocks
    #expect(result.linesWereTaken && !kept.linesWereTaken)
    // Five people of three periods each: a block holds whole people, as many as the rows allow.
    #expect(blocks.count == [1: 5, 8: 2, 30: 1, 8192: 1][rows])
    let whole = (0..<figures.lines.count).map {
      "\(figures.lines.payee[$0]) \(figures.lines.row[$0]) \(figures.lines.amount[$0]) \(figures.earned[$0])"
    }
    #expect(blocks.flatMap { $0 } == whole && !whole.isEmpty)
    let left = try #require(result.component("tenth")?.figures)
    #expect(left.total == figures.total && left.adjustment == figures.adjustment)
    #expect(left.earned.isEmpty)
  }

  @Test(
    "a component that fails while its lines are handed on is failed as a whole, and nothing counts as taken")
  func streamingFails() throws {
    // D4 is Ben's, who comes after Ann.
    let taken = Taken()
    let result = try run(Tenth(rows: 1, failingAt: 1082), plan: Self.streamed, lines: taken.sink)
    #expect(!result.linesWereTaken && result.component("tenth")?.figures == nil)
    #expect(result.diagnostics.contains { $0.message == "the module stopped" })
    #expect(
      taken.blocks.first != ["none"] && taken.blocks.last == ["none"])
  }

  @Test("a rule that is written, and nobody pays on, is handed on once, however many payees there are")
  func writtenOnly() throws {
    var data = Self.data
    let people = (0..<600).map { "p\(1000 + $0)" }
    data["people"] = "id,role\n" + people.map { "\($0),rep\n" }.joined()
    data["managers"] = "person,manager,from,to\n" + people.map { "\($0),p1000,,\n" }.joined()
    data["splits"] = "deal,person,percent\n"
    data["quotas"] = "person,month,amount\n"
    data["deals"] =
      "id,day,owner,amount,currency\n"
      + people.enumerated().map { "D\(1000 + $0),2026-01-11,\($1),1.00,USD\n" }.joined()
    let lines = Mutex(0)
    let result = try run(
      Tenth(rows: 64),
      plan: Self.plan.replacing("credits: [own, team], payees", with: "credits: team, payees"),
      levels: "1", data: data
    ) { count, _, block in
      for number in 0..<count {
        let own = block(number)?.data.credited["own"]?.count ?? 0
        lines.withLock { $0 += own }
      }
    }
    #expect(result.linesWereTaken && lines.withLock { $0 } == 600)
  }

  @Test("lines are kept where more is asked of them than to be written")
  func notStreamed() throws {
    let taken = Taken()
    // The earnings are passed on.
    let plan = Self.streamed.replacing(
      "  team: {roll_up: own", with: "  paid: {roll_up: {earnings: tenth}, levels: 1}\n  team: {roll_up: own")
    let result = try run(plan: plan, lines: taken.sink)
    #expect(!result.linesWereTaken && result.component("tenth")?.figures?.earned.isEmpty == false)
    #expect(taken.blocks.isEmpty)
  }
}
