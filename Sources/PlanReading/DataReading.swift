import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads `data`: the tables, their columns, keys and references.
struct DataReading {
  private enum OtherColumns: String, CaseIterable {
    case report, ignore
  }
  private enum OtherPeople: String, CaseIterable {
    case report, ignore
  }
  private enum RejectedRows: String, CaseIterable {
    case fail, accept
  }

  let context: ReadingContext
  let currency: Currency

  func read(_ node: YAMLNode) -> [TableSource] {
    guard node.pairs != nil else {
      context.report(.wrongType, "`data` must be a mapping of table names", at: node.span)
      return []
    }
    let sources = (node.pairs ?? []).compactMap { table($0) }
    for source in sources { context.tables[source.schema.name] = source.schema }
    for pair in node.pairs ?? [] { checkReferences(pair) }
    return sources
  }

  private func table(_ pair: YAMLPair) -> TableSource? {
    guard var reader = MappingReader(pair.value, "table `\(pair.key)`", context) else { return nil }
    let origins = OriginReading(context: context)
    let origin = origins.read(&reader)
    let format = CellFormatReading(context: context).read(&reader)
    let columns = (reader.required("columns")?.pairs ?? []).filter { $0.value["formula"] == nil }.compactMap {
      column in
      let read = self.column(column, format)
      if read == nil { context.faultyColumns.insert("\(pair.key).\(column.key)") }
      return read
    }
    let key = reader.texts("key") ?? []
    let separator = reader.optionalText("separator")
    let others = reader.optionalWord("other_columns", OtherColumns.self) ?? .report
    let people = reader.optionalWord("other_people", OtherPeople.self) ?? .report
    let rejects = reader.optionalWord("rejected_rows", RejectedRows.self) ?? .fail
    let control = reader.optional("control").flatMap { ControlReading(context: context).read($0) }
    if reader.isMisspelt("key") { context.tablesWithMisspeltKey.insert(pair.key) }
    reader.finish()
    if let origin { origins.refuseFormats(pair.value, of: origin) }
    if let separator, let fault = Self.fault(ofSeparator: separator.text) {
      context.report(
        .wrongValue, fault, at: separator.span, help: "write `separator: \";\"`, or `\"\\t\"` for a tab")
    }
    let schema = TableSchema(
      name: pair.key, columns: columns.map(\.schema), key: key.map(\.text),
      references: columns.compactMap { column in
        column.reference.map { TableSchema.Reference(column: column.schema.name, table: $0.text) }
      },
      separator: separator?.text.utf8.first ?? 0x2C, ignoresOtherColumns: others == .ignore,
      acceptsRejects: rejects == .accept, span: pair.keySpan)
    for name in key { context.column(name, of: schema) }
    for (column, _) in control?.sums ?? [] { context.column(column, of: schema, wanted: [.number]) }
    // A table without rows, which is told, is there for those that name it.
    return TableSource(
      schema: schema, origin: origin ?? .files([]), ignoresOtherPeople: people == .ignore,
      encoding: format.encoding, control: control)
  }

  /// Why a text cannot stand between cells, or nil when it can.
  private static func fault(ofSeparator text: String) -> String? {
    switch text {
    case "\"": "a quote cannot be the separator: it encloses cells that hold separators"
    case "\n", "\r", "\r\n": "the end of a line cannot be the separator: it parts rows"
    default:
      text.utf8.count == 1 && text != "\0" ? nil : "the separator must be one character of ASCII"
    }
  }

  private func column(_ pair: YAMLPair, _ format: CellFormatReading.Format) -> (
    schema: ColumnSchema, reference: Named?
  )? {
    if let scalar = pair.value.scalar {
      let type = type(Named(scalar.text, pair.value.span), places: nil)
      return type.map {
        let schema = ColumnSchema(
          name: pair.key, type: $0.type, isOptional: $0.isOptional, numbers: format.numbers,
          dates: format.dates)
        return (schema, nil)
      }
    }
    guard var reader = MappingReader(pair.value, "column `\(pair.key)`", context) else { return nil }
    let word = reader.text("type")
    let places = reader.optionalInteger("places", 0...12)
    let header = reader.optionalText("header")?.text
    let reference = reader.optionalText("references")
    let isOptional = boolean(reader.optional("optional"))
    for key in ["formula", "round", "day"] {
      guard let node = reader.optional(key) else { continue }
      context.report(.wrongValue, "`\(key)` belongs to a column with a `formula`", at: node.span)
    }
    reader.finish()
    guard let word, let type = type(word, places: places) else { return nil }
    let schema = ColumnSchema(
      name: pair.key, header: header, type: type.type, isOptional: isOptional || type.isOptional,
      numbers: format.numbers, dates: format.dates)
    return (schema, reference)
  }

  private func boolean(_ node: YAMLNode?) -> Bool {
    guard let node else { return false }
    context.record?.note(.boolean, at: node.span)
    if case .boolean(let flag)? = node.scalar?.value { return flag }
    context.report(
      .wrongType, "true or false is wanted here", at: node.span,
      help: node.scalar.flatMap { NumberSlip.help(forBoolean: $0.text) })
    return false
  }

  /// The type that a word of the plan names, and whether cells may be empty.
  func type(_ word: Named, places: Int?) -> (type: ColumnType, isOptional: Bool)? {
    let isOptional = word.text.hasSuffix("?")
    let name = isOptional ? String(word.text.dropLast()) : word.text
    switch name {
    case "text": return (.text, isOptional)
    case "integer": return (.integer, isOptional)
    case "money": return (.decimal(places: places ?? currency.places), isOptional)
    case "decimal":
      guard let places else {
        context.report(
          .unstatedRule, "a decimal column must state its `places`", at: word.span,
          help: "write `{type: decimal, places: 4}`; `money` has the \(currency.places) of \(currency.code)")
        return nil
      }
      return (.decimal(places: places), isOptional)
    case "percent": return (.percent(places: (places ?? 4) + 2), isOptional)
    case "date": return (.date, isOptional)
    case "boolean": return (.boolean, isOptional)
    default:
      context.report(
        .wrongValue, "`\(name)` is not a type of column", at: word.span,
        help: Suggestion.help(
          for: name, in: ["text", "integer", "money", "decimal", "percent", "date", "boolean"]))
      return nil
    }
  }

  private func checkReferences(_ pair: YAMLPair) {
    for column in pair.value["columns"]?.pairs ?? [] {
      guard let node = column.value["references"], let scalar = node.scalar,
        let target = context.table(Named(scalar.text, node.span))
      else { continue }
      if target.key.count != 1 {
        context.report(
          .missingKey, "table `\(target.name)` has no `key` of one column to point at", at: node.span,
          help: "state `key` of that table")
      }
    }
  }
}
