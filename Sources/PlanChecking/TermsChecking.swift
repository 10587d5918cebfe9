package import Diagnostics
import Expressions
package import JSONCore
package import ModuleProtocol
package import PlanModel
import Tables

/// Checks the terms of components against what their modules say, and places every fault in the plan.
package struct TermsChecking {
  private let plan: Plan
  private let components: Set<String>
  /// The attributes of payees, and the columns of periods, that all components have alike.
  private let attributes: [String: Expression.ValueType]
  private let periods: [String: Expression.ValueType]

  /// A checker of all components of a plan.
  package init(_ plan: Plan) {
    self.plan = plan
    components = Set(plan.components.map(\.name.text))
    attributes = Self.attributeColumns(plan)
    periods = Self.periodColumns(plan).merging(attributes) { own, _ in own }
  }

  /// Faults of the terms by the module's schema.
  package static func schemaFaults(_ component: Component, schema: JSONValue) -> [Diagnostic] {
    SchemaValidator(schema, forms: component.configForms).faults(in: component.config).map { fault in
      let pointer = fault.pointer.description
      let span =
        fault.isUnknownKey
        ? component.configSpans[pointer + "#key"] ?? component.span(of: pointer)
        : component.span(of: pointer)
      return Diagnostic(
        fault.isUnknownKey ? .unknownKey : .moduleConfig, .error, fault.message, at: span, help: fault.help)
    }
  }

  /// Faults of the terms by the module's schema, and those that the module itself reports at other places.
  ///
  /// What the schema has found at a place, or around it, the module sees too and would tell in other words.
  package static func faults(
    _ component: Component, schema: JSONValue, reported: [ConfigFault]
  ) -> [Diagnostic] {
    let known = SchemaValidator(schema, forms: component.configForms).faults(in: component.config)
    let more = reported.filter { fault in !known.contains { covers($0, fault) } }
    return schemaFaults(component, schema: schema) + moduleFaults(component, more)
  }

  private static func covers(_ known: SchemaValidator.Fault, _ reported: ConfigFault) -> Bool {
    let place = known.pointer.description
    func isInside(_ place: String) -> Bool {
      reported.pointer == place || reported.pointer.hasPrefix(place + "/")
    }
    guard let key = known.absentKey else { return isInside(place) }
    // The module misses a key that is absent or misspelt, and says so at its place or around it.
    let owner =
      known.isUnknownKey ? JSONPointer(Array(known.pointer.tokens.dropLast())).description : place
    let words = reported.message + " " + (reported.help ?? "")
    return isInside(owner + "/" + key) || reported.pointer == owner && words.contains("`\(key)`")
  }

  /// Columns of the result files that the plan wants shown and the components do not give.
  package static func outputFaults(_ terms: PlanTerms, gives: [String: ColumnGifts]) -> [Diagnostic] {
    outputFaults(terms.statements, gives) { ["earned", "adjustment"] + $0.periods.map(\.name) }
      + outputFaults(terms.lines, gives) { ["earned"] + $0.lines.map(\.name) }
  }

  private static func outputFaults(
    _ columns: [Outputs.Column], _ gives: [String: ColumnGifts], _ names: (ColumnGifts) -> [String]
  ) -> [Diagnostic] {
    columns.compactMap { column in
      guard column.path.count == 2, let gifts = gives[column.path[0]] else { return nil }
      let given = names(gifts)
      if given.contains(column.path[1]) { return nil }
      return Diagnostic(
        .unknownName, .error, "component `\(column.path[0])` gives no column `\(column.path[1])`",
        at: column.span, help: Suggestion.help(for: column.path[1], in: given))
    }
  }

  /// Faults of the terms as the module itself reported them.
  package static func moduleFaults(_ component: Component, _ faults: [ConfigFault]) -> [Diagnostic] {
    faults.map { fault in
      Diagnostic(
        fault.isUnstated ? .unstatedRule : .moduleConfig, .error, fault.message,
        at: component.span(of: fault.pointer), help: fault.help)
    }
  }

  /// The fault of a component without lines whose module wants some.
  package static func creditFaults(_ component: Component, _ needs: ColumnNeeds) -> [Diagnostic] {
    guard component.credits.isEmpty, !needs.lines.isEmpty else { return [] }
    return [
      Diagnostic(
        .missingKey, .error,
        "component `\(component.name.text)` has no `credits`, and module `\(component.module.text)` pays on lines",
        at: component.name.span, help: "name the credit rules that it pays on")
    ]
  }

  /// Columns that the module wants and the plan does not have, or has of another kind; of those of other components
  /// `LinkChecking` tells.
  package func needFaults(_ component: Component, _ needs: ColumnNeeds) -> [Diagnostic] {
    let lines = lineColumns(component)
    let periods = periodColumns(component)
    let ofPlan = needs.periods.filter { need in
      !components.contains(String(need.name.prefix { $0 != "." })) || periods[need.name] != nil
    }
    let ofLines = component.credits.isEmpty ? [] : needs.lines
    return ofLines.compactMap { fault($0, lines, "for component `\(component.name.text)`", component) }
      + ofPlan.filter { unknownMeasure($0) == nil }.compactMap {
        fault($0, periods, "for component `\(component.name.text)`", component)
      }
      + measureFaults(ofPlan, component)
      + ofLines.compactMap { quantityFault($0, component) }
      + ofLines.flatMap { keyFaults($0, component, lines) }
      + ofPlan.flatMap { keyFaults($0, component, periods) }
      + needs.tables.flatMap { tableFaults($0, component) }
  }

  private func tableFaults(_ need: ColumnNeeds.TableNeed, _ component: Component) -> [Diagnostic] {
    guard let table = schema(need.name) else {
      return [
        Diagnostic(
          .unknownName, .error,
          "there is no table `\(need.name)` for component `\(component.name.text)`",
          at: component.span(of: need.pointer),
          help: Suggestion.help(for: need.name, in: plan.tables.map(\.schema.name)))
      ]
    }
    var columns: [String: Expression.ValueType] = [:]
    for column in table.columns { columns[column.name] = column.type.valueType }
    let person = need.person.map { [ColumnNeeds.Need($0, .key, at: need.pointer)] } ?? []
    let own = Columns(own: columns, common: [:])
    return (person + need.columns).compactMap { fault($0, own, "in table `\(need.name)`", component) }
  }

  private func fault(
    _ need: ColumnNeeds.Need, _ available: Columns, _ place: String,
    _ component: Component
  ) -> Diagnostic? {
    let span = component.span(of: need.pointer)
    let name = need.partOf ?? need.name
    guard let type = available[name] else {
      return Diagnostic(
        .unknownName, .error, "there is no column `\(name)` \(place)", at: span,
        help: Suggestion.help(for: name, in: available.names))
    }
    let fits: Bool =
      switch need.kind {
      case .number: type == .number
      case .text: type == .text
      case .date: type == .date
      case .boolean: type == .boolean
      case .key: type.keyKind != nil
      }
    if fits { return nil }
    return Diagnostic(
      .wrongType, .error,
      "column `\(name)` holds \(type.word), the module wants \(need.kind.rawValue)",
      at: span)
  }

  /// The measure whose figure is wanted, if there is none of this name.
  private func unknownMeasure(_ need: ColumnNeeds.Need) -> String? {
    let parts = need.name.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, ["value", "in_period", "quota", "window", "periods_left"].contains(parts[1])
    else { return nil }
    let name = String(parts[0])
    return name == "payee" || plan.measures.contains { $0.name.text == name } ? nil : name
  }

  /// Measures that are not there, each told once where it is named.
  private func measureFaults(_ needs: [ColumnNeeds.Need], _ component: Component) -> [Diagnostic] {
    var told: Set<[String]> = []
    return needs.compactMap { need in
      guard let name = unknownMeasure(need), told.insert([name, need.pointer]).inserted else { return nil }
      return Diagnostic(
        .unknownName, .error, "there is no measure `\(name)`", at: component.span(of: need.pointer),
        help: Suggestion.help(for: name, in: plan.measures.map(\.name.text)))
    }
  }

  /// Asks whether people who share a row count all of a number or their part.
  private func quantityFault(_ need: ColumnNeeds.Need, _ component: Component) -> Diagnostic? {
    guard let name = need.partOf, name != "amount", !name.hasPrefix("payee.") else { return nil }
    let rule = component.credits.first { rule in
      plan.credits.rowCredit(of: rule)?.split.map { $0.quantities[name] == nil } ?? false
    }
    return rule.map { rule in
      Diagnostic(
        .unstatedRule, .error, Split.question(name, rule: rule), at: component.span(of: need.pointer),
        help: Split.help(name))
    }
  }

  /// Keys of a table in the terms that no cell of the column can be, and keys that are the same value.
  private func keyFaults(
    _ need: ColumnNeeds.Need, _ component: Component, _ available: Columns
  ) -> [Diagnostic] {
    guard need.kind == .key, let pointer = need.table, let kind = available[need.name]?.keyKind,
      let table = JSONPointer(parsing: pointer)?.resolve(in: component.config)?.object
    else { return [] }
    var faults: [Diagnostic] = []
    var seen: [KeyValue: String] = [:]
    for text in table.keys {
      let place = pointer + JSONPointer([text]).description
      let span = component.configSpans[place + "#key"] ?? component.span(of: place)
      guard let key = KeyValue(text, as: kind) else {
        faults.append(
          Diagnostic(
            .wrongValue, .error, "`\(text)` is never in column `\(need.name)`, which holds \(kind.plural)",
            at: span))
        continue
      }
      if let other = seen[key] {
        faults.append(
          Diagnostic(
            .wrongValue, .error, "`\(text)` and `\(other)` are the same \(kind.rawValue)", at: span,
            help: "keep one of them"))
      }
      seen[key] = text
    }
    return faults
  }

  private func lineColumns(_ component: Component) -> Columns {
    var columns: [String: Expression.ValueType] = [:]
    columns["amount"] = .number
    columns["date"] = .date
    if let measure = plan.measures.first(where: { $0.name.text == component.measure }),
      measure.total == .amount, Set(measure.credits).isSuperset(of: component.credits)
    {
      columns["measure.before"] = .number
      columns["measure.before_in_period"] = .number
    }
    for column in table(of: component.credits.first, depth: 0)?.columns ?? [] {
      columns[column.name] = columns[column.name] ?? column.type.valueType
    }
    return Columns(own: columns, common: attributes)
  }

  private func periodColumns(_ component: Component) -> Columns {
    var columns: [String: Expression.ValueType] = [:]
    if let measure = plan.measures.first(where: { $0.name.text == component.measure }) {
      for field in Self.fields(measure) { columns[field] = .number }
    }
    return Columns(own: columns, common: periods)
  }

  private static func fields(_ measure: Measure) -> [String] {
    ["value", "in_period", "window", "periods_left"] + (measure.quota == nil ? [] : ["quota"])
  }

  private static func periodColumns(_ plan: Plan) -> [String: Expression.ValueType] {
    var columns: [String: Expression.ValueType] = [:]
    if plan.people.pay != nil { columns["payee.\(PayMix.periodTarget)"] = .number }
    columns["period.from"] = .date
    columns["period.to"] = .date
    columns["period.label"] = .text
    if plan.hasYears {
      columns["period.year"] = .number
      columns["period.year_left"] = .number
    }
    for measure in plan.measures {
      for field in fields(measure) { columns["\(measure.name.text).\(field)"] = .number }
    }
    return columns
  }

  private static func attributeColumns(_ plan: Plan) -> [String: Expression.ValueType] {
    var columns: [String: Expression.ValueType] = [:]
    let people = plan.schema(of: plan.people.table)
    for column in people?.columns ?? [] { columns["payee.\(column.name)"] = column.type.valueType }
    for (name, attribute) in plan.people.attributes {
      let column: ColumnSchema? =
        switch attribute {
        case .column(let column): people?.columns.first { $0.name == column }
        case .dated(let dated): plan.schema(of: dated.table)?.columns.first { $0.name == dated.value }
        }
      if case .dated(let dated) = attribute, dated.fact != nil {
        columns["payee.\(name)"] = .boolean
        continue
      }
      if let column { columns["payee.\(name)"] = column.type.valueType }
    }
    for amount in plan.people.pay?.derived ?? [] { columns["payee.\(amount.rawValue)"] = .number }
    return columns
  }

  private func schema(_ name: String) -> TableSchema? { plan.schema(of: name) }

  /// The table whose rows a credit rule's lines come from.
  private func table(of rule: String?, depth: Int) -> TableSchema? {
    guard depth < 64, let rule = plan.credits.first(where: { $0.name.text == rule }) else { return nil }
    switch rule.source {
    case .rows(let credit): return schema(credit.table)
    case .rollUp(let rollUp):
      switch rollUp.origin {
      case .credits(let name): return table(of: name, depth: depth + 1)
      case .earnings(let name):
        return table(of: plan.components.first { $0.name.text == name }?.credits.first, depth: depth + 1)
      }
    }
  }
}

/// Columns that a component may ask for: its own, and those that all have.
private struct Columns {
  let own: [String: Expression.ValueType]
  let common: [String: Expression.ValueType]

  subscript(name: String) -> Expression.ValueType? { own[name] ?? common[name] }

  var names: [String] { Array(own.keys) + common.keys.filter { own[$0] == nil } }
}

extension Expression.ValueType {
  /// As what a table's keys are compared with values of this type; nil when it has no keys.
  fileprivate var keyKind: KeyValue.Kind? { KeyValue.Kind(rawValue: word) }
}

extension KeyValue.Kind {
  /// Several of them.
  fileprivate var plural: String { self == .boolean ? "`true` and `false`" : rawValue + "s" }
}
