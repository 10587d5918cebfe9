import Diagnostics
import Expressions
import PlanModel
import Tables
import YAMLSource

/// Reads `to`: a column with the owner's id, or ways to find the owner, tried in order.
struct RecipientReading {
  let context: ReadingContext
  /// The credited table; nil where it has faults.
  let table: TableSchema?
  /// The column with the row's day.
  let day: String?

  private static let forms = ["column", "person", "table", "members", "nobody"]

  func read(_ node: YAMLNode?) -> [Recipient]? {
    guard let node else { return nil }
    guard let items = node.items else { return recipient(node, inList: false).map { [$0] } }
    if items.isEmpty {
      context.report(.wrongValue, "`to` names no way to find the owner", at: node.span)
      return nil
    }
    let recipients = items.map { recipient($0, inList: true) }
    for (recipient, next) in zip(recipients, items.dropFirst()) {
      guard let recipient, decidesAll(recipient) else { continue }
      context.report(
        .wrongValue, "this way is never tried: the one before it decides for every row", at: next.span,
        help: "put it first, or state `where` for the one before it")
    }
    let found = recipients.compactMap(\.self)
    return found.count == items.count ? found : nil
  }

  private func decidesAll(_ recipient: Recipient) -> Bool {
    if recipient.condition != nil { return false }
    return switch recipient.way {
    case .person, .nobody: true
    case .column, .territory, .members: false
    }
  }

  private func recipient(_ node: YAMLNode, inList: Bool) -> Recipient? {
    if let scalar = node.scalar {
      if inList, scalar.text == "nobody" { return Recipient(.nobody) }
      return context.column(Named(scalar.text, node.span), of: table).map { Recipient(.column($0)) }
    }
    guard var reader = MappingReader(node, "a way of `to`", context) else { return nil }
    let names = table.map { schema in
      Dictionary(schema.columns.map { ($0.name, $0.type.valueType) }, uniquingKeysWith: { first, _ in first })
    }
    let isConditional = node["where"] != nil
    let condition = reader.condition("where", names: names, day: day)
    let way = way(&reader)
    reader.finish()
    guard let way, (condition != nil) == isConditional else { return nil }
    return Recipient(way, where: condition)
  }

  private func way(_ reader: inout MappingReader) -> Recipient.Way? {
    if let column = reader.optionalText("column") {
      return context.column(column, of: table).map { .column($0) }
    }
    if let members = reader.optional("members") { return self.members(members, &reader) }
    if let name = reader.optionalText("table") { return territory(name, &reader) }
    if let person = reader.optionalText("person") { return .person(person) }
    if let nobody = reader.optional("nobody") {
      if case .boolean(true)? = nobody.scalar?.value { return .nobody }
      context.report(.wrongValue, "`nobody` can only be `true`", at: nobody.span)
      return nil
    }
    let words = Self.forms.map { "`\($0)`" }.joined(separator: ", ")
    reader.reportAbsent(
      "column", .missingKey, "this way of `to` names nobody", at: reader.node.span.firstLine,
      help: "state one of \(words)")
    return nil
  }

  private func territory(_ name: Named, _ reader: inout MappingReader) -> Recipient.Way? {
    let territories = context.table(name)
    let matchNode = reader.required("match", why: "`match: {COLUMN OF \(name.text): COLUMN OF THE ROW}`")
    let person = context.column(
      reader.text("person", why: "the column with the person's id"), of: territories)
    let from = context.column(reader.optionalText("from"), of: territories, wanted: [.date])
    let end = context.end(&reader, of: territories)
    guard let matchNode, let pairs = matchNode.pairs, !pairs.isEmpty else {
      if let matchNode {
        context.report(
          .wrongType, "`match` must map columns of `\(name.text)` to columns of the row", at: matchNode.span)
      }
      return nil
    }
    let matches = pairs.compactMap { pair -> Territory.Match? in
      let own = context.column(Named(pair.key, pair.keySpan), of: territories)
      let credited = context.column(pair.value.scalar.map { Named($0.text, pair.value.span) }, of: table)
      guard let own, let credited else { return nil }
      return Territory.Match(own: own, credited: credited)
    }
    guard let territories, let person, matches.count == pairs.count else { return nil }
    return .territory(
      Territory(
        table: territories.name, matches: matches, person: person, from: from, to: end.column,
        includesLastDay: end.includesLastDay))
  }

  private func members(_ node: YAMLNode, _ reader: inout MappingReader) -> Recipient.Way? {
    let each = reader.statedWord(
      "each", Members.Each.self, asking: "whether each member gets the whole amount or an equal part")
    guard let pairs = node.pairs, pairs.count == 1, let pair = pairs.first else {
      context.report(
        .wrongType, "`members` must map one attribute of the payees to a column", at: node.span,
        help: "write `members: {team: COLUMN}`")
      return nil
    }
    let attribute = context.attribute(Named(pair.key, pair.keySpan))
    let column = context.column(pair.value.scalar.map { Named($0.text, pair.value.span) }, of: table)
    guard let attribute, let column, let each else { return nil }
    return .members(Members(attribute: attribute, column: column, each: each))
  }
}
