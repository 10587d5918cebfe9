import ModuleKit
import Money

/// Whole numbers of 128 bits whose overflow is a fault of the calculation.
enum Exact {
  static func product(_ a: Int128, _ b: Int128) throws(CalculationFault) -> Int128 {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow { throw tooLarge }
    return result
  }

  static func sum(_ a: Int128, _ b: Int128) throws(CalculationFault) -> Int128 {
    let (result, overflow) = a.addingReportingOverflow(b)
    if overflow { throw tooLarge }
    return result
  }

  static func narrow(_ value: Int128) throws(CalculationFault) -> Int64 {
    guard let result = Int64(exactly: value) else { throw tooLarge }
    return result
  }

  /// The number as an integer of `places` digits after the point, which it must fit without rounding.
  static func scaled(_ value: ExactDecimal, to places: Int) throws(CalculationFault) -> Int128 {
    do { return try value.rescaled(to: places, rounding: .halfEven) } catch { throw tooLarge }
  }

  /// `value` of `from` places brought to `to` places, rounded where digits fall away.
  static func rescaled(
    _ value: Int128, from: Int, to: Int, _ mode: RoundingMode
  ) throws(CalculationFault) -> Int128 {
    from >= to ? mode.quotient(value, PowersOfTen[from - to]) : try product(value, PowersOfTen[to - from])
  }

  static let tooLarge = CalculationFault("a figure is too large to compute exactly")
}
