import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Makes the entries of a holding.
struct EntryMaker {
  let terms: Terms
  let facts: Facts
  /// Digits after the point of the currency.
  let places: Int
  /// The days of the payee's periods: what is settled on others is not looked at.
  let days: ClosedRange<CalendarDate>
  /// The tax on what is settled, in the order of the days.
  var account: TaxAccount
  private(set) var entries: [Entry] = []

  init(
    terms: Terms, facts: Facts, places: Int, days: ClosedRange<CalendarDate>,
    account: TaxAccount
  ) {
    self.terms = terms
    self.facts = facts
    self.places = places
    self.days = days
    self.account = account
  }

  mutating func add(_ holding: Holding) throws(CalculationFault) {
    for tranche in holding.tranches {
      if let day = tranche.vestedOn, tranche.vested > 0 { try vest(tranche, day, holding.grant) }
      if let day = tranche.lostOn, tranche.lost > 0 {
        let words = "\(holding.grant.id): \(tranche.label)"
        add(.forfeited, day, tranche.lost, words, tranche.pointer)
        if case .repurchased(let price) = tranche.loss {
          try buyBack(tranche.lost, price, day, holding.grant, words)
        }
      }
    }
    for departure in holding.departures {
      switch departure.kind {
      case .exercised: add(.exercised, departure.day, departure.units, holding.grant.id, "/exercises")
      case .cancelled: add(.lapsed, departure.day, departure.units, holding.grant.id, "/cancellations")
      case .lapsed: add(.lapsed, departure.day, departure.units, holding.grant.id, "/leavers")
      case .repurchased(let price):
        add(.lapsed, departure.day, departure.units, holding.grant.id, "/leavers")
        try buyBack(departure.units, price, departure.day, holding.grant, "\(holding.grant.id): vested")
      }
    }
    if terms.dividends?.pay == .now { try payDividends(holding) }
  }

  mutating func add(
    _ flow: Entry.Flow, _ day: CalendarDate, _ amount: Int64, _ text: String, _ pointer: String
  ) {
    if amount != 0 {
      entries.append(Entry(flow: flow, day: day, amount: amount, text: text, pointer: pointer))
    }
  }

  func units(_ count: Int64) -> Fraction { Fraction(units: count, places: terms.unitPlaces) }

  func unitText(_ count: Int64) -> String {
    StepText.amount(ExactDecimal(coefficient: Int128(count), scale: terms.unitPlaces).normalized)
  }

  func money(_ amount: Fraction) throws(CalculationFault) -> Int64 {
    try amount.rounded(to: places, .halfEven)
  }

  /// The market price on a day; a fault at the grant when there is none.
  func price(on day: CalendarDate, _ grant: Grant) throws(CalculationFault) -> Fraction {
    try facts.prices.wanted(on: day, at: terms.grants.place(grant.row))
  }

  /// What a unit is worth to its holder at a market price: the price, less what is paid for it, at least 0.
  func worth(_ price: Fraction, _ grant: Grant) throws(CalculationFault) -> Fraction {
    max(.zero, try price - (grant.price ?? .zero))
  }

  // MARK: Vesting

  private mutating func vest(_ tranche: Tranche, _ day: CalendarDate, _ grant: Grant) throws(CalculationFault)
  {
    var words = "\(grant.id): \(tranche.label)"
    if tranche.vested != tranche.units {
      words += ", \(unitText(tranche.units)) × \(tranche.note)"
    } else if !tranche.note.isEmpty {
      words += " (\(tranche.note))"
    }
    let price = facts.prices.price(on: day)
    if let price {
      let value = try money(units(tranche.vested) * worth(price, grant))
      add(.fairValue, day, value, words, tranche.pointer)
    }
    if terms.settlement?.how == .cash {
      guard days.contains(day) else { return }
      let price = try worth(self.price(on: day, grant), grant)
      let value = try money(units(tranche.vested) * price)
      add(
        .earned, day, value, "\(words): \(unitText(tranche.vested)) × \(price.decimalText)", tranche.pointer)
    } else if !terms.paysMoney {
      add(.earned, day, tranche.vested, words, tranche.pointer)
    }
    try payDividends(tranche, day, grant, words)
  }

  // MARK: Buying back

  private mutating func buyBack(
    _ count: Int64, _ price: RepurchasePrice, _ day: CalendarDate, _ grant: Grant, _ words: String
  ) throws(CalculationFault) {
    let each = try self.price(price, day, grant)
    add(
      .repurchase, day, try money(units(count) * each), "\(words): \(unitText(count)) × \(each.decimalText)",
      "/leavers")
  }

  private func price(
    _ price: RepurchasePrice, _ day: CalendarDate, _ grant: Grant
  ) throws(CalculationFault) -> Fraction {
    let cost = grant.price ?? .zero
    switch price {
    case .cost: return cost
    case .market: return try self.price(on: day, grant)
    case .lower: return min(cost, try self.price(on: day, grant))
    case .fixed(let price): return price
    case .costPlusInterest(let rate):
      return try cost + cost * rate * Fraction(Int128(max(0, day.day - grant.day.day)), over: 365)
    }
  }

  // MARK: Dividends

  /// Dividends on what has not vested, paid when the dividend is.
  private mutating func payDividends(_ holding: Holding) throws(CalculationFault) {
    for dividend in facts.dividends {
      let count = holding.unvested(on: dividend.day)
      guard count > 0 else { continue }
      let amount = try money(units(count) * dividend.amount)
      let words = "\(holding.grant.id): \(unitText(count)) × \(dividend.amount.decimalText)"
      add(.dividends, dividend.day, amount, words, "/dividends")
      if terms.paysMoney { add(.earned, dividend.day, amount, "dividend on \(words)", "/dividends") }
    }
  }

  /// Dividends that were kept until a tranche vests, in money or in further units.
  ///
  /// Worked number: 1,000 units, a dividend of 0.50 at a price of 25.00: 500.00 in money, or 20 further units, which
  /// take part in the next dividend. Fractions are kept to the millionth of a unit until the tranche vests.
  private mutating func payDividends(
    _ tranche: Tranche, _ day: CalendarDate, _ grant: Grant, _ words: String
  ) throws(CalculationFault) {
    guard let pay = terms.dividends?.pay, pay != .now else { return }
    let own = facts.dividends.filter { $0.day >= grant.day && $0.day < day }
    var held = units(tranche.vested)
    var amount: Int64 = 0
    for dividend in own {
      if pay == .atVesting {
        amount += try money(held * dividend.amount)
        continue
      }
      let price = try self.price(on: dividend.day, grant)
      guard price.isPositive else { continue }
      let more = try (held * dividend.amount / price).rounded(to: 6, .down)
      held = try held + Fraction(units: more, places: 6)
    }
    if pay == .atVesting {
      add(.dividends, day, amount, words, "/dividends")
      if terms.paysMoney { add(.earned, day, amount, "dividends on \(words)", "/dividends") }
    } else {
      let more = try held.rounded(to: terms.unitPlaces, .down) - tranche.vested
      if terms.paysMoney {
        let price = try worth(self.price(on: day, grant), grant)
        add(.earned, day, try money(units(more) * price), "reinvested dividends of \(words)", "/dividends")
      } else {
        add(.earned, day, more, "reinvested dividends of \(words)", "/dividends")
      }
    }
  }
}

extension Fraction {
  /// The number in decimals, to six digits.
  var decimalText: String {
    guard let value = try? rounded(to: 6, .halfEven) else { return shown }
    let short = ExactDecimal(coefficient: Int128(value), scale: 6).normalized
    return StepText.amount(short.padded(to: short.scale > 0 ? 2 : 0))
  }
}
