import Money
import PlanModel

/// Writes figures that are integers of the last digit as plain digits, rounded for show where the plan says so.
struct FigureText: Sendable {
  /// Digits after the point that are written.
  private let shown: Int
  private let rounding: RoundingMode
  /// What a figure is divided by before it is written.
  private let unit: Int64
  private let padding: Int
  private let fraction: UInt64

  init(places: Int, rounding: Rounding?) {
    let wanted = rounding?.places ?? places
    self.rounding = rounding?.mode ?? .halfEven
    shown = wanted
    unit = wanted < places ? Int64(truncatingIfNeeded: PowersOfTen[places - wanted]) : 1
    padding = max(0, wanted - places)
    fraction = UInt64(truncatingIfNeeded: PowersOfTen[min(places, wanted)])
  }

  /// Appends a figure's digits: `-0.50`.
  @inline(__always)
  func append(_ cell: Int64, to bytes: inout ByteBuffer) {
    let value = unit == 1 ? cell : rounding.quotient(cell, unit)
    if value < 0 { bytes.append(0x2D) }
    let magnitude = value.magnitude
    if fraction == 1 {
      bytes.appendDigits(magnitude)
      if shown == 0 { return }
      bytes.append(0x2E)
    } else {
      let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: fraction)
      bytes.appendDigits(whole)
      bytes.append(0x2E)
      bytes.appendDigits(rest, width: shown - padding)
    }
    for _ in 0..<padding { bytes.append(0x30) }
  }
}
