package import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// What the sections of a plan have told so far, and the faults found on the way.
package final class ReadingContext {
  package var diagnostics: [Diagnostic] = []
  /// The tables by name, once `data` is read.
  var tables: [String: TableSchema] = [:]
  /// The names of all credit rules, also of those that have faults and so no lines.
  var rules: [String] = []
  /// Columns whose description has a fault, as `table.column`: what names them has none.
  var faultyColumns: Set<String> = []
  /// Tables whose `key` is misspelt: that they have none is told already.
  var tablesWithMisspeltKey: Set<String> = []
  /// Whether `people` says where managers are found, well or not.
  var statesManager = false
  /// The kinds of the payees' attributes, once `people` is read.
  var attributes: [String: Expression.ValueType] = [:]
  /// Attributes of payees that are known of a period and not of a day.
  var periodAttributes: [String] = []
  /// The rules that the name of a credit rule with stages stands for.
  var stages: [String: [String]] = [:]
  /// Who is in the plan, once `assigned` is read.
  var assignment: Assignment?
  /// The columns that are worked out, as far as they are read.
  private(set) var computed: [ComputedColumn] = []
  /// The constants and definitions of the plan, once they are read.
  var named: [String: ExpressionScope.Meaning] = [:]

  /// Adds a column that is worked out; what is read from now on may name it.
  func add(_ column: ComputedColumn) {
    computed.append(column)
    tables[column.table] = tables[column.table]?.adding([column.column])
  }

  /// Whether the description of any of a table's columns has a fault.
  func hasFaultyColumns(_ table: String) -> Bool { faultyColumns.contains { $0.hasPrefix(table + ".") } }

  /// Where what is asked for is noted, if somebody wants to know.
  var record: ReadingRecord?

  package init() {}

  package func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, help: String? = nil,
    severity: Diagnostic.Severity = .error, related: [(Location, String)] = []
  ) {
    diagnostics.append(Diagnostic(code, severity, message, at: span, help: help, related: related))
  }

  /// Reports credit rules that do not exist, or are named twice.
  func checkRules(_ names: [Named]) {
    for (place, name) in names.enumerated() {
      checkRule(name)
      if names[..<place].contains(where: { $0.text == name.text }) {
        report(
          .duplicateName, "credit rule `\(name.text)` is named twice, and would count twice", at: name.span)
      }
    }
  }

  /// Reports a name that is no credit rule.
  func checkRule(_ name: Named) {
    if rules.contains(name.text) { return }
    report(
      .unknownName, "there is no credit rule `\(name.text)`", at: name.span,
      help: Suggestion.help(for: name.text, in: rules))
  }

  /// The table with this name; a fault when there is none.
  func table(_ name: Named?) -> TableSchema? {
    guard let name else { return nil }
    if let table = tables[name.text] { return table }
    report(
      .unknownName, "there is no table `\(name.text)` under `data`", at: name.span,
      help: Suggestion.help(for: name.text, in: Array(tables.keys)))
    return nil
  }

  /// The column of a table; a fault when there is none, or when it holds something that is not wanted.
  @discardableResult
  func column(_ name: Named?, of table: TableSchema?, wanted: [Expression.ValueType] = []) -> String? {
    guard let name, let table else { return nil }
    guard let column = table.columns.first(where: { $0.name == name.text }) else {
      if faultyColumns.contains("\(table.name).\(name.text)") { return nil }
      report(
        .unknownName, "table `\(table.name)` has no column `\(name.text)`", at: name.span,
        help: Suggestion.help(for: name.text, in: table.columns.map(\.name)))
      return nil
    }
    if !wanted.isEmpty, !wanted.contains(column.type.valueType) {
      let words = wanted.map(\.word).joined(separator: " or ")
      report(
        .wrongType, "column `\(name.text)` holds \(column.type.name), \(words) is wanted here", at: name.span)
    }
    return name.text
  }

  /// A number or a percentage, as a share of something.
  func share(_ node: YAMLNode) -> ExactDecimal? {
    record?.note(.share, at: node.span)
    guard let number = node.scalar.flatMap({ ScalarNumber($0) }) else {
      report(
        .wrongType, "a number or a percentage is wanted here", at: node.span,
        help: node.scalar.flatMap { NumberSlip.help(for: $0.text) })
      return nil
    }
    if let fault = number.form.faultAsShare(number.value) {
      report(.wrongValue, fault.message, at: node.span, help: fault.help)
    }
    return number.value
  }

  /// The name of an attribute of the payees; a fault when there is none, or it is of another kind.
  func attribute(_ name: Named, wanted: Expression.ValueType? = nil) -> String? {
    let bare = name.text.hasPrefix("payee.") ? String(name.text.dropFirst(6)) : name.text
    guard let type = attributes[bare] else {
      report(
        .unknownName, "payees have no attribute `\(bare)`", at: name.span,
        help: Suggestion.help(for: bare, in: Array(attributes.keys)))
      return nil
    }
    if let wanted, type != wanted {
      report(
        .wrongType, "attribute `\(bare)` holds \(type.word), \(wanted.word) is wanted here",
        at: name.span)
      return nil
    }
    return bare
  }

  /// The column that says when a row of dated values ends, and whether its day is still included: `to` or `until`.
  func end(_ reader: inout MappingReader, of table: TableSchema?) -> (column: String?, includesLastDay: Bool)
  {
    let last = reader.optionalText("to")
    let end = reader.optionalText("until")
    if let last, end != nil {
      report(
        .wrongValue, "`to` and `until` exclude each other", at: last.span,
        help: "`to` names the last day that is included, `until` the first day after")
    }
    return (column(last ?? end, of: table, wanted: [.date]), last != nil)
  }

  /// The names that a condition over credited lines of these tables may use.
  func lineNames(_ tables: [TableSchema]) -> [String: Expression.ValueType] {
    var names: [String: Expression.ValueType] = ["amount": .number, "date": .date]
    for (index, table) in tables.enumerated() {
      for column in table.columns where index == 0 || names[column.name] != nil {
        names[column.name] = column.type.valueType
      }
    }
    for (name, type) in attributes { names["payee.\(name)"] = type }
    return names
  }
}
