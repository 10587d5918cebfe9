/// A scalar as it was written.
package struct YAMLScalar: Sendable, Hashable {
  package enum Style: Sendable { case plain, quoted, block }

  /// The value by the core schema of YAML 1.2: `no`, `yes`, `on` are texts, numbers stay digits.
  package enum Value: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// Digits that `ExactDecimal` can read.
    case number(String)
    case text(String)
  }

  package let text: String
  package let style: Style
  /// For a block scalar: the line of the document on which its first line stands.
  package let firstLine: Int
  /// The type that a tag such as `!!str` asks for.
  let tag: String?

  /// The value; quoted and block scalars are always texts.
  package var value: Value {
    switch tag {
    case "str", "": return .text(text)
    case "null": return .null
    default: break
    }
    guard style == .plain || tag != nil else { return .text(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: break
    }
    if let digits = Self.decimalDigits(text) { return .number(digits) }
    if text.hasPrefix("0x"), let value = UInt64(text.dropFirst(2), radix: 16) {
      return .number(String(value))
    }
    if text.hasPrefix("0o"), let value = UInt64(text.dropFirst(2), radix: 8) { return .number(String(value)) }
    return .text(text)
  }

  /// The text when it follows `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
  private static func decimalDigits(_ text: String) -> String? {
    var scan = DigitScan(text)
    _ = scan.take("+-")
    var count = scan.digits()
    if scan.take(".") { count += scan.digits() }
    guard count > 0 else { return nil }
    if scan.take("eE") {
      _ = scan.take("+-")
      guard scan.digits() > 0 else { return nil }
    }
    return scan.isAtEnd ? text : nil
  }
}
