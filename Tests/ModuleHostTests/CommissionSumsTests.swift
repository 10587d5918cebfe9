import Foundation
import JSONCore
import ModuleHost
import ModuleProtocol
import TestSupport
import Testing

/// What the commission module promises of sums and of large figures, over terms and lines drawn from a seed.
@Suite struct CommissionSumsTests {
  private let crew: ModuleCrew

  init() throws { crew = try Self.crew(.mapped) }

  private static func crew(_ transport: ColumnTransport) throws -> ModuleCrew {
    let manifest = try ModuleManifest.read(folder: Project.path("Plugins/Commission"))
    return ModuleCrew(
      try #require(manifest), deadlines: .init(start: 10, call: 20), transport: transport, size: 1)
  }

  /// Hands over terms; whether the module calls them summable.
  private func configure(_ terms: String, _ other: ModuleCrew? = nil) throws -> Bool {
    let answer = try (other ?? crew).configure(
      "c",
      [
        "component": "c", "config": try JSONValue(parsing: terms), "currency": "USD", "places": 2,
        "measure": ["name": "m", "quota": true],
      ])
    guard case .accepted(_, let gives) = answer else {
      Issue.record("refused: \(terms)")
      return false
    }
    return gives.isSummable
  }

  /// What each payee and period is paid: the lines' earnings and the adjustment.
  private func totals(
    _ lines: [(row: Int, amount: Int64, units: Int64)], _ periods: Frame, _ other: ModuleCrew? = nil
  ) throws -> [Int64] {
    var frame = Frame(count: lines.count)
    frame.append(FrameColumn(name: "period_row", values: .integer(lines.map { Int64($0.row) })))
    frame.append(FrameColumn(name: "amount", values: .decimal(lines.map(\.amount), places: 2)))
    frame.append(FrameColumn(name: "part.units", values: .integer(lines.map(\.units))))
    let earnings = try (other ?? crew).calculate("c", Batch(lines: frame, periods: periods))
    guard case .decimal(let earned, _)? = earnings.lines["earned"]?.values,
      case .decimal(var totals, _)? = earnings.periods["adjustment"]?.values
    else { return [] }
    for (line, amount) in zip(lines, earned) { totals[line.row] += amount }
    return totals
  }

  private func periods(_ lottery: inout Lottery, payees: Int) -> Frame {
    let rows = 0..<payees * 4
    var frame = Frame(count: rows.count)
    let values = rows.map { _ in lottery.next(30_000_000) - 2_000_000 }
    frame.append(FrameColumn(name: "payee", values: .integer(rows.map { Int64($0 / 4) })))
    frame.append(FrameColumn(name: "period", values: .integer(rows.map { Int64($0 % 4) })))
    frame.append(FrameColumn(name: "window", values: .integer(rows.map { Int64($0 % 4 / 2) })))
    frame.append(FrameColumn(name: "value", values: .decimal(values, places: 2)))
    frame.append(FrameColumn(name: "in_period", values: .decimal(values.map { $0 / 2 }, places: 2)))
    let quotas = rows.map { _ in max(0, lottery.next(20_000_000) - 2_000_000) }
    frame.append(
      FrameColumn(
        name: "quota", values: .decimal(quotas, places: 2),
        missing: rows.map { _ in lottery.next(10) == 0 }))
    return frame
  }

  private func lines(
    _ lottery: inout Lottery, rows: Range<Int>
  ) -> [(row: Int, amount: Int64, units: Int64)] {
    rows.flatMap { row in
      (0..<lottery.next(7)).map { _ in (row, lottery.next(6_000_000) - 1_000_000, lottery.next(20) - 3) }
    }
  }

  @Test("terms called summable pay the same for the lines as for their sums")
  func sums() throws {
    var lottery = Lottery(state: 11)
    var summable = 0
    for _ in 0..<300 {
      let terms = lottery.terms()
      guard try configure(terms) else { continue }
      summable += 1
      let periods = periods(&lottery, payees: 6)
      let lines = lines(&lottery, rows: 0..<periods.count)
      let sums = (0..<periods.count).map { row in
        let own = lines.filter { $0.row == row }
        return (row, own.reduce(0) { $0 + $1.amount }, own.reduce(0) { $0 + $1.units })
      }
      #expect(try totals(lines, periods) == totals(sums, periods), "\(terms)")
    }
    #expect(summable >= 60)
  }

  @Test(
    "terms that look at single lines are not called summable",
    arguments: [
      #"{"rate": 0.1, "round": {"at": "line"}}"#,
      #"{"rate": {"column": "r"}, "round": {"at": "period"}}"#,
      #"{"rate": {"by": "amount", "edge": "upper", "bands": [{"to": 9, "rate": 0.1}, {"rate": 0.2}]}, "round": {"at": "period"}}"#,
      #"{"rate": 0.1, "review": {"above": 5}, "round": {"at": "period"}}"#,
      #"{"rate": 0.1, "payable": [{"day": "paid", "share": 1}], "round": {"at": "period"}}"#,
      #"{"amount": {"per": "deal", "pays": 5}, "round": {"at": "period"}}"#,
      #"{"tiers": {"by": "amount", "method": "marginal", "over": "period", "bands": [{"rate": {"by": "k", "table": {}, "otherwise": 1}}]}, "round": {"at": "period"}}"#,
      #"{"rate": {"by": "k", "table": {"a": 1}, "otherwise": 0}, "round": {"at": "period"}}"#,
      #"{"per_unit": {"units": "units", "amount": {"by": "k", "table": {}, "otherwise": 1}}, "round": {"at": "period"}}"#,
      #"{"rate": 0.1, "multipliers": [{"by": "k", "table": {}, "otherwise": 1}], "round": {"at": "period"}}"#,
      #"{"rate": 0.1, "cap": {"amount": 5, "per": "line"}, "round": {"at": "period"}}"#,
      #"{"rate": 0.1, "floor": {"amount": 5, "per": "line"}, "round": {"at": "period"}}"#,
      #"{"tiers": {"by": "amount", "method": "marginal", "over": "deal", "bands": [{"rate": 0.1}]}, "round": {"at": "period"}}"#,
    ])
  func singleLines(terms: String) throws { #expect(try !configure(terms)) }

  @Test("columns in shared memory give the same figures as inline ones")
  func transports() throws {
    var lottery = Lottery(state: 3)
    let inline = try Self.crew(.inline)
    for _ in 0..<30 {
      let terms = lottery.terms()
      _ = try configure(terms)
      _ = try configure(terms, inline)
      let periods = periods(&lottery, payees: 150)
      let lines = lines(&lottery, rows: 0..<periods.count)
      #expect(lines.count > 1024)
      #expect(try totals(lines, periods) == totals(lines, periods, inline), "\(terms)")
    }
  }

  @Test("a payee beside another with figures too large for 64 bits is paid the same")
  func largeFigures() throws {
    var lottery = Lottery(state: 5)
    for _ in 0..<200 {
      let terms = lottery.terms()
      _ = try configure(terms)
      let periods = periods(&lottery, payees: 3)
      let small = lines(&lottery, rows: 0..<8)
      let alone = try totals(small, periods)
      let large = small + [(8, 900_000_000_000_000, 1), (9, -900_000_000_000_000, 1)]
      #expect(try totals(large, periods)[..<8] == alone[..<8], "\(terms)")
    }
  }
}

/// Draws from a seed.
private struct Lottery {
  var state: UInt64

  mutating func next(_ bound: Int64) -> Int64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int64(state >> 33) % bound
  }

  mutating func one<Item>(_ items: Item...) -> Item { items[Int(next(Int64(items.count)))] }

  /// Terms of a commission component, as JSON.
  mutating func terms() -> String {
    var parts = [
      one(
        "\"rate\": 0.0\(next(900) + 1)", "\"per_unit\": {\"units\": \"units\", \"amount\": 1.\(next(90))5}",
        tiers()),
      "\"round\": {\"at\": \"\(one("period", "period", "line"))\", \"mode\": \"\(one("half-even", "half-up", "floor", "up"))\"}",
    ]
    if next(2) == 0 {
      parts.append("\"gate\": {\"at_least\": 0.\(next(9)), \"missed\": \"\(one("lost", "later"))\"}")
    }
    if next(2) == 0 {
      parts.append(
        "\"cap\": {\"amount\": \(900 + next(9000)), \"per\": \"\(one("period", "window", "line"))\"}")
    }
    if next(3) == 0 {
      parts.append("\"floor\": {\"amount\": \(next(900)), \"per\": \"\(one("period", "line"))\"}")
    }
    let text = "{" + parts.joined(separator: ", ") + "}"
    // A true-up goes with no bound of single lines.
    return text.contains("true-up")
      ? text.replacing("\"per\": \"line\"", with: "\"per\": \"period\"") : text
  }

  private mutating func tiers() -> String {
    let by = one("attainment", "amount")
    let edges = by == "amount" ? ["10000.5", "50000", "120000"] : ["0.25", "0.5", "1"]
    let method = one(
      "\"marginal\"",
      "\"whole-amount\", \"edge\": \"\(one("lower", "upper"))\", \"earlier\": \"\(one("keep", "true-up"))\"",
      "\"overage\", \"beyond\": \(edges[1]), \"edge\": \"\(one("lower", "upper"))\", \"earlier\": \"\(one("keep", "true-up"))\""
    )
    let bands = edges.map { "{\"to\": \($0), \"rate\": 0.0\(next(90) + 1)}" } + ["{\"rate\": 0.1\(next(9))}"]
    return
      "\"tiers\": {\"by\": \"\(by)\", \"method\": \(method), \"over\": \"\(one("period", "to-date", "deal"))\", "
      + "\"bands\": [\(bands.joined(separator: ", "))]}"
  }
}
