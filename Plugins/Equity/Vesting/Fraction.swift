import ModuleKit
import Money

/// An exact rational number in lowest terms, with a positive denominator.
///
/// Portions like 1/48 are no decimals; units are rounded once, from their exact sum.
struct Fraction: Hashable, Sendable {
  let numerator: Int128
  let denominator: Int128

  static let zero = Fraction(0)
  static let one = Fraction(1)

  init(_ whole: some BinaryInteger) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// A quotient; `denominator` must not be zero.
  init(_ numerator: Int128, over denominator: Int128) {
    let divisor = Self.greatestDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  init(_ decimal: ExactDecimal) {
    let short = decimal.normalized
    self.init(short.coefficient, over: PowersOfTen[short.scale])
  }

  /// Units kept as integers of the last of `places` digits.
  init(units: Int64, places: Int) { self.init(Int128(units), over: PowersOfTen[places]) }

  var isZero: Bool { numerator == 0 }
  var isPositive: Bool { numerator > 0 }

  static func + (left: Self, right: Self) throws(CalculationFault) -> Self {
    let divisor = greatestDivisor(left.denominator, right.denominator)
    let (a, overA) = left.numerator.multipliedReportingOverflow(by: right.denominator / divisor)
    let (b, overB) = right.numerator.multipliedReportingOverflow(by: left.denominator / divisor)
    let (sum, overSum) = a.addingReportingOverflow(b)
    let (below, overBelow) = left.denominator.multipliedReportingOverflow(by: right.denominator / divisor)
    if overA || overB || overSum || overBelow { throw .tooLarge }
    return Fraction(sum, over: below)
  }

  static func - (left: Self, right: Self) throws(CalculationFault) -> Self {
    try left + Fraction(-right.numerator, over: right.denominator)
  }

  static func * (left: Self, right: Self) throws(CalculationFault) -> Self {
    let across = greatestDivisor(left.numerator, right.denominator)
    let other = greatestDivisor(right.numerator, left.denominator)
    let (above, overAbove) = (left.numerator / across).multipliedReportingOverflow(
      by: right.numerator / other)
    let (below, overBelow) = (left.denominator / other).multipliedReportingOverflow(
      by: right.denominator / across)
    if overAbove || overBelow { throw .tooLarge }
    return Fraction(above, over: below)
  }

  /// The quotient; `right` must not be zero.
  static func / (left: Self, right: Self) throws(CalculationFault) -> Self {
    try left * Fraction(right.denominator, over: right.numerator)
  }

  /// The integer of the last of `places` digits, rounded by `mode`.
  func rounded(to places: Int, _ mode: RoundingMode) throws(CalculationFault) -> Int64 {
    let (shifted, overflow) = numerator.multipliedReportingOverflow(by: PowersOfTen[places])
    guard !overflow, let value = Int64(exactly: mode.quotient(shifted, denominator)) else { throw .tooLarge }
    return value
  }

  private static func greatestDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (a < 0 ? -a : a, b < 0 ? -b : b)
    while b != 0 { (a, b) = (b, a % b) }
    return a == 0 ? 1 : a
  }
}

extension Fraction: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    let a = left.numerator.multipliedFullWidth(by: right.denominator)
    let b = right.numerator.multipliedFullWidth(by: left.denominator)
    return (a.high, a.low) < (b.high, b.low)
  }
}

extension Fraction: CustomStringConvertible {
  /// `25%` and `7.5%` where it is one in few digits, else `1/48`.
  var description: String {
    if 10_000 % denominator == 0 {
      return StepText.percent(ExactDecimal(coefficient: numerator * (10_000 / denominator), scale: 4))
    }
    return "\(numerator)/\(denominator)"
  }
}

extension CalculationFault {
  static let tooLarge = CalculationFault("a figure is too large to be kept exactly")
}
