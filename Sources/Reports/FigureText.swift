import Money
import PlanModel

/// Writes figures that are integers of the last digit as plain digits, rounded for show where the plan says so.
struct FigureText: Sendable {
  /// The digits of the longest figure with its sign and point.
  let longest: Int
  private let mode: RoundingMode
  /// What a figure is divided by before it is written.
  private let unit: Int64
  /// Digits after the point, and zeros that follow them.
  private let digits: Int
  private let zeros: Int
  /// Ten to the power of `digits`.
  private let fraction: UInt64

  init(places: Int, rounding: Rounding?) {
    let wanted = rounding?.places ?? places
    mode = rounding?.mode ?? .halfEven
    unit = wanted < places ? Int64(truncatingIfNeeded: PowersOfTen[places - wanted]) : 1
    digits = min(places, wanted)
    zeros = wanted - digits
    fraction = UInt64(truncatingIfNeeded: PowersOfTen[digits])
    longest = 23 + wanted
  }

  /// Puts a figure's digits: `-0.50`.
  @inline(__always)
  func put(_ cell: Int64, to bytes: inout ByteCursor) {
    let value = unit == 1 || cell == 0 ? cell : mode.quotient(cell, unit)
    if value < 0 { bytes.put(0x2D) }
    if fraction == 1 {
      bytes.putDigits(value.magnitude)
      if zeros > 0 { bytes.put(0x2E) }
    } else if fraction == 100 {
      // What nearly every figure is: the compiler divides by a constant without a division.
      let whole = value.magnitude / 100
      bytes.putDigits(whole)
      bytes.putCents(value.magnitude &- whole &* 100)
    } else {
      let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: fraction)
      bytes.putDigits(whole)
      bytes.put(0x2E)
      bytes.putDigits(rest, width: digits)
    }
    for _ in 0..<zeros { bytes.put(0x30) }
  }
}
