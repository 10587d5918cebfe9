import ModuleKit
import Money

/// An exact quotient, compared without any division.
struct Ratio: Comparable, Sendable {
  private let over: Int128
  /// Above zero.
  private let under: Int128

  /// The quotient of two numbers; nil when the second is not above zero, a fault when they are too large.
  init?(_ value: ExactDecimal, by base: ExactDecimal = .one) throws(CalculationFault) {
    guard base.coefficient > 0 else { return nil }
    do {
      over = try value.rescaled(to: max(value.scale, base.scale), rounding: .halfEven)
      under = try base.rescaled(to: max(value.scale, base.scale), rounding: .halfEven)
    } catch {
      throw CalculationFault("a score is too large")
    }
  }

  private init(over: Int128, under: Int128) { (self.over, self.under) = (over, under) }

  /// A whole number.
  init(_ whole: some BinaryInteger) { self.init(over: Int128(whole), under: 1) }

  var negated: Ratio { Ratio(over: -over, under: under) }

  static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }

  static func < (left: Self, right: Self) -> Bool {
    let (a, b) = (
      left.over.multipliedFullWidth(by: right.under), right.over.multipliedFullWidth(by: left.under)
    )
    return (a.high, a.low) < (b.high, b.low)
  }

  /// The number to so many digits after the point.
  func decimal(places: Int, _ mode: RoundingMode = .halfEven) throws(CalculationFault) -> ExactDecimal {
    let (digits, overflow) = over.multipliedReportingOverflow(by: PowersOfTen[places])
    if overflow { throw CalculationFault("a score is too large") }
    return ExactDecimal(coefficient: mode.quotient(digits, under), scale: places)
  }

  /// How many whole times a number above zero goes into this one; none where it is below zero.
  func wholeTimes(_ part: ExactDecimal) throws(CalculationFault) -> Int64 {
    let (digits, overflow) = over.multipliedReportingOverflow(by: PowersOfTen[part.scale])
    let (divisor, tooLarge) = under.multipliedReportingOverflow(by: part.coefficient)
    guard !overflow, !tooLarge, let times = Int64(exactly: max(0, digits) / divisor) else {
      throw CalculationFault("a score is too large")
    }
    return times
  }
}
