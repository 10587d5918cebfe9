import ModuleKit
import Money
import PlanCalendar

/// The tax withheld from a payee, payment by payment in the order of their days.
struct TaxAccount {
  private let tax: Tax
  /// Digits after the point of the currency.
  private let places: Int
  /// The rate of a day, where it is a column of the payee's.
  private let rate: (CalendarDate) throws(CalculationFault) -> Fraction
  /// What was settled, and what was withheld of it, by the calendar year.
  private var years: [Int: (income: Fraction, withheld: Int64)] = [:]

  init(
    _ tax: Tax, places: Int, rate: @escaping (CalendarDate) throws(CalculationFault) -> Fraction
  ) {
    self.tax = tax
    self.places = places
    self.rate = rate
  }

  /// Whether a payment depends on the earlier ones of its year.
  var isYearly: Bool { if case .brackets(let brackets) = tax { brackets.over == .year } else { false } }

  /// The tax on an income of integers of the last digit, rounded half-even, and its rate in words.
  ///
  /// Worked number, 3 % up to 36,000 and 10 % above over a year: 30,000 owe 900.00; another 20,000 owe 2,480.00 in all, so
  /// that 1,580.00 are withheld of them.
  mutating func withhold(
    _ amount: Int64, on day: CalendarDate
  ) throws(CalculationFault) -> (tax: Int64, words: String) {
    let income = Fraction(Int128(amount), over: PowersOfTen[places])
    switch tax {
    case .none: return (0, "0%")
    case .rate(let rate): return (try rounded(income * rate), "\(rate)")
    case .column:
      let rate = try rate(day)
      return (try rounded(income * rate), "\(rate)")
    case .brackets(let brackets):
      guard brackets.over == .year else { return (try rounded(brackets.tax(on: income)), "tax by brackets") }
      let year = day.civil.year
      var (sum, withheld) = years[year] ?? (.zero, 0)
      sum = try sum + income
      let due = try rounded(brackets.tax(on: sum)) - withheld
      withheld += due
      years[year] = (sum, withheld)
      return (due, "tax by brackets over \(year)")
    }
  }

  private func rounded(_ amount: Fraction) throws(CalculationFault) -> Int64 {
    try amount.rounded(to: places, .halfEven)
  }
}
