import JSONCore
import ModuleKit
import ModuleProtocol
import PlanCalendar
import Testing

@testable import Equity

/// What holds of all schedules, over grants and terms drawn from a seed.
@Suite struct VestingPropertyTests {
  /// Segments whose portions add up to the whole, as JSON.
  private func segments(_ seed: inout Seed) -> String {
    let parts = (0..<seed.number(1...4)).map { _ in (share: seed.number(1...9), times: seed.number(1...13)) }
    let whole = parts.reduce(0) { $0 + $1.share }
    let items = parts.map {
      #"{"months": \#(seed.number(1...12)), "times": \#($0.times), "portion": "\#($0.share)/\#(whole * $0.times)"}"#
    }
    return "[" + items.joined(separator: ",") + "]"
  }

  private func vesting(_ seed: inout Seed, _ allocation: Allocation) -> String {
    #"{"v": {"allocation_type": "\#(allocation.rawValue)", "segments": \#(segments(&seed))}}"#
  }

  private let grants =
    #"{"table": "grants", "person": "person", "id": "id", "date": "date", "units": "units"}"#

  @Test("vesting sums to the grant, whatever the terms and the allocation", arguments: Allocation.allCases)
  func wholeGrant(allocation: Allocation) throws {
    var seed = Seed(1)
    for _ in 0..<60 {
      let units = seed.number(0...9_999)
      let places = allocation == .fractional ? 3 : 0
      let desk = try Desk(
        #"{"instrument": "rsu", "unit_places": \#(places), "grants": \#(grants), "vesting": \#(vesting(&seed, allocation))}"#,
        tables: [
          "grants": Rows.frame(["payee", "id", "date", "units"], [["0", "G", "2024-01-31", "\(units)"]])
        ])
      let figures = try desk.figures(["2020-01-01", "2090-01-01"])
      #expect(figures["adjustment"] == [Int64(units) * (places == 3 ? 1_000 : 1)])
      #expect(figures["outstanding"] == [0])
    }
  }

  @Test(
    "no tranche of a loaded allocation is more than one unit from its exact share, but for the single one")
  func shares() throws {
    var seed = Seed(2)
    for allocation in [Allocation.frontLoaded, .backLoaded, .cumulativeRounding, .cumulativeRoundDown] {
      for _ in 0..<40 {
        let count = seed.number(1...12)
        let amounts = (0..<count).map { _ in Fraction(Int128(seed.number(0...500)), over: 12) }
        let sums = try allocation.cumulative(amounts, places: 0)
        for (index, sum) in sums.enumerated() {
          let units = Fraction(sum - (index == 0 ? 0 : sums[index - 1]))
          let gap = try units - amounts[index]
          #expect(gap <= .one && gap >= Fraction(-1))
        }
      }
    }
  }

  /// Terms of several kinds, with the tables that they read.
  private func desk(_ seed: inout Seed, _ shuffle: ([[String]]) -> [[String]]) throws -> Desk {
    let config = #"""
      {"instrument": "rsu", "grants": {"table": "grants", "person": "person", "id": "id", "date": "date",
        "units": "units", "fair_value": "value", "start": "start"}, "before_grant": "on-grant-date",
       "vesting": \#(vesting(&seed, .backLoaded)),
       "events": {"table": "events", "event": "event", "date": "date", "grant": "grant"},
       "prices": {"table": "prices", "date": "date", "price": "price"},
       "acceleration": [{"event": "sale", "share": 0.5, "from": "each"}],
       "leavers": {"table": "leavers", "person": "person", "date": "date", "reason": "reason", "reasons": {
         "retired": {"unvested": "pro-rata", "of": "tranche", "by": "days", "vested": "keep"}}},
       "leaves": {"table": "leaves", "person": "person", "from": "from", "to": "to", "longer_than": 5,
         "counted": "all", "by": "days"},
       "settlement": {"how": "net", "tax": 0.37, "fraction": "up"},
       "dividends": {"table": "dividends", "date": "date", "amount": "amount", "pay": "reinvest"},
       "expense": {"method": "graded", "by": "days", "service_from": "grant",
         "forfeitures": {"estimate": 0.03, "per": "year"}}}
      """#
    func day(_ seed: inout Seed, _ years: ClosedRange<Int>) -> String {
      CalendarDate(year: seed.number(years), month: seed.number(1...12), dayOfMonth: seed.number(1...28))?
        .description ?? ""
    }
    let grants = (0..<4).map { index in
      [
        "0", "G-\(index)", day(&seed, 2024...2026), "\(seed.number(1...5_000))", "\(seed.number(5...50)).25",
        seed.number(0...1) == 0 ? "" : day(&seed, 2023...2024),
      ]
    }
    let prices = (2020...2032).map { ["\($0)-01-01", "\(seed.number(5...90)).50"] }
    let dividends = (2024...2030).map { ["\($0)-06-30", "0.\(seed.number(10...99))"] }
    return try Desk(
      config,
      tables: [
        "grants": Rows.frame(["payee", "id", "date", "units", "value", "start"], shuffle(grants)),
        "events": Rows.frame(["event", "date", "grant"], [["sale", day(&seed, 2026...2027), ""]]),
        "prices": Rows.frame(["date", "price"], shuffle(prices)),
        "dividends": Rows.frame(["date", "amount"], shuffle(dividends)),
        "leavers": Rows.frame(["payee", "date", "reason"], [["0", day(&seed, 2028...2029), "retired"]]),
        "leaves": Rows.frame(
          ["payee", "from", "to"],
          shuffle([["0", "2025-03-01", "2025-04-15"], ["0", "2026-03-01", "2026-03-04"]])),
      ])
  }

  @Test("the order of rows changes nothing")
  func order() throws {
    for number in 0..<12 {
      var (one, other) = (Seed(UInt64(number)), Seed(UInt64(number)))
      let starts = ["2024-01-01", "2026-01-01", "2027-01-01", "2028-01-01", "2035-01-01"]
      let straight = try desk(&one) { $0 }.figures(starts)
      let reversed = try desk(&other) { $0.reversed() }.figures(starts)
      #expect(straight == reversed)
    }
  }

  @Test("a period that is cut in two comes to the same, figure by figure")
  func cutting() throws {
    let levels: Set<String> = ["vested_to_date", "outstanding", "cash_value"]
    for number in 0..<12 {
      var seed = Seed(UInt64(number))
      let desk = try desk(&seed) { $0 }
      let first = try #require(CalendarDate("2023-01-01")).day
      let last = try #require(CalendarDate("2036-01-01")).day
      let cuts = Set((0..<9).map { _ in first + Int32(seed.number(1...4_700)) })
      let whole = try desk.figures(days: [first, last])
      let parts = try desk.figures(days: [first] + cuts.sorted() + [last])
      for (name, cells) in whole {
        let cut = try #require(parts[name])
        let total = levels.contains(name) ? cut.last ?? nil : cut.reduce(Int64(0)) { $0 + ($1 ?? 0) }
        #expect(cells == [total], "\(name) with seed \(number)")
      }
    }
  }

  @Test("what a grant vests, loses and still has open is the grant")
  func accounts() throws {
    for number in 0..<20 {
      var seed = Seed(UInt64(number))
      let vesting = vesting(&seed, .frontLoaded)
      let units = seed.number(1...5_000)
      let desk = try Desk(
        #"""
        {"instrument": "restricted-stock", "grants": \#(grants), "vesting": \#(vesting),
         "leavers": {"table": "leavers", "person": "person", "date": "date", "reason": "reason", "reasons": {
           "gone": {"unvested": "pro-rata", "of": "grant", "by": "months", "vested": "keep"}}}}
        """#,
        tables: [
          "grants": Rows.frame(["payee", "id", "date", "units"], [["0", "G", "2024-03-31", "\(units)"]]),
          "leavers": Rows.frame(
            ["payee", "date", "reason"],
            [["0", "20\(seed.number(24...29))-\(seed.number(10...12))-15", "gone"]]),
        ])
      let figures = try desk.figures(["2024-01-01", "2025-01-01", "2026-01-01", "2028-01-01", "2060-01-01"])
      var lost: Int64 = 0
      for period in 0..<4 {
        lost += try #require(figures["forfeited"]?[period])
        let vested = try #require(figures["vested_to_date"]?[period])
        let open = try #require(figures["outstanding"]?[period])
        #expect(vested + lost + open == Int64(units))
      }
      #expect(figures["outstanding"]?.last == 0)
    }
  }
}
