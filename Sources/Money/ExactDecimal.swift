/// An exact decimal number: `coefficient` divided by ten to the power of `scale`.
///
/// Holds 38 significant digits. `7.5 %` is coefficient 75, scale 3. Two values are equal when their
/// numbers are, whatever the scale: 1.50 equals 1.5. Arithmetic never rounds; a result that does not fit
/// throws `ArithmeticOverflow`. Rounding happens in `rescaled(to:rounding:)` alone.
public struct ExactDecimal: Sendable {
  /// The digits, as an integer.
  public let coefficient: Int128
  /// How many of the digits stand after the decimal point; 0...38.
  public let scale: Int

  /// A number from its digits and the count of those after the point.
  @inlinable
  public init(coefficient: Int128, scale: Int = 0) {
    self.coefficient = coefficient
    self.scale = scale
  }

  /// A whole number.
  @inlinable
  public init(_ whole: some BinaryInteger) {
    self.init(coefficient: Int128(whole), scale: 0)
  }

  /// Zero.
  public static let zero = ExactDecimal(coefficient: 0)
  /// One.
  public static let one = ExactDecimal(coefficient: 1)

  /// Whether the number is zero.
  public var isZero: Bool { coefficient == 0 }

  /// The same number with the shortest scale: 1.500 becomes 1.5.
  public var normalized: ExactDecimal {
    var digits = coefficient
    var places = scale
    while places > 0 {
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { break }
      digits = quotient
      places -= 1
    }
    return ExactDecimal(coefficient: digits, scale: places)
  }

  /// The number with at least `places` digits after the point, zeros where it has fewer.
  public func padded(to places: Int) -> ExactDecimal {
    if scale >= places { return self }
    let digits = try? rescaled(to: places, rounding: .halfEven)
    return digits.map { ExactDecimal(coefficient: $0, scale: places) } ?? self
  }

  /// The coefficient at `newScale`, rounded by `mode` where digits are dropped.
  ///
  /// Worked number: 2.345 to scale 2 is 234 by half-even and 235 by half-up.
  @inlinable
  public func rescaled(to newScale: Int, rounding mode: RoundingMode) throws(ArithmeticOverflow) -> Int128 {
    if newScale == scale { return coefficient }
    if newScale < scale {
      let drop = scale - newScale
      guard drop <= PowersOfTen.largestExponent else { throw ArithmeticOverflow() }
      return mode.quotient(coefficient, PowersOfTen[drop])
    }
    return try Self.times(coefficient, powerOfTen: newScale - scale)
  }

  /// The number rounded to `places` digits after the point.
  public func rounded(to places: Int, _ mode: RoundingMode) throws(ArithmeticOverflow) -> ExactDecimal {
    ExactDecimal(coefficient: try rescaled(to: places, rounding: mode), scale: places)
  }

  @usableFromInline
  static func times(_ value: Int128, powerOfTen exponent: Int) throws(ArithmeticOverflow) -> Int128 {
    if value == 0 { return 0 }
    guard exponent <= PowersOfTen.largestExponent else { throw ArithmeticOverflow() }
    let (product, overflow) = value.multipliedReportingOverflow(by: PowersOfTen[exponent])
    if overflow { throw ArithmeticOverflow() }
    return product
  }
}

extension ExactDecimal: Hashable, Comparable {
  /// Whether the two numbers are equal, whatever their scales.
  public static func == (left: Self, right: Self) -> Bool {
    if left.scale == right.scale { return left.coefficient == right.coefficient }
    let (a, b) = (left.normalized, right.normalized)
    return a.coefficient == b.coefficient && a.scale == b.scale
  }

  /// Feeds the number, not its scale, to the hasher.
  public func hash(into hasher: inout Hasher) {
    let short = normalized
    hasher.combine(short.coefficient)
    hasher.combine(short.scale)
  }

  /// Whether `left` is the smaller number.
  public static func < (left: Self, right: Self) -> Bool {
    if left.scale == right.scale { return left.coefficient < right.coefficient }
    let scale = max(left.scale, right.scale)
    if let a = try? left.rescaled(to: scale, rounding: .halfEven),
      let b = try? right.rescaled(to: scale, rounding: .halfEven)
    {
      return a < b
    }
    return wholeThenFraction(left) < wholeThenFraction(right)
  }

  /// The whole part and the fraction's digits padded to 38 places, for numbers too large to bring to one scale.
  private static func wholeThenFraction(_ value: Self) -> (Int128, Int128) {
    let unit = PowersOfTen[value.scale]
    let whole = RoundingMode.floor.quotient(value.coefficient, unit)
    // INVARIANT: the fraction is below `unit`, so that padding to 38 places stays within 128 bits.
    return (
      whole, (value.coefficient - whole * unit) * PowersOfTen[PowersOfTen.largestExponent - value.scale]
    )
  }
}
