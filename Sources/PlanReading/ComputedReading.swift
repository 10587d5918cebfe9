import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads the columns of tables that have a `formula` or a `lookup`.
///
/// A table is read before those that look things up in it, so that they find what is worked out there.
struct ComputedReading {
  let context: ReadingContext
  let currency: Currency
  private var done: Set<String> = []
  /// The tables that wait for each other, the last for nobody yet.
  private var waiting: [String] = []

  init(context: ReadingContext, currency: Currency) { (self.context, self.currency) = (context, currency) }

  mutating func read(_ data: YAMLNode?) {
    for table in data?.pairs ?? [] { read(table, data) }
  }

  private mutating func read(_ table: YAMLPair, _ data: YAMLNode?) {
    guard done.insert(table.key).inserted else { return }
    waiting.append(table.key)
    for column in table.value["columns"]?.pairs ?? [] where column.value.isComputed {
      let computed: ComputedColumn?
      if column.value["lookup"] != nil {
        computed =
          readOther(column.value["lookup"]?["table"], data)
          ? LookupReading(context: context, own: context.tables[table.key]).read(column) : nil
      } else {
        computed = self.computed(column, of: table.key)
      }
      if let computed {
        context.add(computed)
      } else {
        context.faultyColumns.insert("\(table.key).\(column.key)")
      }
    }
    waiting.removeLast()
  }

  /// Reads the table that a column looks things up in; false, with a fault, for tables that wait for each other in a
  /// circle.
  private mutating func readOther(_ node: YAMLNode?, _ data: YAMLNode?) -> Bool {
    guard let node, let name = node.scalar?.text else { return true }
    if let other = data?.pairs?.first(where: { $0.key == name }) { read(other, data) }
    guard name != waiting.last, let first = waiting.firstIndex(of: name) else { return true }
    let way = (waiting[first...] + [name]).map { "`\($0)`" }.joined(separator: ", ")
    context.report(
      .componentCycle, "tables look things up in each other in a circle: \(way)", at: node.span,
      help: "let one of them have the values as columns of its own")
    return false
  }

  private func computed(_ pair: YAMLPair, of table: String) -> ComputedColumn? {
    guard var reader = MappingReader(pair.value, "column `\(pair.key)`", context) else { return nil }
    let word = reader.text("type", why: "what the formula comes to, like `money` or `boolean`")
    let places = reader.optionalInteger("places", 0...12)
    let mode = reader.optionalWord("round", RoundingMode.self)
    let schema = context.tables[table]
    let day = context.column(reader.optionalText("day"), of: schema, wanted: [.date])
    let formula = reader.required("formula")
    for key in ["header", "references", "optional", "lookup"] {
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
