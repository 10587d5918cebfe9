import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Divides shares of profit among the holders of units.
struct ProfitShares {
  let terms: Terms
  let pool: ProfitPool
  /// Digits after the point of the currency.
  let places: Int

  /// What each payee gets of each pool.
  ///
  /// Worked number: 10 % of a profit of 1,000,000.00 among 100 units × 1.2, 50 × 1.0 and 30 × 1.0 is 60,000.00, 25,000.00
  /// and 15,000.00. With `total: 400` they get 30,000.00, 12,500.00 and 7,500.00, and the rest stays with the company.
  /// Among the holders the pool is divided to the last cent.
  func entries(
    _ holdings: [Int64: [Holding]], _ batch: Batch,
    coefficient: (Int64, CalendarDate) throws(CalculationFault) -> Fraction
  ) throws(CalculationFault) -> [Int64: [Entry]] {
    let rows = try Rows(pool.table, batch)
    let (days, paid, profits) = (try rows.days("date"), try rows.days("paid"), try rows.numbers("profit"))
    var entries: [Int64: [Entry]] = [:]
    for row in 0..<rows.count {
      let day = try rows.wanted(days, row, "date")
      let profit = max(.zero, try rows.wanted(profits, row, "profit"))
      let amount = try (profit * pool.rate).rounded(to: places, .halfEven)
      var weights: [(payee: Int64, weight: Fraction, words: String)] = []
      for payee in holdings.keys.sorted() {
        let units = held(holdings[payee] ?? [], on: day)
        guard units.isPositive else { continue }
        let factor = try coefficient(payee, day)
        weights.append((payee, try units * factor, "\(units.decimalText) × \(factor.decimalText)"))
      }
      let holders = try sum(weights.map(\.weight))
      let total = pool.total ?? holders
      guard holders <= total else {
        throw CalculationFault("there are more units than the `total` of the pool")
      }
      guard total.isPositive else { continue }
      var (before, given) = (Fraction.zero, Int64(0))
      for (payee, weight, words) in weights {
        before = try before + weight
        let upTo = try (Fraction(amount) * before / total).rounded(to: 0, .halfEven)
        let text =
          "\(StepText.amount(ExactDecimal(coefficient: Int128(amount), scale: places))) × \(words) of "
          + total.decimalText
        entries[payee, default: []].append(
          Entry(
            flow: .earned, day: paid[row] ?? day, amount: upTo - given, text: text, pointer: pool.pointer))
        given = upTo
      }
    }
    return entries
  }

  /// The units that take part on a day.
  private func held(_ holdings: [Holding], on day: CalendarDate) -> Fraction {
    let count = holdings.reduce(Int64(0)) { sum, holding in
      let vested = holding.vested(to: day) - holding.departed(to: day)
      return sum + vested + (pool.units == .granted ? holding.unvested(on: day) : 0)
    }
    return Fraction(units: count, places: terms.unitPlaces)
  }

  private func sum(_ parts: [Fraction]) throws(CalculationFault) -> Fraction {
    var sum = Fraction.zero
    for part in parts { sum = try sum + part }
    return sum
  }
}
