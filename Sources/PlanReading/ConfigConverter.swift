import Diagnostics
import JSONCore
import Money
import PlanModel
import YAMLSource

/// Turns a module's part of the plan into JSON, and remembers where each value stands and how it is written.
struct ConfigConverter {
  let context: ReadingContext
  let currency: Currency?

  /// Where values stand, keys with `#key` after their pointer, by JSON pointer.
  private(set) var spans: [String: SourceSpan] = [:]
  /// How numbers are written, by JSON pointer.
  private(set) var forms: [String: NumberForm] = [:]

  init(context: ReadingContext, currency: Currency?) {
    self.context = context
    self.currency = currency
  }

  mutating func convert(_ node: YAMLNode) -> JSONValue { convert(node, "") }

  private mutating func convert(_ node: YAMLNode, _ place: String) -> JSONValue {
    spans[place] = node.span
    switch node.content {
    case .scalar(let scalar): return convert(scalar, node.span, place)
    case .sequence(let items):
      var values: [JSONValue] = []
      for (index, item) in items.enumerated() { values.append(convert(item, "\(place)/\(index)")) }
      return .array(values)
    case .mapping(let pairs):
      var object = JSONObject()
      for pair in pairs {
        let inner = place + JSONPointer.step(pair.key)
        object[pair.key] = convert(pair.value, inner)
        if pair.value.scalar == nil { spans[inner] = pair.keySpan }
        spans[inner + "#key"] = pair.keySpan
      }
      return .object(object)
    }
  }

  private mutating func convert(_ scalar: YAMLScalar, _ span: SourceSpan, _ place: String) -> JSONValue {
    switch scalar.value {
    case .null: return .null
    case .boolean(let flag): return .bool(flag)
    case .number, .text: break
    }
    guard let number = ScalarNumber(scalar) else { return .string(scalar.text) }
    if let code = number.currency, let currency, code != currency.code {
      context.report(
        .currencyMismatch, "this amount is in \(code), the plan is in \(currency.code)", at: span)
    }
    forms[place] = number.form
    return .number(number.value)
  }
}
