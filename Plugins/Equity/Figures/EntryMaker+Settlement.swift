import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

extension EntryMaker {
  /// Units of a grant that are settled on a day.
  private struct Due {
    let day: CalendarDate
    let grant: Grant
    let units: Int64
    /// Those of them that are incentive stock options.
    var iso: Int64 = 0
  }

  /// Settles what vested, or was exercised, in the order of the days, and of one day in that of the grants.
  mutating func settle(_ holdings: [Holding], _ split: ISOSplit?) throws(CalculationFault) {
    guard let settlement = terms.settlement ?? terms.exerciseSettlement else { return }
    let atExercise = terms.settlement == nil
    var dues: [(place: Int, due: Due)] = []
    for (place, holding) in holdings.enumerated() {
      let own = atExercise ? exercises(holding, place, split) : vestings(holding)
      dues += own.map { (place, $0) }
    }
    dues.sort { ($0.due.day, $0.place) < ($1.due.day, $1.place) }
    for (_, due) in dues where due.units > 0 && days.contains(due.day) {
      let price = try price(on: due.day, due.grant)
      if atExercise {
        try exercise(due, settlement, price)
      } else if price.isPositive {
        try vest(due, settlement, price)
      }
    }
  }

  private func vestings(_ holding: Holding) -> [Due] {
    var units: [CalendarDate: Int64] = [:]
    for tranche in holding.tranches {
      if let day = tranche.vestedOn { units[day, default: 0] += tranche.vested }
    }
    return units.map { Due(day: $0.key, grant: holding.grant, units: $0.value) }
  }

  /// The exercises of a holding; incentive stock options are exercised first, as long as they are any.
  private func exercises(_ holding: Holding, _ place: Int, _ split: ISOSplit?) -> [Due] {
    var exercised: Int64 = 0
    let last = facts.leavings[holding.grant.payee].flatMap { terms.isoWindow?.after($0.day) }
    return holding.departures.compactMap { departure in
      guard case .exercised = departure.kind else { return nil }
      var due = Due(day: departure.day, grant: holding.grant, units: departure.units)
      if let split, last.map({ departure.day <= $0 }) ?? true {
        due.iso = min(due.units, max(0, split.iso(place, to: due.day) - exercised))
      }
      exercised += due.iso
      return due
    }
  }

  /// Takes the tax on what vested.
  ///
  /// Worked number: 75 units at 40.00 and a tax of 30 % owe 900.00; rounded up 23 units are taken, 52 delivered, and
  /// 20.00 come back; rounded down 22 are taken, 53 delivered, and 20.00 are due.
  private mutating func vest(
    _ due: Due, _ settlement: Settlement, _ price: Fraction
  ) throws(CalculationFault) {
    let worth = try worth(taxed(price, due.grant, settlement), due.grant)
    let value = try money(units(due.units) * worth)
    let (tax, rate) = try account.withhold(value, on: due.day)
    let words = "\(due.grant.id): \(unitText(due.units)) × \(worth.decimalText) × \(rate)"
    add(.tax, due.day, tax, words, settlement.pointer)
    switch settlement.how {
    case .cash: add(.cash, due.day, value - tax, words, settlement.pointer)
    case .pay:
      add(.delivered, due.day, due.units, words, settlement.pointer)
      add(.cash, due.day, -tax, words, settlement.pointer)
    case .sellToCover, .net: try take(tax, due, settlement, price, words)
    }
  }

  /// The price that the tax is on.
  private func taxed(
    _ price: Fraction, _ grant: Grant, _ settlement: Settlement
  ) throws(CalculationFault) -> Fraction {
    guard settlement.value == .meanWithGrant else { return price }
    guard let granted = grant.marketValue else {
      throw CalculationFault(
        "grant `\(grant.id)` has no market value, which the tax is counted by",
        at: [terms.grants.place(grant.row, "market_value")])
    }
    return try (price + granted) / Fraction(2)
  }

  /// Takes the price and the tax of what was exercised; the spread on incentive stock options is not taxed here.
  ///
  /// Worked number: 1,000 rights with a base of 10.00 at 25.00 have a spread of 15,000.00. In cash they pay it; `net`, 400
  /// units are taken for the base and 600 delivered; with a tax of 25 % another 150 are taken.
  private mutating func exercise(
    _ due: Due, _ settlement: Settlement, _ price: Fraction
  ) throws(CalculationFault) {
    let strike = due.grant.price ?? .zero
    let gain = max(.zero, try price - strike)
    let spread = try money(units(due.units) * gain)
    let isoSpread = try money(units(due.iso) * gain)
    let (tax, rate) = try account.withhold(spread - isoSpread, on: due.day)
    let isRight = terms.instrument == .sar
    let cost = try money(units(due.units) * (isRight ? min(strike, price) : strike))
    let pointer = settlement.pointer
    let words = "\(due.grant.id): \(unitText(due.units)) × \(gain.decimalText)"
    add(.spread, due.day, spread, words, pointer)
    add(
      .isoSpread, due.day, isoSpread, "\(due.grant.id): \(unitText(due.iso)) × \(gain.decimalText)", pointer)
    add(.tax, due.day, tax, "\(words) × \(rate)", pointer)
    switch settlement.how {
    case .cash where isRight:
      add(.earned, due.day, spread, words, pointer)
      add(.cash, due.day, spread - tax, words, pointer)
    case .cash:
      add(.withheld, due.day, due.units, words, pointer)
      add(.cash, due.day, try money(units(due.units) * price) - cost - tax, words, pointer)
    case .pay:
      add(.delivered, due.day, due.units, words, pointer)
      add(.cash, due.day, -cost - tax, words, pointer)
    case .sellToCover, .net: try take(cost + tax, due, settlement, price, words)
    }
  }

  /// Takes whole units for an amount that is due; what they bring more or less is paid in cash.
  private mutating func take(
    _ amount: Int64, _ due: Due, _ settlement: Settlement, _ price: Fraction, _ words: String
  ) throws(CalculationFault) {
    let pointer = settlement.pointer
    var taken = due.units
    if price.isPositive {
      let wanted = try Fraction(Int128(amount), over: PowersOfTen[places]) / price
      let whole = try wanted.rounded(to: 0, settlement.isRoundedUp ? .ceiling : .floor)
      taken = min(taken, whole * Int64(PowersOfTen[terms.unitPlaces]))
    }
    add(.withheld, due.day, taken, words, pointer)
    add(.delivered, due.day, due.units - taken, words, pointer)
    add(.cash, due.day, try money(units(taken) * price) - amount, words, pointer)
  }
}
