import ModuleKit
import Money

/// What is paid on top of a gift, so that its tax costs the payee nothing.
struct GrossUp {
  /// A stretch of the yearly income and its rate.
  struct Bracket {
    /// The upper edge; nil for the last one.
    let to: ExactDecimal?
    let rate: ExactDecimal
  }

  enum Method {
    /// The rate on the value alone: 1,000.00 at 22 % is 220.00. The payee still bears the tax on these 220.00.
    case flat(ExactDecimal)
    /// The rate on value and gross-up together: 1,000.00 at 22 % is 1,000 × 0.22 / 0.78 = 282.05.
    case inclusive(ExactDecimal)
    /// By the brackets that lie above the payee's income of the year: 10,000.00 on top of 30,000.00 with 3 % to 36,000
    /// and 10 % above is 644.44: of 10,644.44, 6,000.00 bear 3 % and 4,644.44 bear 10 %, and 10,000.00 are left.
    case brackets([Bracket])
  }

  let method: Method
  let rounding: RoundingMode
  let places: Int

  /// The gross-up of a value on top of an income, in the last digit of the currency.
  func amount(of value: ExactDecimal, above income: ExactDecimal) throws(CalculationFault) -> Int64 {
    do {
      let exact: ExactDecimal
      switch method {
      case .flat(let rate): exact = try value.multiplied(by: rate)
      case .inclusive(let rate):
        return try digits(
          value.multiplied(by: rate).divided(by: ExactDecimal.one.subtracting(rate), places: places, rounding)
        )
      case .brackets(let brackets): return try digits(byBrackets(value, income, brackets))
      }
      return try digits(exact.rounded(to: places, rounding))
    } catch {
      throw CalculationFault("a gross-up is too large")
    }
  }

  private func digits(_ amount: ExactDecimal) throws(ArithmeticOverflow) -> Int64 {
    guard let digits = Int64(exactly: try amount.rescaled(to: places, rounding: rounding)) else {
      throw ArithmeticOverflow()
    }
    return digits
  }

  /// Goes up the brackets until what is left after tax is the value: only the last step divides, and is rounded.
  private func byBrackets(
    _ value: ExactDecimal, _ income: ExactDecimal, _ brackets: [Bracket]
  ) throws(ArithmeticOverflow) -> ExactDecimal {
    var (left, place, tax) = (value, max(income, .zero), ExactDecimal.zero)
    for bracket in brackets {
      let kept = try ExactDecimal.one.subtracting(bracket.rate)
      if let to = bracket.to {
        if to <= place { continue }
        let room = try to.subtracting(place)
        let net = try room.multiplied(by: kept)
        if left > net {
          left = try left.subtracting(net)
          tax = try tax.adding(room.multiplied(by: bracket.rate))
          place = to
          continue
        }
      }
      // The last part of the tax is left × rate / (1 - rate); what came before is put over the same denominator.
      let over = try left.multiplied(by: bracket.rate).adding(tax.multiplied(by: kept))
      return try over.divided(by: kept, places: places, rounding)
    }
    return tax
  }
}
