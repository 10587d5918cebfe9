import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// A figure of a payee's period.
enum PeriodFigure {
  /// What is added up over the period.
  case flow(Entry.Flow)
  case vestedToDate, outstanding, exercisable, cashValue, expense

  var name: String {
    switch self {
    case .flow(let flow): flow.rawValue
    case .vestedToDate: "vested_to_date"
    case .outstanding: "outstanding"
    case .exercisable: "exercisable"
    case .cashValue: "cash_value"
    case .expense: "expense"
    }
  }

  /// Whether it is counted in the currency, not in units.
  var isMoney: Bool {
    switch self {
    case .flow(let flow): flow.isMoney
    case .vestedToDate, .outstanding, .exercisable: false
    case .cashValue, .expense: true
    }
  }

  var summary: String {
    switch self {
    case .flow(let flow): flow.summary
    case .vestedToDate: "vested up to the end of the period"
    case .outstanding: "still to vest, or to be exercised, at the end of the period"
    case .exercisable: "vested and not exercised at the end of the period"
    case .cashValue: "what is outstanding, at the last price"
    case .expense: "the cost of the grants in the period"
    }
  }
}

/// The holdings and entries of a batch's payees, to be added up by period.
struct Ledger {
  private struct Row {
    let payee: Int64
    let from: CalendarDate
    let to: CalendarDate
  }

  private let terms: Terms
  private let places: Int
  private let facts: Facts
  private let rows: [Row]
  /// The rows of each payee.
  private var own: [Int64: [Int]] = [:]
  private var holdings: [Int64: [Holding]] = [:]
  private var entries: [Int64: [Entry]] = [:]

  init(_ terms: Terms, _ context: ComponentContext, _ batch: Batch) throws(CalculationFault) {
    self.terms = terms
    places = context.places
    facts = try Facts(terms, batch)
    rows = try Self.rows(batch)
    for (index, row) in rows.enumerated() { own[row.payee, default: []].append(index) }
    let grants = try Grant.read(terms, batch)
    try facts.check(grants, terms)
    let floor = try terms.priceFloor.map { floor throws(CalculationFault) in
      try PriceFloorCheck(floor, places: context.places, batch)
    }
    for grant in grants {
      try floor?.check(grant, terms.grants)
      guard let days = days(of: grant.payee) else { continue }
      let builder = HoldingBuilder(terms: terms, facts: facts, horizon: days.upperBound)
      holdings[grant.payee, default: []].append(try builder.holding(grant))
    }
    for payee in holdings.keys { entries[payee] = try entries(of: payee, batch) }
    if let pool = terms.profit {
      let factors = try pool.coefficient.map { name throws(CalculationFault) in
        try batch.periods.numbers(name)
      }
      let shares = try ProfitShares(terms: terms, pool: pool, places: places).entries(holdings, batch) {
        payee, day throws(CalculationFault) in
        guard let factors else { return .one }
        return try cell(of: factors, payee, day, "the coefficient")
      }
      for (payee, own) in shares { entries[payee, default: []] += own }
    }
    for payee in entries.keys { entries[payee]?.sort { ($0.day, $0.text) < ($1.day, $1.text) } }
  }

  private static func rows(_ batch: Batch) throws(CalculationFault) -> [Row] {
    let payees = try batch.periods.numbers("payee").values
    guard case .date(let from)? = batch.periods["period.from"]?.values,
      case .date(let to)? = batch.periods["period.to"]?.values
    else { throw CalculationFault("the periods have no days") }
    return payees.indices.map {
      Row(payee: payees[$0], from: CalendarDate(day: from[$0]), to: CalendarDate(day: to[$0]))
    }
  }

  private func entries(of payee: Int64, _ batch: Batch) throws(CalculationFault) -> [Entry] {
    guard let days = days(of: payee) else { return [] }
    let own = holdings[payee] ?? []
    let tax = (terms.settlement ?? terms.exerciseSettlement)?.tax ?? .none
    var column: NumberColumn?
    if case .column(let name) = tax { column = try batch.periods.numbers(name) }
    let account = TaxAccount(tax, places: places) { day throws(CalculationFault) in
      guard let column else { return .zero }
      return try cell(of: column, payee, day, "the rate of tax")
    }
    // What was settled earlier in the first year counts in its brackets.
    let first = account.isYearly ? days.lowerBound.startOfYear : days.lowerBound
    var maker = EntryMaker(
      terms: terms, facts: facts, places: places, days: first...days.upperBound, account: account)
    for holding in own { try maker.add(holding) }
    let split = terms.partsISO ? try ISOSplit(own, terms) : nil
    if let split { maker.tell(split) }
    try maker.settle(own, split)
    return maker.entries
  }

  /// From the first to the last day of a payee's periods.
  private func days(of payee: Int64) -> ClosedRange<CalendarDate>? {
    guard let first = own[payee]?.first, let last = own[payee]?.last else { return nil }
    return rows[first].from...rows[last].to
  }

  /// The cell of a payee's column for a day: of the period that it falls in, else of the nearest one.
  private func cell(
    of column: NumberColumn, _ payee: Int64, _ day: CalendarDate, _ what: String
  ) throws(CalculationFault) -> Fraction {
    let own = own[payee] ?? []
    guard let row = own.first(where: { day <= rows[$0].to }) ?? own.last, !column.isMissing(row) else {
      throw CalculationFault("\(what) is missing for \(day)")
    }
    return Fraction(column.decimal(row))
  }

  /// The entries of a kind in a period.
  func entries(_ flow: Entry.Flow, _ row: Int) -> [Entry] {
    let period = rows[row]
    return (entries[period.payee] ?? []).filter {
      $0.flow == flow && $0.day >= period.from && $0.day <= period.to
    }
  }

  func sum(_ flow: Entry.Flow, _ row: Int) throws(CalculationFault) -> Int64 {
    var sum: Int64 = 0
    for entry in entries(flow, row) {
      let (more, overflow) = sum.addingReportingOverflow(entry.amount)
      if overflow { throw .tooLarge }
      sum = more
    }
    return sum
  }

  /// A figure of a period; nil where it cannot be told, for want of a price.
  func figure(_ figure: PeriodFigure, _ row: Int) throws(CalculationFault) -> Int64? {
    let period = rows[row]
    let own = holdings[period.payee] ?? []
    let isHeld = terms.isHeld
    switch figure {
    case .flow(let flow): return try sum(flow, row)
    case .vestedToDate: return own.reduce(0) { $0 + $1.vested(to: period.to) }
    case .exercisable: return own.reduce(0) { $0 + $1.vested(to: period.to) - $1.departed(to: period.to) }
    case .outstanding: return own.reduce(0) { $0 + $1.outstanding(on: period.to, withVested: isHeld) }
    case .cashValue:
      guard let price = facts.prices.price(on: period.to) else { return nil }
      var value = Fraction.zero
      for holding in own {
        let count = Fraction(
          units: holding.outstanding(on: period.to, withVested: isHeld), places: terms.unitPlaces)
        value = try value + count * max(.zero, price - (holding.grant.price ?? .zero))
      }
      return try value.rounded(to: places, .halfEven)
    case .expense:
      guard let expense = terms.expense else { return nil }
      let figures = ExpenseFigures(terms: terms, expense: expense, facts: facts, places: places)
      var sum: Int64 = 0
      for holding in own {
        let before = try figures.cost(holding, to: period.from.adding(days: -1))
        sum += try figures.cost(holding, to: period.to) - before
      }
      return sum
    }
  }
}

extension Holding {
  /// What is still to vest on a day, and with `withVested` also what has vested and is still held.
  func outstanding(on day: CalendarDate, withVested: Bool) -> Int64 {
    unvested(on: day) + (withVested ? vested(to: day) - departed(to: day) : 0)
  }
}

extension CalendarDate {
  /// The first of January of its year.
  fileprivate var startOfYear: CalendarDate {
    CalendarDate(year: civil.year, month: 1, dayOfMonth: 1) ?? self
  }
}
