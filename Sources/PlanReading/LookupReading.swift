import Diagnostics
import Expressions
import PlanModel
import Tables
import YAMLSource

/// Reads `lookup` of a column: which column of which table, for which of its rows, and what if there is none.
struct LookupReading {
  let context: ReadingContext
  /// The table that has the column.
  let own: TableSchema?

  func read(_ pair: YAMLPair) -> ComputedColumn? {
    guard var column = MappingReader(pair.value, "column `\(pair.key)`", context) else { return nil }
    let node = column.required("lookup")
    for key in ["type", "places", "header", "references", "optional", "formula", "round", "day"] {
      guard let stated = column.optional(key) else { continue }
      context.report(
        .wrongValue, "a column with a `lookup` is as the other table has it, and states no `\(key)`",
        at: stated.span)
    }
    column.finish()
    guard let node, var reader = MappingReader(node, "`lookup`", context) else { return nil }
    let table = context.table(reader.text("table"))
    let name = context.column(
      reader.text("column", why: "the column of the other table with the value"), of: table)
    let days = days(&reader, table)
    let matches = matches(&reader, table, isDated: days != nil)
    let missing = reader.statedWord(
      "missing", Lookup.Missing.self, asking: "what becomes of a row for which the other table has no value")
    reader.finish()
    guard let own, let table, let name, let matches, let missing,
      let found = table.columns.first(where: { $0.name == name })
    else { return nil }
    if missing == .zero, found.type.valueType != .number {
      context.report(
        .wrongType, "column `\(name)` holds \(found.type.name), which has no zero",
        at: node["missing"]?.span ?? node.span, help: "state `missing: empty` or `reject`")
    }
    return ComputedColumn(
      table: own.name, column: ColumnSchema(name: pair.key, type: found.type, isOptional: true),
      .lookup(
        Lookup(table: table.name, column: name, matches: matches, days: days, missing: missing)))
  }

  private func days(_ reader: inout MappingReader, _ table: TableSchema?) -> Lookup.Days? {
    let own = context.column(
      reader.optionalText("date"), of: own, wanted: [.date])
    let from = context.column(reader.optionalText("from"), of: table, wanted: [.date])
    let end = context.end(&reader, of: table)
    if own == nil, reader.node["date"] == nil, from != nil || end.column != nil {
      reader.reportAbsent(
        "date", .missingKey, "a dated `lookup` must name the `date` of the row",
        at: reader.node.span.firstLine,
        help: "write `date: COLUMN` with the row's day")
    }
    if own != nil, from == nil, end.column == nil, reader.node["from"] == nil {
      reader.reportAbsent(
        "from", .missingKey, "a dated `lookup` must name the days for which rows of the other table hold",
        at: reader.node.span.firstLine, help: "state `from`, and `to` or `until` where there is one")
    }
    return own.map {
      Lookup.Days(own: $0, from: from, to: end.column, includesLastDay: end.includesLastDay)
    }
  }

  /// The columns that must be equal: `by` for the key of the other table, or `match` for columns that are named.
  private func matches(
    _ reader: inout MappingReader, _ table: TableSchema?, isDated: Bool
  ) -> [Lookup.Match]? {
    let names = reader.texts("by")
    let pairs = reader.optional("match")
    guard (names == nil) != (pairs == nil) else {
      reader.reportAbsent(
        "by", .missingKey, "`lookup` must have either `by` or `match`", at: reader.node.span.firstLine,
        help: "`by` names the column of this table with the key of the other one; "
          + "`match: {COLUMN THERE: COLUMN HERE}` names both")
      return nil
    }
    if let pairs { return matches(pairs, table, isDated) }
    guard let names, let table else { return nil }
    let own = names.compactMap { context.column($0, of: self.own) }
    let place = names.first?.span ?? reader.node.span.firstLine
    if own.count == names.count, table.key.count != names.count {
      let key = table.key.map { "`\($0)`" }.joined(separator: ", ")
      context.report(
        .missingKey,
        table.key.isEmpty
          ? "table `\(table.name)` has no `key` that `by` could stand for"
          : "the `key` of table `\(table.name)` is of \(table.key.count) columns (\(key)), `by` names \(names.count)",
        at: place,
        help: isDated
          ? "name the columns: `match: {COLUMN THERE: COLUMN HERE}`" : "state `key` of that table")
      return nil
    }
    guard own.count == names.count else { return nil }
    return zip(table.key, own).map { Lookup.Match(theirs: $0, own: $1) }
  }

  private func matches(_ node: YAMLNode, _ table: TableSchema?, _ isDated: Bool) -> [Lookup.Match]? {
    guard let pairs = node.pairs, !pairs.isEmpty else {
      context.report(
        .wrongType, "`match` must map columns of the other table to columns of this one", at: node.span)
      return nil
    }
    let matches = pairs.compactMap { pair -> Lookup.Match? in
      let theirs = context.column(Named(pair.key, pair.keySpan), of: table)
      let own = context.column(pair.value.scalar.map { Named($0.text, pair.value.span) }, of: self.own)
      guard let theirs, let own else { return nil }
      return Lookup.Match(theirs: theirs, own: own)
    }
    guard matches.count == pairs.count, let table else { return nil }
    // Without days two rows with the same cells would leave it to their order which of them counts.
    if !isDated, Set(matches.map(\.theirs)) != Set(table.key) {
      context.report(
        .missingKey,
        "`match` must name the `key` of table `\(table.name)`, so that no two rows fit",
        at: node.span,
        help:
          "write `key: [\(matches.map(\.theirs).joined(separator: ", "))]` there, or state `date` and `from` here"
      )
      return nil
    }
    return matches
  }
}

extension YAMLNode {
  /// Whether the column is worked out rather than read.
  var isComputed: Bool { self["formula"] != nil || self["lookup"] != nil }
}
