import Money
import PlanCalendar

extension StandardFunction {
  /// `int(x)`, `string(x)`, `date(x)` and their like; `size`, `type`, `dyn`.
  static let conversions: [StandardFunction] = [
    StandardFunction(
      "size", .either,
      [
        ([.text], .integer), ([.bytes], .integer), ([.list(.any)], .integer), ([.map(.any, .any)], .integer),
      ]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .text(let text): .integer(Int64(text.unicodeScalars.count))
      case .bytes(let bytes): .integer(Int64(bytes.count))
      case .list(let items): .integer(Int64(items.count))
      case .map(let map): .integer(Int64(map.keys.count))
      default: nil
      }
    },
    StandardFunction("type", .global, [([.any], .type)], takesNull: true) {
      (values) throws(EvaluationFault) in
      .type(values[0].typeName)
    },
    StandardFunction("dyn", .global, [([.any], .any)], takesNull: true) { (values) throws(EvaluationFault) in
      values[0]
    },
    StandardFunction(
      "int", .global, [([.number], .integer), ([.text], .integer), ([.timestamp], .integer)]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .text(let text):
        guard let whole = Int64(text) else { throw notRead(text, "a whole number") }
        return .integer(whole)
      case .timestamp(let time): return .integer(time.seconds)
      default:
        guard let digits = try wholePart(values[0]) else { return nil }
        guard let whole = Int64(exactly: digits) else { throw outOfRange }
        return .integer(whole)
      }
    },
    StandardFunction("uint", .global, [([.number], .unsigned), ([.text], .unsigned)]) {
      (values) throws(EvaluationFault) in
      if case .text(let text) = values[0] {
        guard let whole = UInt64(text) else { throw notRead(text, "a whole number") }
        return .unsigned(whole)
      }
      guard let digits = try wholePart(values[0]) else { return nil }
      guard let whole = UInt64(exactly: digits) else { throw outOfRange }
      return .unsigned(whole)
    },
    toDecimal("decimal"), toDecimal("double"),
    StandardFunction(
      "bool", .global, [([.boolean], .boolean), ([.text], .boolean)]
    ) { (values) throws(EvaluationFault) in
      guard case .text(let text) = values[0] else { return values[0].condition.map { .boolean($0) } }
      switch text {
      case "1", "t", "true", "TRUE", "True": return .boolean(true)
      case "0", "f", "false", "FALSE", "False": return .boolean(false)
      default: throw notRead(text, "true or false")
      }
    },
    StandardFunction(
      "string", .global,
      [
        ([.number], .text), ([.text], .text), ([.bytes], .text), ([.boolean], .text), ([.date], .text),
        ([.timestamp], .text), ([.duration], .text),
      ]
    ) { (values) throws(EvaluationFault) in try words(values[0]).map { .text($0) } },
    StandardFunction("bytes", .global, [([.text], .bytes), ([.bytes], .bytes)]) {
      (values) throws(EvaluationFault) in
      switch values[0] {
      case .text(let text): .bytes(Array(text.utf8))
      case .bytes: values[0]
      default: nil
      }
    },
  ]

  private static let outOfRange = EvaluationFault("the number is outside the range of 64 bits")

  static func notRead(_ text: String, _ wanted: String) -> EvaluationFault {
    EvaluationFault("`\(text)` is not \(wanted)")
  }

  /// The digits before the point; nil for what is no number.
  private static func wholePart(_ value: Value) throws(EvaluationFault) -> Int128? {
    guard let fraction = value.fraction else { return nil }
    return fraction.numerator / fraction.denominator
  }

  private static func toDecimal(_ name: String) -> StandardFunction {
    StandardFunction(name, .global, [([.number], .number), ([.text], .number)]) {
      (values) throws(EvaluationFault) in
      if case .text(let text) = values[0] {
        guard let number = ExactDecimal(text) else { throw notRead(text, "a number") }
        return .number(number)
      }
      return values[0].decimal.map { .number($0) } ?? values[0].fraction.map { .fraction($0) }
    }
  }

  /// The value in words, as `string(x)` gives it; numbers without zeros at their end.
  static func words(_ value: Value) throws(EvaluationFault) -> String? {
    switch value {
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .unsigned(let number): return String(number)
    case .number(let number): return number.normalized.description
    case .fraction(let number):
      throw EvaluationFault(
        "\(number.numerator)/\(number.denominator) has no end as a decimal; say how to round it: `math.round(x, 4)`"
      )
    case .text(let text): return text
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw EvaluationFault("the bytes are no UTF-8 text")
      }
      return text
    case .date(let date): return date.description
    case .timestamp(let time): return time.description
    case .duration(let span): return span.description
    default: return nil
    }
  }
}
