import Diagnostics
import Expressions
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

  /// The components; what `memory` holds of those that stand as before is taken over, and the rest put into it.
  func read(_ node: YAMLNode, _ memory: inout ReadingMemory, after earlier: ReadingMemory?) -> [Component] {
    guard let pairs = node.pairs else {
      context.report(.wrongType, "`components` must be a mapping of names", at: node.span)
      return []
    }
    let earlier = earlier?.surroundings == memory.surroundings ? earlier : nil
    return pairs.compactMap { pair in
      let entry = earlier?.entry(pair) ?? read(pair)
      memory.keep(entry)
      context.diagnostics += entry.diagnostics
      return entry.component
    }
  }

  private func read(_ pair: YAMLPair) -> ReadingMemory.Entry {
    let before = context.diagnostics
    context.diagnostics = []
    defer { context.diagnostics = before }
    let component = component(pair)
    return ReadingMemory.Entry(pair: pair, component: component, diagnostics: context.diagnostics)
  }

  private func component(_ pair: YAMLPair) -> Component? {
    guard var reader = MappingReader(pair.value, "component `\(pair.key)`", context) else { return nil }
    let module = reader.text("module", why: "name the reward module that computes it, like `commission`")
    let credits = reader.texts("credits") ?? reader.misspelt("credits").flatMap { reader.names($0) }
    context.checkRules(credits ?? [])
    // One whose key is misspelt counts as named: what is wrong with it is told already.
    let measure = reader.optionalText("measure") ?? reader.misspelt("measure").flatMap { reader.named($0) }
    if let measure, !measures.contains(measure.text) {
      context.report(
        .unknownName, "there is no measure `\(measure.text)`", at: measure.span,
        help: Suggestion.help(for: measure.text, in: measures))
    }
    let rules = context.withStages((credits ?? []).map(\.text))
    let tables = rules.compactMap { ruleTables[$0] }
    if let other = tables.first(where: { $0.name != tables[0].name }), let name = credits?.last {
      context.report(
        .wrongValue,
        "the credit rules of a component must credit one table, not `\(tables[0].name)` and `\(other.name)`",
        at: name.span, help: "write a component for each")
    }
    let isKnown = !tables.isEmpty && tables.count == rules.count
    if credits == nil, let condition = reader.optional("where") {
      context.report(
        .wrongValue, "`where` picks lines, and component `\(pair.key)` has no `credits`", at: condition.span,
        help: "name the credit rules that it pays on, or pick people with `payees`")
    }
    let condition = reader.condition("where", names: isKnown ? context.lineNames(tables) : nil, day: "date")
    let attributes = context.lineNames([]).filter { $0.key.hasPrefix("payee.") }
    let payees = reader.condition("payees", names: attributes, day: "date")
    let from = reader.optionalDate("from")
    let to = reader.optionalDate("to")
    let config = reader.required("config", why: "the module's own terms stand there")
    reader.finish()
    guard let module, let config else { return nil }
    let assigned = AssignmentReading(context: context)
    var converter = ConfigConverter(context: context, currency: currency)
    let value = converter.convert(config)
    return Component(
      name: Named(pair.key, pair.keySpan), module: module, credits: rules,
      measure: measure?.text, condition: condition, payees: assigned.narrowed(payees),
      from: [from, context.assignment?.from].compactMap(\.self).max(),
      to: [to, context.assignment?.to].compactMap(\.self).min(), config: value,
      configSpans: converter.spans, configForms: converter.forms)
  }
}
