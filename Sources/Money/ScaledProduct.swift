/// Multiplies integers of the last digit and brings the product to wanted places, rounded where digits fall away.
///
/// Worked number: 1082.50 (2 places) times 1.0825 (4 places) to 2 places, half-even: 1171.80625 is 1171.81.
public struct ScaledProduct: Sendable {
  private let factor: Int128
  private let divisor: Int128
  // INVARIANT: 0 when there is nothing to divide by, or the divisor is beyond 64 bits.
  private let shortDivisor: Int64
  private let mode: RoundingMode

  /// Products of factors whose places after the point add up to `places`, brought to `target` places.
  public init(places: Int, to target: Int, _ mode: RoundingMode) throws(ArithmeticOverflow) {
    guard abs(places - target) <= PowersOfTen.largestExponent else { throw ArithmeticOverflow() }
    factor = PowersOfTen[max(0, target - places)]
    divisor = PowersOfTen[max(0, places - target)]
    shortDivisor = factor == 1 ? Int64(exactly: divisor) ?? 0 : 0
    self.mode = mode
  }

  /// The product of two factors.
  @inline(__always)
  public func callAsFunction(_ a: Int64, _ b: Int64) throws(ArithmeticOverflow) -> Int64 {
    if shortDivisor != 0 {
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return mode.quotient(product, shortDivisor) }
    }
    return try wide(a, b)
  }

  @inline(never)
  private func wide(_ a: Int64, _ b: Int64) throws(ArithmeticOverflow) -> Int64 {
    let (scaled, overflow) = (Int128(a) * Int128(b)).multipliedReportingOverflow(by: factor)
    guard !overflow, let result = Int64(exactly: mode.quotient(scaled, divisor)) else {
      throw ArithmeticOverflow()
    }
    return result
  }
}
