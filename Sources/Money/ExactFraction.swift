/// An exact quotient of two whole numbers, in lowest terms: what a division leaves before anybody rounds it.
///
/// Worked number: 1 divided by 3 is 1/3; three times that is 1 again, and to two places it is 0.33.
public struct ExactFraction: Sendable, Hashable {
  /// The dividend, with the sign of the number.
  public let numerator: Int128
  /// The divisor, which is positive.
  public let denominator: Int128

  /// The quotient of two whole numbers; `denominator` must not be zero.
  public init(_ numerator: Int128, over denominator: Int128) throws(ArithmeticOverflow) {
    if numerator == .min || denominator == .min { throw ArithmeticOverflow() }
    let divisor = Self.greatestDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(lowest: numerator / divisor * sign, denominator.magnitudeAsSigned / divisor)
  }

  /// The number that the decimal is.
  public init(_ decimal: ExactDecimal) {
    let short = decimal.normalized
    let unit = PowersOfTen[short.scale]
    let divisor = Self.greatestDivisor(short.coefficient, unit)
    self.init(lowest: short.coefficient / divisor, unit / divisor)
  }

  private init(lowest numerator: Int128, _ denominator: Int128) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  private static func greatestDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (x, y) = (a.magnitude, b.magnitude)
    while y != 0 { (x, y) = (y, x % y) }
    return Int128(truncatingIfNeeded: x)
  }

  /// Whether the number is zero.
  public var isZero: Bool { numerator == 0 }

  /// The number with its sign turned.
  public var negated: Self { Self(lowest: -numerator, denominator) }

  /// The number as a decimal, or nil when its digits never end or are too many.
  public var decimal: ExactDecimal? {
    var rest = denominator
    var (twos, fives) = (0, 0)
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let places = max(twos, fives)
    guard rest == 1, places <= PowersOfTen.largestExponent else { return nil }
    let (digits, overflow) = numerator.multipliedReportingOverflow(by: PowersOfTen[places] / denominator)
    return overflow ? nil : ExactDecimal(coefficient: digits, scale: places)
  }

  /// The exact sum.
  public func adding(_ other: Self) throws(ArithmeticOverflow) -> Self {
    let divisor = Self.greatestDivisor(denominator, other.denominator)
    let a = try Self.product(numerator, other.denominator / divisor)
    let b = try Self.product(other.numerator, denominator / divisor)
    let (sum, overflow) = a.addingReportingOverflow(b)
    if overflow { throw ArithmeticOverflow() }
    return try Self(sum, over: Self.product(denominator / divisor, other.denominator))
  }

  /// The exact product.
  public func multiplied(by other: Self) throws(ArithmeticOverflow) -> Self {
    let first = Self.greatestDivisor(numerator, other.denominator)
    let second = Self.greatestDivisor(other.numerator, denominator)
    return try Self(
      Self.product(numerator / first, other.numerator / second),
      over: Self.product(denominator / second, other.denominator / first))
  }

  /// The exact quotient; `other` must not be zero.
  public func divided(by other: Self) throws(ArithmeticOverflow) -> Self {
    try multiplied(by: Self(other.denominator, over: other.numerator))
  }

  /// What is left of the number when `other`, which must not be zero, is taken from it as often as it goes in whole.
  ///
  /// Worked number: 7.5 less the whole twos in it is 1.5; -7.5 leaves -1.5.
  public func subtractingWhole(of other: Self) throws(ArithmeticOverflow) -> Self {
    let quotient = try divided(by: other)
    let whole = Self(lowest: quotient.numerator / quotient.denominator, 1)
    return try adding(whole.multiplied(by: other).negated)
  }

  /// The number rounded to `places` digits after the point; negative places round to tens, hundreds and so on.
  public func rounded(to places: Int, _ mode: RoundingMode) throws(ArithmeticOverflow) -> ExactDecimal {
    guard abs(places) <= PowersOfTen.largestExponent else { throw ArithmeticOverflow() }
    let power = PowersOfTen[abs(places)]
    if places >= 0 {
      let digits = mode.quotient(try Self.product(numerator, power), denominator)
      return ExactDecimal(coefficient: digits, scale: places)
    }
    let digits = mode.quotient(numerator, try Self.product(denominator, power))
    return ExactDecimal(coefficient: try Self.product(digits, power))
  }

  private static func product(_ a: Int128, _ b: Int128) throws(ArithmeticOverflow) -> Int128 {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow { throw ArithmeticOverflow() }
    return product
  }
}

extension ExactFraction: Comparable {
  /// Whether `left` is the smaller number.
  public static func < (left: Self, right: Self) -> Bool {
    let a = left.numerator.multipliedFullWidth(by: right.denominator)
    let b = right.numerator.multipliedFullWidth(by: left.denominator)
    return (a.high, a.low) < (b.high, b.low)
  }
}

extension Int128 {
  fileprivate var magnitudeAsSigned: Int128 { self < 0 ? -self : self }
}
