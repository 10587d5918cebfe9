import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// Turns what is paid into the currencies in which people are paid.
struct PayConversion {
  private struct Key: Hashable {
    let code: String
    let day: Int32
  }

  private let payIn: PayCurrency
  private let data: RunData
  private let places: Int
  /// The rates by currency and day; nil where rows disagree or a rate is not above zero.
  private var rates: [Key: ExactDecimal?] = [:]
  private var missing: Set<Key> = []
  private(set) var faults: [Diagnostic] = []

  init(_ payIn: PayCurrency, _ data: RunData, places: Int) {
    (self.payIn, self.data, self.places) = (payIn, data, places)
    guard let table = data.tables[payIn.table] else { return }
    for row in 0..<table.rowCount {
      guard let code = table[payIn.currency]?.text(row), let day = table[payIn.date]?.date(row)?.day,
        let rate = table[payIn.rate]?.number(row)
      else { continue }
      let key = Key(code: code, day: day)
      rates[key] = .some(rates[key] == nil && rate > .zero ? rate : nil)
    }
  }

  /// An amount of the plan's currency in the payee's: 2,770.00 USD at 1.08 USD a euro are 2,564.81 EUR.
  ///
  /// The quotient is rounded once, to the digits of the payee's currency. Nil, with a fault, where no rate is known.
  mutating func converted(_ paid: Int64, payee: Int, period: Period) throws(ArithmeticOverflow)
    -> Settlement.InPayCurrency?
  {
    let column = data.people.attribute(
      payIn.attribute, payees: [Int32(payee)], days: [period.lastDay.day])
    let amount = ExactDecimal(coefficient: Int128(paid), scale: places)
    let own = data.plan.currency
    guard let code = column?.text(0), !code.isEmpty, code != own.code else {
      return Settlement.InPayCurrency(
        code: own.code, amount: try amount.rounded(to: own.places, payIn.mode), rate: nil)
    }
    let day = self.day(of: period)
    let key = Key(code: code, day: day.day)
    guard let currency = Currency(code: code), let known = rates[key], let rate = known else {
      if missing.insert(key).inserted { faults.append(fault(code, day)) }
      return nil
    }
    return Settlement.InPayCurrency(
      code: code, amount: try amount.divided(by: rate, places: currency.places, payIn.mode),
      rate: "\(rate) \(own.code) a \(code) on \(day)")
  }

  private func day(of period: Period) -> CalendarDate {
    switch payIn.day {
    case .periodStart: period.start
    case .periodEnd: period.lastDay
    case .payment: data.plan.calendar.payment?.day(of: period) ?? period.lastDay
    }
  }

  private func fault(_ code: String, _ day: CalendarDate) -> Diagnostic {
    if Currency(code: code) == nil {
      return Diagnostic(
        .wrongValue, .error, "`\(code)` is not a currency that people can be paid in", at: payIn.place.span)
    }
    return Diagnostic(
      .noRate, .error, "table `\(payIn.table)` has no single rate above zero of \(code) for \(day)",
      at: payIn.place.span,
      help: "add the row; until then what is paid in \(code) is left empty")
  }
}
