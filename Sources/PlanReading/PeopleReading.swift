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
      if let found = attribute(pair.key, pair.value, table) { attributes.append((pair.key, found)) }
    }
    context.statesManager = node["manager"] != nil || reader.isMisspelt("manager")
    let name = nameNode.flatMap { attribute("name", $0, table) }
    reader.finish()
    let id = context.rowID(
      stated, of: table, Named("people", node.span.firstLine), does: "`people` takes the payees from it")
    guard let table, let id else { return nil }
    return People(table: table.name, id: id, name: name, attributes: attributes)
  }

  private func attribute(_ name: String, _ node: YAMLNode, _ people: TableSchema?) -> People.Attribute? {
    if let scalar = node.scalar {
      guard let column = context.column(Named(scalar.text, node.span), of: people) else { return nil }
      context.attributes[name] = people?.columns.first { $0.name == column }?.type.valueType
      return .column(column)
    }
    guard var reader = MappingReader(node, "`\(name)`", context) else { return nil }
    let table = context.table(reader.text("table"))
    let person = context.column(reader.text("person"), of: table)
    let value = context.column(reader.text("value"), of: table)
    let from = context.column(reader.optionalText("from"), of: table, wanted: [.date])
    let end = context.end(&reader, of: table)
    reader.finish()
    guard let table, let person, let value else { return nil }
    context.attributes[name] = table.columns.first { $0.name == value }?.type.valueType
    return .dated(
      DatedAttribute(
        table: table.name, person: person, value: value, from: from, to: end.column,
        includesLastDay: end.includesLastDay))
  }
}
