package import Money
import PlanModel
package import YAMLSource

/// The numbers of a plan: `12000`, `7.5%`, `12,000.00`, `12,000.00 USD`.
package struct ScalarNumber {
  package let value: ExactDecimal
  /// The currency written after an amount.
  package let currency: String?
  let isPercent: Bool

  var form: NumberForm { currency != nil ? .money : isPercent ? .percentage : .bare }

  /// The number that a plain scalar says, or nil.
  package init?(_ scalar: YAMLScalar) {
    guard scalar.style == .plain else { return nil }
    if case .number(let digits) = scalar.value {
      guard let value = ExactDecimal(digits) else { return nil }
      (self.value, currency, isPercent) = (value, nil, false)
      return
    }
    let text = scalar.text
    if text.hasSuffix("%") {
      guard let value = Self.grouped(text.dropLast()) else { return nil }
      self.value = ExactDecimal(coefficient: value.coefficient, scale: value.scale + 2).normalized
      (currency, isPercent) = (nil, true)
      return
    }
    let parts = text.split(separator: " ")
    switch parts.count {
    case 1:
      guard let value = Self.grouped(parts[0]) else { return nil }
      (self.value, currency, isPercent) = (value, nil, false)
    case 2:
      let code = parts[1]
      guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }),
        let value = Self.grouped(parts[0])
      else { return nil }
      (self.value, currency, isPercent) = (value, String(code), false)
    default: return nil
    }
  }

  /// Digits with or without commas, which must then stand before each group of three.
  private static func grouped(_ text: Substring) -> ExactDecimal? {
    var scan = DigitScan(text)
    _ = scan.take("+-")
    let leading = scan.digits()
    guard leading > 0 else { return nil }
    var isGrouped = false
    while scan.take(",") {
      guard leading <= 3, scan.digits() == 3 else { return nil }
      isGrouped = true
    }
    if scan.take("."), scan.digits() == 0 { return nil }
    guard scan.isAtEnd else { return nil }
    return ExactDecimal(isGrouped ? text.filter { $0 != "," } : String(text))
  }
}
