import Diagnostics
import Expressions
import PlanModel
import Tables
import YAMLSource

/// Reads `people`: the table of payees, their names, and their attributes, dated or not.
struct PeopleReading {
  let context: ReadingContext

  func read(_ node: YAMLNode) -> People? {
    guard var reader = MappingReader(node, "`people`", context) else { return nil }
    let table = context.table(reader.text("table"))
    let stated = reader.optionalText("id")
    let nameNode = reader.optional("name")
    var attributes: [(name: String, attribute: People.Attribute)] = []
    for column in table?.columns ?? [] { context.attributes[column.name] = column.type.valueType }
    for word in ["team", "role", "manager"] {
      if let node = reader.optional(word), let found = attribute(word, node, table) {
        attributes.append((word, found))
      }
    }
    for pair in reader.optional("attributes")?.pairs ?? [] {
      if let found = attribute(pair.key, pair.value, table, mayBeFact: true) {
        attributes.append((pair.key, found))
      }
    }
    let pay = reader.optional("pay").map { self.pay($0, table) }
    for (attribute, found) in pay?.attributes ?? [] { attributes.append((attribute.rawValue, found)) }
    context.statesManager = node["manager"] != nil || reader.isMisspelt("manager")
    let name = nameNode.flatMap { attribute("name", $0, table) }
    reader.finish()
    let id = context.rowID(
      stated, of: table, Named("people", node.span.firstLine), does: "`people` takes the payees from it")
    guard let table, let id else { return nil }
    return People(table: table.name, id: id, name: name, attributes: attributes, pay: pay?.mix)
  }

  /// What people are paid at target: two amounts, or one and the mix, as attributes; the rest is worked out.
  private func pay(
    _ node: YAMLNode, _ people: TableSchema?
  ) -> (attributes: [(PayMix.Stated, People.Attribute)], mix: PayMix?) {
    guard var reader = MappingReader(node, "`pay`", context) else { return ([], nil) }
    var found: [(PayMix.Stated, People.Attribute)] = []
    var stated: Set<PayMix.Stated> = []
    for (key, amount) in Self.amounts {
      guard let node = reader.optional(key) else { continue }
      stated.insert(amount)
      if let attribute = attribute(amount.rawValue, node, people) { found.append((amount, attribute)) }
      if let type = context.attributes[amount.rawValue], type != .number {
        context.report(
          .wrongType, "`\(key)` of `pay` holds \(type.word), number is wanted here", at: node.span)
      }
    }
    let per = reader.statedWord(
      "per", Per.self, asking: "whether the amounts are those of a year or of a period")
    let spread =
      per == .year
      ? reader.statedWord(
        "spread", PayMix.Spread.self, asking: "how a period's part of the year's target is found")
      : reader.optionalWord("spread", PayMix.Spread.self)
    if per == .period, spread != nil, let node = node["spread"] {
      context.report(.wrongValue, "`spread` has no meaning for amounts of a period", at: node.span)
    }
    let good: [Set<PayMix.Stated>] = [[.target], [.base, .target], [.onTarget, .base], [.onTarget, .mix]]
    if !good.contains(stated) {
      reader.reportAbsent(
        "target", .missingKey, "`pay` does not say what the target incentive is", at: node.span.firstLine,
        help: "state `target`, `base` and `target`, `ote` and `base`, or `ote` and `mix`")
    }
    reader.finish()
    guard let per else { return (found, nil) }
    let mix = PayMix(stated: stated, spread: per == .year ? spread : nil)
    for amount in mix.derived { context.attributes[amount.rawValue] = .number }
    context.periodAttributes.append(PayMix.periodTarget)
    return (found, mix)
  }

  private enum Per: String, CaseIterable {
    case year, period
  }

  /// The keys of `pay`, and the attributes that they are.
  static let amounts: [(String, PayMix.Stated)] = [
    ("base", .base), ("target", .target), ("ote", .onTarget), ("mix", .mix),
  ]

  /// What a row must say: `has: {role: overlay}`.
  private func fact(_ node: YAMLNode, _ table: TableSchema?) -> DatedAttribute.Fact? {
    guard let pairs = node.pairs, pairs.count == 1, let pair = pairs.first, let text = pair.value.scalar?.text
    else {
      context.report(
        .wrongType, "`has` must map one column of the table to what stands there", at: node.span,
        help: "write `has: {role: overlay}`")
      return nil
    }
    let column = context.column(Named(pair.key, pair.keySpan), of: table)
    return column.map { DatedAttribute.Fact(column: $0, text: text) }
  }

  private func attribute(
    _ name: String, _ node: YAMLNode, _ people: TableSchema?, mayBeFact: Bool = false
  ) -> People.Attribute? {
    if let scalar = node.scalar {
      guard let column = context.column(Named(scalar.text, node.span), of: people) else { return nil }
      context.attributes[name] = people?.columns.first { $0.name == column }?.type.valueType
      return .column(column)
    }
    guard var reader = MappingReader(node, "`\(name)`", context) else { return nil }
    let table = context.table(reader.text("table"))
    let person = context.column(reader.text("person"), of: table)
    let factNode = mayBeFact ? reader.optional("has") : nil
    let fact = factNode.flatMap { self.fact($0, table) }
    let value = factNode == nil ? context.column(reader.text("value"), of: table) : fact?.column
    if factNode != nil, let value = reader.optional("value") {
      context.report(.wrongValue, "`value` and `has` exclude each other", at: value.span)
    }
    let from = context.column(reader.optionalText("from"), of: table, wanted: [.date])
    let end = context.end(&reader, of: table)
    reader.finish()
    guard let table, let person, let value else { return nil }
    context.attributes[name] =
      fact == nil ? table.columns.first { $0.name == value }?.type.valueType : .boolean
    return .dated(
      DatedAttribute(
        table: table.name, person: person, value: value, fact: fact, from: from, to: end.column,
        includesLastDay: end.includesLastDay))
  }
}
