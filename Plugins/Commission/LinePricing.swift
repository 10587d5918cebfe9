import ModuleKit
import Money

/// Prices the lines of a batch: what each earns before anything is rounded.
struct LinePricing<Number: WalkNumber> {
  /// What the price of a line depends on.
  enum Kind {
    /// Its own rate.
    case rate
    /// The bands that it crosses.
    case marginal
    /// The bands that it crosses up to an edge, and beyond it the band that is reached.
    case overage
    /// The band that is reached.
    case whole
  }

  let kind: Kind
  /// For bands, the rates of each.
  let rates: [LineNumbers<Number>]
  /// Whether the walk over the bands goes on from the period before.
  let isToDate: Bool
  let isPerDeal: Bool
  private let standing: [Int64]?
  private let standingUnit: Number
  private let base: [Int64]
  private let unit: Number
  /// The product of a line's multipliers and, where it has one of its own, its rate.
  private let weights: LineNumbers<Number>

  init(_ input: WalkInput) throws(CalculationFault) {
    let tiers = input.bands?.tiers
    switch tiers?.method {
    case nil: kind = .rate
    case .marginal: kind = .marginal
    case .overage: kind = .overage
    case .wholeAmount: kind = .whole
    }
    var rates: [LineNumbers<Number>] = []
    for rate in input.bands?.rates ?? [] {
      rates.append(try rate.numbers(times: PowersOfTen[(input.bands?.rateScale ?? 0) - rate.scale]))
    }
    self.rates = rates
    isToDate = tiers?.over == .toDate
    isPerDeal = tiers?.over == .deal
    standing = input.standing?.values
    standingUnit = Number(
      truncatingIfNeeded: PowersOfTen[input.walkScale - (input.standing?.places ?? input.walkScale)])
    base = input.base.values
    unit = Number(truncatingIfNeeded: tiers == nil ? 1 : PowersOfTen[input.walkScale - input.base.places])
    var weights =
      try input.rate.map { rate throws(CalculationFault) in try rate.numbers() }
      ?? LineNumbers<Number>.same(1)
    for factor in input.multipliers { weights = try weights.times(factor.numbers()) }
    self.weights = weights
  }

  /// The line's amount, for bands at the scale of the walk.
  func amount(_ line: Int) throws(CalculationFault) -> Number {
    try Number.product(Number(base[line]), unit)
  }

  /// Where the line begins on the walk, if more than the lines before it counts.
  func standing(_ line: Int) throws(CalculationFault) -> Number? {
    guard let standing else { return nil }
    return try Number.product(Number(standing[line]), standingUnit)
  }

  /// An amount of the line times its weight.
  func weighted(_ amount: Number, _ line: Int) throws(CalculationFault) -> Number {
    try Number.product(amount, weights[line])
  }
}
