import Money
import PlanCalendar
import PlanModel
import Tables

/// The exchange rates of a table, by currency and day.
struct DayRates {
  private struct Key: Hashable {
    let currency: Int32
    let day: Int32
  }

  private var rates: [Key: ExactDecimal] = [:]
  private let codes: [Int32]
  private let isPlanCurrency: [Bool]

  /// Rates for the currencies in `column`, the column of the credited table.
  init(_ conversion: Conversion, rates table: Table, currencies column: Column, planCurrency: String) {
    guard case .text(let codes, let pool) = column.values else {
      self.codes = []
      isPlanCurrency = []
      return
    }
    self.codes = codes
    isPlanCurrency = (0..<Int32(pool.count)).map { pool[$0] == planCurrency }
    guard let currency = table[conversion.rateCurrency], let date = table[conversion.rateDate],
      let rate = table[conversion.rate]
    else { return }
    for row in 0..<table.rowCount {
      guard let word = currency.text(row), let code = pool.find(word), let day = date.date(row),
        let value = rate.number(row)
      else { continue }
      rates[Key(currency: code, day: day.day)] = value
    }
  }

  /// The rate of a row's currency on a day; 1 for the plan's own currency where the table has none.
  func rate(row: Int, day: Int32) -> ExactDecimal? {
    let code = codes[row]
    return rates[Key(currency: code, day: day)] ?? (isPlanCurrency[Int(code)] ? .one : nil)
  }
}
