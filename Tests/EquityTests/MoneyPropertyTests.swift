import ModuleProtocol
import Money
import PlanCalendar
import Testing

@testable import Equity

/// What holds of money: cost, tax, settlement, over numbers drawn from a seed.
@Suite struct MoneyPropertyTests {
  private func day(_ seed: inout Seed, _ years: ClosedRange<Int>) throws -> String {
    try #require(
      CalendarDate(year: seed.number(years), month: seed.number(1...12), dayOfMonth: seed.number(1...28))
    ).description
  }

  private func money(_ cents: Int64) -> String {
    "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
  }

  @Test(
    "expense sums to the fair value of what vests, whatever the method, the estimate and the leaving",
    arguments: ["straight-line", "graded", "ifrs-2", "cas-11"],
    [#""as-they-occur""#, #"{"estimate": 0.07, "per": "year"}"#, #"{"estimate": 0.2, "per": "grant"}"#])
  func expense(method: String, forfeitures: String) throws {
    // IFRS 2 and CAS 11 want an estimate; that it may be none is another test.
    if method.hasSuffix("2") || method.hasSuffix("11"), forfeitures.contains("occur") { return }
    for number in 0..<15 {
      var seed = Seed(UInt64(number))
      let (units, value) = (seed.number(1...5_000), seed.number(100...9_999))
      let times = seed.number(1...6)
      let desk = try Desk(
        #"""
        {"instrument": "rsu",
         "grants": {"table": "grants", "person": "p", "id": "id", "date": "date", "units": "units", "fair_value": "value"},
         "vesting": {"v": {"allocation_type": "CUMULATIVE_ROUNDING",
           "segments": [{"months": \#(seed.number(2...14)), "times": \#(times), "portion": "1/\#(times)"}]}},
         "leavers": {"table": "leavers", "person": "p", "date": "date", "reason": "reason", "reasons": {
           "gone": {"unvested": "forfeit", "vested": "keep"}}},
         "expense": {"method": "\#(method)", "by": "\#(seed.number(0...1) == 0 ? "days" : "months")",
           "service_from": "grant", "forfeitures": \#(forfeitures)}}
        """#,
        tables: [
          "grants": Rows.frame(
            ["payee", "id", "date", "units", "value"],
            [["0", "G", try day(&seed, 2024...2024), "\(units)", money(Int64(value))]]),
          "leavers": Rows.frame(
            ["payee", "date", "reason"], [["0", try day(&seed, 2025...2029), "gone"]]),
        ])
      let cuts = ["2024-01-01", "2025-01-01", "2025-07-01", "2026-01-01", "2028-01-01", "2040-01-01"]
      let figures = try desk.figures(cuts)
      let cost = try #require(figures["expense"]).reduce(Int64(0)) { $0 + ($1 ?? 0) }
      let vested = try #require(figures["vested_to_date"]?.last ?? nil)
      #expect(cost == vested * Int64(value), "seed \(number)")
    }
  }

  /// Options or SARs of one holder, some of them exercised at prices of their days.
  private func exercised(_ seed: inout Seed, _ instrument: String, _ settlement: String) throws -> (
    desk: Desk, price: Int64, base: Int64
  ) {
    let (price, base) = (Int64(seed.number(100...9_000)), Int64(seed.number(100...9_000)))
    var left = 3_000
    let exercises = try (0..<4).map { _ in
      let count = seed.number(1...left / 2)
      left -= count
      return ["0", "G", try day(&seed, 2026...2027), "\(count)"]
    }
    let desk = try Desk(
      #"""
      {"instrument": "\#(instrument)",
       "grants": {"table": "grants", "person": "p", "id": "id", "date": "date", "units": "units", "price": "price"},
       "vesting": {"v": {"allocation_type": "CUMULATIVE_ROUNDING", "segments": [{"months": 12, "portion": 1}]}},
       "prices": {"table": "prices", "date": "date", "price": "price"},
       "exercises": {"table": "exercises", "person": "p", "grant": "grant", "date": "date", "units": "units",
         "settlement": \#(settlement)},
       "expense": {"method": "cash-settled", "by": "days", "service_from": "grant", "forfeitures": "as-they-occur"}}
      """#,
      tables: [
        "grants": Rows.frame(
          ["payee", "id", "date", "units", "price"], [["0", "G", "2024-05-01", "3000", money(base)]]),
        "prices": Rows.frame(["date", "price"], [["2024-01-01", money(price)]]),
        "exercises": Rows.frame(["payee", "grant", "date", "units"], exercises),
      ])
    return (desk, price, base)
  }

  private let years = ["2024-01-01", "2026-01-01", "2027-01-01", "2028-01-01"]

  @Test("what is taken pays the price and the tax to the cent", arguments: ["up", "down"])
  func settled(fraction: String) throws {
    for number in 0..<20 {
      var seed = Seed(UInt64(number))
      let (desk, price, base) = try exercised(
        &seed, "option", #"{"how": "net", "tax": 0.37, "fraction": "\#(fraction)"}"#)
      let figures = try desk.figures(years)
      for year in 0..<3 {
        func figure(_ name: String) -> Int64 { figures[name]?[year] ?? 0 }
        let (taken, cash) = (figure("withheld"), figure("cash"))
        #expect(taken + figure("delivered") == figure("exercised"))
        #expect(taken * price - cash == figure("exercised") * base + figure("tax"), "seed \(number)")
        #expect(figure("spread") == figure("exercised") * max(0, price - base))
      }
    }
  }

  @Test("the cost of rights settled in cash sums to what they pay and what they still are worth")
  func cashSettled() throws {
    for number in 0..<20 {
      var seed = Seed(UInt64(number))
      let (desk, _, _) = try exercised(&seed, "sar", #"{"how": "cash", "tax": 0.2}"#)
      let figures = try desk.figures(years)
      let sum = { (name: String) in (figures[name] ?? []).reduce(Int64(0)) { $0 + ($1 ?? 0) } }
      let left = try #require(figures["cash_value"]?.last ?? nil)
      #expect(sum("expense") == sum("adjustment") + left, "seed \(number)")
      #expect(sum("adjustment") == sum("tax") + sum("cash"))
    }
  }

  @Test("the tax of a year is that on all of its payments, however many there were")
  func brackets() throws {
    for number in 0..<20 {
      var seed = Seed(UInt64(number))
      let brackets = TaxBrackets(
        brackets: [(0, 3), (36_000, 10), (144_000, 20)].map {
          .init(above: Fraction($0.0), rate: Fraction(Int128($0.1), over: 100))
        }, over: .year)
      var account = TaxAccount(.brackets(brackets), places: 2) { _ in .zero }
      let date = try #require(CalendarDate("2026-03-01"))
      var (income, tax) = (Int64(0), Int64(0))
      for _ in 0..<seed.number(1...9) {
        let payment = Int64(seed.number(0...9_000_000))
        income += payment
        tax += try account.withhold(payment, on: date).tax
      }
      let whole = try brackets.tax(on: Fraction(Int128(income), over: 100)).rounded(to: 2, .halfEven)
      #expect(tax == whole, "seed \(number)")
    }
  }
}
