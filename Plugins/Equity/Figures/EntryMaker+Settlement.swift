import ModuleKit
import Money
import PlanCalendar

extension EntryMaker {
  /// Takes units for the tax on what vested of a grant on a day.
  ///
  /// Worked number: 75 units at 40.00 and a tax of 30 % owe 900.00; rounded up 23 units are taken, 52 delivered, and
  /// 20.00 come back; rounded down 22 are taken, 53 delivered, and 20.00 are due.
  mutating func settle(_ holding: Holding) throws(CalculationFault) {
    guard let settlement = terms.settlement else { return }
    var days: [CalendarDate: Int64] = [:]
    for tranche in holding.tranches {
      if let day = tranche.vestedOn { days[day, default: 0] += tranche.vested }
    }
    for (day, count) in days.sorted(by: { $0.key < $1.key })
    where count > 0 && self.days.contains(day) {
      let price = try facts.prices.wanted(on: day)
      guard price.isPositive else { continue }
      let rate = try taxRate(day)
      let tax = try money(units(count) * worth(price, holding.grant) * rate)
      let whole = Int64(PowersOfTen[terms.unitPlaces])
      let due = Fraction(Int128(tax), over: PowersOfTen[places])
      let taken = min(
        count, try (due / price).rounded(to: 0, settlement.isRoundedUp ? .ceiling : .floor) * whole)
      let cash = try money(units(taken) * price) - tax
      let words = "\(holding.grant.id): \(unitText(count)) × \(price.decimalText) × \(rate)"
      add(.tax, day, tax, words, settlement.pointer)
      add(.withheld, day, taken, words, settlement.pointer)
      add(.delivered, day, count - taken, words, settlement.pointer)
      add(.cash, day, cash, words, settlement.pointer)
    }
  }

  /// Parts what is first exercisable in each year at the limit for incentive stock options, in the order of the grants.
  ///
  /// Worked number: a limit of 100,000 and 2,500 options of each of two grants at 25.00 and 30.00 in one year: 62,500
  /// and 37,500 of the second's 75,000, so that 1,250 of its options are incentive stock options and 1,250 are not.
  mutating func applyISOLimit(_ holdings: [Holding], _ limit: Fraction) throws(CalculationFault) {
    var used: [Int: Fraction] = [:]
    for holding in holdings {
      guard let value = holding.grant.marketValue, value.isPositive else {
        throw CalculationFault(
          "grant `\(holding.grant.id)` has no market value, which the limit is counted in")
      }
      for tranche in holding.tranches.sorted(by: { ($0.first, $0.number) < ($1.first, $1.number) }) {
        let count = tranche.vested > 0 ? tranche.vested : tranche.units
        guard tranche.first != .distant else { continue }
        let year = tranche.first.civil.year
        let free = max(.zero, try limit - (used[year] ?? .zero))
        let within = min(
          count, try (free / value).rounded(to: 0, .down) * Int64(PowersOfTen[terms.unitPlaces]))
        used[year] = try (used[year] ?? .zero) + units(count) * value
        guard let day = tranche.vestedOn else { continue }
        let words = "\(holding.grant.id): \(tranche.label)"
        add(.iso, day, within, words, "/iso_limit")
        add(.nso, day, count - within, words, "/iso_limit")
      }
    }
  }
}

extension Tranche {
  /// The day on which it is first exercisable: what was lost in the year in which it would have been still counts.
  fileprivate var first: CalendarDate {
    if let vestedOn { return vestedOn }
    guard let scheduled, let lostOn, lostOn.civil.year == scheduled.civil.year else { return .distant }
    return scheduled
  }
}
