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
  private let rates: ExchangeRates?
  private let codes: TextPool
  private var missing: Set<Key> = []
  private(set) var faults: [Diagnostic] = []

  init(_ payIn: PayCurrency, _ data: RunData, places: Int) {
    (self.payIn, self.data, self.places) = (payIn, data, places)
    let table = data.tables[payIn.rates.table]
    let codes =
      if case .text(_, let pool)? = table?[payIn.rates.currency]?.values { pool } else { TextPool() }
    self.codes = codes
    let days = data.plan.calendar.periods.map { Self.day(payIn.day, of: $0, data.plan.calendar).day }
    // What is wrong with a rate is told of those who would be paid by it.
    var rejected: [RejectedRow] = []
    rates = table.flatMap { table in
      ExchangeRates(
        payIn.rates, table, currencies: codes, planCurrency: data.plan.currency.code,
        days: (days.min() ?? 0)..<(days.max() ?? 0) + 1, rejected: &rejected)
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
    let day = Self.day(payIn.day, of: period, data.plan.calendar)
    let key = Key(code: code, day: day.day)
    guard let currency = Currency(code: code), let rates, let number = codes.find(code),
      let digits = rates.rate(code: number, day: day.day)
    else {
      if missing.insert(key).inserted { faults.append(fault(code, day)) }
      return nil
    }
    let rate = ExactDecimal(coefficient: Int128(digits), scale: rates.places)
    return Settlement.InPayCurrency(
      code: code, amount: try amount.divided(by: rate, places: currency.places, payIn.mode),
      rate: "\(rate) \(own.code) a \(code) \(payIn.rates.time(day.description))")
  }

  private static func day(
    _ day: PayCurrency.Day, of period: Period, _ calendar: PlanCalendar
  ) -> CalendarDate {
    switch day {
    case .periodStart: period.start
    case .periodEnd: period.lastDay
    case .payment: calendar.payment?.day(of: period) ?? period.lastDay
    }
  }

  private func fault(_ code: String, _ day: CalendarDate) -> Diagnostic {
    if Currency(code: code) == nil {
      return Diagnostic(
        .wrongValue, .error, "`\(code)` is not a currency that people can be paid in", at: payIn.place.span)
    }
    return Diagnostic(
      .noRate, .error,
      "table `\(payIn.rates.table)` has no single rate above zero of \(code) \(payIn.rates.time(day.description))",
      at: payIn.place.span,
      help: "add the row; until then what is paid in \(code) is left empty")
  }
}
