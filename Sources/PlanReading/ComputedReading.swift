import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads the columns of tables that have a `formula`.
struct ComputedReading {
  let context: ReadingContext
  let currency: Currency

  func read(_ data: YAMLNode?) {
    for table in data?.pairs ?? [] {
      for column in table.value["columns"]?.pairs ?? [] where column.value["formula"] != nil {
        if let computed = computed(column, of: table.key) {
          context.add(computed)
        } else {
          context.faultyColumns.insert("\(table.key).\(column.key)")
        }
      }
    }
  }

  private func computed(_ pair: YAMLPair, of table: String) -> ComputedColumn? {
    guard var reader = MappingReader(pair.value, "column `\(pair.key)`", context) else { return nil }
    let word = reader.text("type", why: "what the formula comes to, like `money` or `boolean`")
    let places = reader.optionalInteger("places", 0...12)
    let mode = reader.optionalWord("round", RoundingMode.self)
    let schema = context.tables[table]
    let day = context.column(reader.optionalText("day"), of: schema, wanted: [.date])
    let formula = reader.required("formula")
    for key in ["header", "references", "optional"] {
      guard let node = reader.optional(key) else { continue }
      context.report(.wrongValue, "a column with a `formula` is not read, and has no `\(key)`", at: node.span)
    }
    reader.finish()
    guard let word, let formula,
      let type = DataReading(context: context, currency: currency).type(word, places: places)?.type
    else { return nil }
    let isKnown = schema != nil && !context.hasFaultyColumns(table)
    let expression = ExpressionReading(context: context).read(
      formula, names: isKnown ? schema?.names : nil, day: day, wanted: type.valueType)
    guard let expression else { return nil }
    return ComputedColumn(
      table: table, column: ColumnSchema(name: pair.key, type: type, isOptional: true), formula: expression,
      rounding: mode)
  }
}

extension TableSchema {
  /// The kinds of the columns by name.
  var names: [String: Expression.ValueType] {
    Dictionary(columns.map { ($0.name, $0.type.valueType) }, uniquingKeysWith: { first, _ in first })
  }
}
