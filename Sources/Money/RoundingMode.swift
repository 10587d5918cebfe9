/// How a quotient that falls between two representable values is rounded.
///
/// Worked number: 2.5 to a whole is 2 (`halfEven`), 3 (`halfUp`), 2 (`halfDown`), 2 (`down`), 3 (`up`),
/// 2 (`floor`), 3 (`ceiling`); -2.5 is -2, -3, -2, -2, -3, -3, -2. Every mode except `floor` and
/// `ceiling` is symmetric about zero, so that a return gives back what its sale earned.
public enum RoundingMode: String, Sendable, CaseIterable, Hashable {
  /// Ties go to the even neighbour (banker's rounding).
  case halfEven = "half-even"
  /// Ties go away from zero (commercial rounding).
  case halfUp = "half-up"
  /// Ties go toward zero.
  case halfDown = "half-down"
  /// Toward zero (truncation).
  case down
  /// Away from zero.
  case up
  /// Toward negative infinity.
  case floor
  /// Toward positive infinity.
  case ceiling

  /// The quotient `numerator / denominator` rounded to a whole number; `denominator` must be positive.
  @inlinable
  public func quotient<Number: FixedWidthInteger & SignedInteger>(
    _ numerator: Number, _ denominator: Number
  ) -> Number {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if remainder == 0 { return quotient }
    let away: Number = numerator < 0 ? -1 : 1
    let rest = remainder.magnitude
    let other = denominator.magnitude - rest
    let awayFromZero =
      switch self {
      case .halfEven: rest > other || (rest == other && quotient & 1 != 0)
      case .halfUp: rest >= other
      case .halfDown: rest > other
      case .down: false
      case .up: true
      case .floor: numerator < 0
      case .ceiling: numerator > 0
      }
    return awayFromZero ? quotient + away : quotient
  }
}
