import ModuleKit
import Money

/// How a walk counts: in 64 bits where the bounds of a batch show that all figures fit, in 128 bits otherwise,
/// and then an overflow is a fault of the calculation.
protocol WalkNumber: FixedWidthInteger, SignedInteger, Sendable {
  static func product(_ a: Self, _ b: Self) throws(CalculationFault) -> Self
  static func sum(_ a: Self, _ b: Self) throws(CalculationFault) -> Self
}

// INVARIANT: a walk counts in 64 bits only where `WalkBounds` allows it; were it wrong, the sum would trap.
extension Int64: WalkNumber {
  static func product(_ a: Int64, _ b: Int64) -> Int64 { a * b }
  static func sum(_ a: Int64, _ b: Int64) -> Int64 { a + b }
}

extension Int128: WalkNumber {
  static func product(_ a: Int128, _ b: Int128) throws(CalculationFault) -> Int128 {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow { throw Exact.tooLarge }
    return result
  }

  static func sum(_ a: Int128, _ b: Int128) throws(CalculationFault) -> Int128 {
    let (result, overflow) = a.addingReportingOverflow(b)
    if overflow { throw Exact.tooLarge }
    return result
  }
}

/// Whole numbers whose overflow is a fault of the calculation.
enum Exact {
  static func narrow(_ value: some WalkNumber) throws(CalculationFault) -> Int64 {
    guard let result = Int64(exactly: value) else { throw tooLarge }
    return result
  }

  /// The number as an integer of `places` digits after the point, which it must fit without rounding.
  static func scaled(_ value: ExactDecimal, to places: Int) throws(CalculationFault) -> Int128 {
    do { return try value.rescaled(to: places, rounding: .halfEven) } catch { throw tooLarge }
  }

  static let tooLarge = CalculationFault("a figure is too large to compute exactly")
}

/// Brings figures of one count of places to another, rounding where digits fall away.
struct Rescaling<Number: WalkNumber> {
  private let power: Number
  private let drops: Bool
  private let mode: RoundingMode

  init(from: Int, to: Int, _ mode: RoundingMode) {
    // INVARIANT: `WalkBounds` allows 64 bits only when the power fits them.
    power = Number(truncatingIfNeeded: PowersOfTen[abs(from - to)])
    drops = from > to
    self.mode = mode
  }

  func rescaled(_ value: Number) throws(CalculationFault) -> Number {
    drops ? mode.quotient(value, power) : try Number.product(value, power)
  }
}
