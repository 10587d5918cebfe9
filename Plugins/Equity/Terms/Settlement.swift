import ModuleKit

/// How units are settled, when they vest or when they are exercised, and the tax that is withheld.
struct Settlement {
  enum How: String, CaseIterable {
    /// The holder pays what is due in cash.
    case pay
    case sellToCover = "sell-to-cover"
    case net, cash
  }

  /// What the tax is on, where shares were paid for.
  enum Value: String, CaseIterable {
    /// What the market price is above what was paid.
    case market
    /// What the mean of the market prices on the days of the grant and of vesting is above what was paid.
    case meanWithGrant = "mean-with-grant"
  }

  let how: How
  let tax: Tax
  /// Whether the units taken are rounded up (the rest comes back in cash) or down (the rest is due in cash).
  let isRoundedUp: Bool
  let value: Value
  let pointer: String
}

/// The tax on what is settled; all its rates are the plan's.
enum Tax {
  case none
  case rate(Fraction)
  case column(String)
  case brackets(TaxBrackets)
}

/// Rates by brackets of income.
struct TaxBrackets {
  struct Bracket {
    let above: Fraction
    let rate: Fraction
  }

  /// What the brackets are applied to.
  enum Over: String, CaseIterable {
    /// All that was settled in the calendar year so far, less what was withheld of it.
    case year
    /// Each payment by itself.
    case payment
  }

  let brackets: [Bracket]
  let over: Over

  /// The tax on an income, the part in each bracket at its rate.
  ///
  /// Worked number, 3 % up to 36,000 and 10 % above: 1,080 + 4,400 = 5,480 on 80,000, which is 10 % less 2,520.
  func tax(on income: Fraction) throws(CalculationFault) -> Fraction {
    var tax = Fraction.zero
    for (place, bracket) in brackets.enumerated() where income > bracket.above {
      let top = place + 1 < brackets.count ? min(income, brackets[place + 1].above) : income
      tax = try tax + (top - bracket.above) * bracket.rate
    }
    return tax
  }
}
