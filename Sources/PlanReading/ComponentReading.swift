import Diagnostics
import Expressions
import JSONCore
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads `components`: which module pays on which credits, by which terms.
struct ComponentReading {
  let context: ReadingContext
  /// The plan's currency; nil when it is at fault.
  let currency: Currency?
  let ruleTables: [String: TableSchema]
  let measures: [String]

  func read(_ node: YAMLNode) -> [Component] {
    guard let pairs = node.pairs else {
      context.report(.wrongType, "`components` must be a mapping of names", at: node.span)
      return []
    }
    return pairs.compactMap { component($0) }
  }

  private func component(_ pair: YAMLPair) -> Component? {
    guard var reader = MappingReader(pair.value, "component `\(pair.key)`", context) else { return nil }
    let module = reader.text("module", why: "name the reward module that computes it, like `commission`")
    let credits = reader.texts("credits")
    for name in credits ?? [] { context.checkRule(name) }
    if credits == nil {
      reader.reportAbsent(
        "credits", .missingKey, "component `\(pair.key)` has no `credits`", at: pair.keySpan,
        help: "name the credit rules that it pays on")
    }
    let measure = reader.optionalText("measure")
    if let measure, !measures.contains(measure.text) {
      context.report(
        .unknownName, "there is no measure `\(measure.text)`", at: measure.span,
        help: Suggestion.help(for: measure.text, in: measures))
    }
    let tables = (credits ?? []).compactMap { ruleTables[$0.text] }
    if let other = tables.first(where: { $0.name != tables[0].name }), let name = credits?.last {
      context.report(
        .wrongValue,
        "the credit rules of a component must credit one table, not `\(tables[0].name)` and `\(other.name)`",
        at: name.span, help: "write a component for each")
    }
    let isKnown = !tables.isEmpty && tables.count == credits?.count
    let condition = reader.condition("where", names: isKnown ? context.lineNames(tables) : nil)
    let attributes = context.lineNames([]).filter { $0.key.hasPrefix("payee.") }
    let payees = reader.condition("payees", names: attributes)
    let from = reader.optionalDate("from")
    let to = reader.optionalDate("to")
    let config = reader.required("config", why: "the module's own terms stand there")
    reader.finish()
    guard let module, let config else { return nil }
    let converter = ConfigConverter(context: context, currency: currency)
    let (value, spans) = converter.convert(config)
    return Component(
      name: Named(pair.key, pair.keySpan), module: module, credits: (credits ?? []).map(\.text),
      measure: measure?.text, condition: condition, payees: payees, from: from, to: to, config: value,
      configSpans: spans)
  }
}

/// Turns a module's part of the plan into JSON, and remembers where each value stands.
struct ConfigConverter {
  let context: ReadingContext
  let currency: Currency?

  func convert(_ node: YAMLNode) -> (JSONValue, [String: SourceSpan]) {
    var spans: [String: SourceSpan] = [:]
    let value = convert(node, JSONPointer(), &spans)
    return (value, spans)
  }

  private func convert(_ node: YAMLNode, _ place: JSONPointer, _ spans: inout [String: SourceSpan])
    -> JSONValue
  {
    spans[place.description] = node.span
    switch node.content {
    case .scalar(let scalar): return convert(scalar, node.span)
    case .sequence(let items):
      return .array(
        items.enumerated().map { convert($1, place.appending(String($0)), &spans) })
    case .mapping(let pairs):
      var object = JSONObject()
      for pair in pairs {
        let inner = place.appending(pair.key)
        object[pair.key] = convert(pair.value, inner, &spans)
        if pair.value.scalar == nil { spans[inner.description] = pair.keySpan }
        spans[inner.description + "#key"] = pair.keySpan
      }
      return .object(object)
    }
  }

  private func convert(_ scalar: YAMLScalar, _ span: SourceSpan) -> JSONValue {
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
    return .number(number.value)
  }
}
