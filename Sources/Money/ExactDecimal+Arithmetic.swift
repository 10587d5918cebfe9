extension ExactDecimal {
  /// The exact sum.
  public func adding(_ other: Self) throws(ArithmeticOverflow) -> Self {
    let scale = max(self.scale, other.scale)
    let (sum, overflow) = try rescaled(to: scale, rounding: .halfEven)
      .addingReportingOverflow(other.rescaled(to: scale, rounding: .halfEven))
    if overflow { throw ArithmeticOverflow() }
    return Self(coefficient: sum, scale: scale)
  }

  /// The exact difference.
  public func subtracting(_ other: Self) throws(ArithmeticOverflow) -> Self {
    try adding(other.negated)
  }

  /// The exact product; its scale is the sum of both scales.
  public func multiplied(by other: Self) throws(ArithmeticOverflow) -> Self {
    let (a, b) =
      scale + other.scale > PowersOfTen.largestExponent ? (normalized, other.normalized) : (self, other)
    let (product, overflow) = a.coefficient.multipliedReportingOverflow(by: b.coefficient)
    if overflow || a.scale + b.scale > PowersOfTen.largestExponent { throw ArithmeticOverflow() }
    return Self(coefficient: product, scale: a.scale + b.scale)
  }

  /// The quotient rounded to `places` digits after the point; `other` must not be zero.
  public func divided(
    by other: Self, places: Int, _ mode: RoundingMode
  ) throws(ArithmeticOverflow) -> Self {
    let shift = places + other.scale - scale
    var numerator = coefficient
    var denominator = other.coefficient
    if shift >= 0 {
      numerator = try Self.times(numerator, powerOfTen: shift)
    } else {
      denominator = try Self.times(denominator, powerOfTen: -shift)
    }
    if denominator < 0 { (numerator, denominator) = (-numerator, -denominator) }
    return Self(coefficient: mode.quotient(numerator, denominator), scale: places)
  }

  /// The number with its sign turned.
  public var negated: Self { Self(coefficient: -coefficient, scale: scale) }
}
