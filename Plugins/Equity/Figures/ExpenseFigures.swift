import ModuleKit
import Money
import PlanCalendar

/// What a grant has cost up to a day.
struct ExpenseFigures {
  let terms: Terms
  let expense: Expense
  let facts: Facts
  /// Digits after the point of the currency.
  let places: Int

  /// The cost up to the end of a day, in the currency's minor unit.
  ///
  /// Service runs from its first day to the day before a tranche vests. Worked number, 1,000 units at 12.00 in three
  /// yearly tranches of 400, 300, 300, after one year: 4,000.00 in a straight line, raised to the 4,800.00 that have
  /// vested; tranche by tranche 4,800 + 1,800 + 1,200 = 7,800.00. Rounded half-even: a straight line once a grant, the
  /// other ways once a tranche, since each is an award of its own.
  func cost(_ holding: Holding, to day: CalendarDate) throws(CalculationFault) -> Int64 {
    guard holding.grant.day <= day else { return 0 }
    if expense.method == .cashSettled { return try cashCost(holding, to: day) }
    guard let value = holding.grant.fairValue else {
      throw CalculationFault(
        "grant `\(holding.grant.id)` has no fair value, which its cost is counted in",
        at: [terms.grants.place(holding.grant.row, "fair_value")])
    }
    if expense.method == .straightLine { return try straightCost(holding, value, to: day) }
    var cost: Int64 = 0
    for tranche in holding.tranches {
      if tranche.hasVested(by: day) {
        cost += try money(units(tranche.vested) * value)
      } else if tranche.isBorne(on: day) {
        cost += try money(units(tranche.lost) * value)
      } else if let scheduled = expected(tranche, on: day) {
        let units = try units(tranche.units) * survival(tranche, holding.grant, on: day)
        cost += try money(units * value * passed(holding.grant, day, scheduled))
      }
    }
    return cost
  }

  private func straightCost(
    _ holding: Holding, _ value: Fraction, to day: CalendarDate
  ) throws(CalculationFault) -> Int64 {
    let borne = units(holding.tranches.reduce(Int64(0)) { $0 + ($1.isBorne(on: day) ? $1.lost : 0) })
    let vested = units(holding.vested(to: day))
    var (all, last) = (vested, start(holding.grant))
    for tranche in holding.tranches {
      if tranche.hasVested(by: day) { last = max(last, tranche.vestedOn ?? last) }
      guard let scheduled = expected(tranche, on: day) else { continue }
      all = try all + units(tranche.units) * survival(tranche, holding.grant, on: day)
      last = max(last, scheduled)
    }
    return try money(value * (borne + max(vested, all * passed(holding.grant, day, last))))
  }

  /// The liability on a day and what was paid before it.
  ///
  /// Worked number: 1,000 units after four years, worth 15, 30, 35 and 25 at the ends of the years: 3,750, 15,000,
  /// 26,250 and 25,000, so that the last year gives back 1,250.
  private func cashCost(_ holding: Holding, to day: CalendarDate) throws(CalculationFault) -> Int64 {
    var cost: Int64 = 0
    for tranche in holding.tranches {
      if tranche.hasVested(by: day), let vestedOn = tranche.vestedOn {
        guard !terms.isHeld else { continue }
        cost += try money(units(tranche.vested) * value(holding.grant, on: vestedOn))
      } else if let scheduled = expected(tranche, on: day) {
        let units = try units(tranche.units) * survival(tranche, holding.grant, on: day)
        cost += try money(units * passed(holding.grant, day, scheduled) * value(holding.grant, on: day))
      }
    }
    guard terms.isHeld else { return cost }
    let held = holding.vested(to: day) - holding.departed(to: day)
    cost += try money(units(held) * value(holding.grant, on: day))
    for departure in holding.departures where departure.day <= day {
      guard case .exercised = departure.kind else { continue }
      let price = try facts.prices.wanted(on: departure.day, at: terms.grants.place(holding.grant.row))
      cost += try money(units(departure.units) * max(.zero, price - (holding.grant.price ?? .zero)))
    }
    return cost
  }

  private func money(_ amount: Fraction) throws(CalculationFault) -> Int64 {
    try amount.rounded(to: places, .halfEven)
  }

  /// The fair value of a unit where the table of prices has one, else what it is worth at the market price.
  private func value(_ grant: Grant, on day: CalendarDate) throws(CalculationFault) -> Fraction {
    let place = terms.grants.place(grant.row)
    if terms.prices?.has("fair_value") ?? false { return try facts.fairValues.wanted(on: day, at: place) }
    return max(.zero, try facts.prices.wanted(on: day, at: place) - (grant.price ?? .zero))
  }

  private func units(_ count: Int64) -> Fraction { Fraction(units: count, places: terms.unitPlaces) }

  private func start(_ grant: Grant) -> CalendarDate { expense.from == .grant ? grant.day : grant.start }

  private func passed(_ grant: Grant, _ day: CalendarDate, _ end: CalendarDate) -> Fraction {
    expense.by.passed(start(grant), day.adding(days: 1), end)
  }

  /// The day on which a tranche is expected to vest; nil when it has vested, is lost, or waits for an event.
  private func expected(_ tranche: Tranche, on day: CalendarDate) -> CalendarDate? {
    if tranche.hasVested(by: day) || tranche.lostOn.map({ $0 <= day }) ?? false { return nil }
    if let awaited = tranche.awaited, day < awaited { return nil }
    return tranche.scheduled
  }

  /// The part of a tranche that is expected to vest; over years it is kept to twelve digits.
  private func survival(
    _ tranche: Tranche, _ grant: Grant, on day: CalendarDate
  ) throws(CalculationFault) -> Fraction {
    if expense.estimates != nil { return max(.zero, try .one - (facts.estimates.price(on: day) ?? .zero)) }
    guard case .estimate(let rate, let perYear) = expense.forfeitures else { return .one }
    let kept = max(.zero, try Fraction.one - rate)
    guard perYear, let scheduled = tranche.scheduled else { return kept }
    var part = Fraction.one
    for _ in 0..<max(0, start(grant).months(to: scheduled) / 12) {
      part = Fraction(units: try (part * kept).rounded(to: 12, .halfEven), places: 12)
    }
    return part
  }
}

extension Tranche {
  /// Whether it was cancelled by a day, and its cost is borne all the same.
  func isBorne(on day: CalendarDate) -> Bool { bearsCost && lostOn.map { $0 <= day } ?? false }

  /// Whether it has vested by a day.
  func hasVested(by day: CalendarDate) -> Bool { vestedOn.map { $0 <= day } ?? false }
}
