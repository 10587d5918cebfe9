import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads `credits`: rules that credit rows of a table, and rules that pass credit on to managers.
struct CreditReading {
  let context: ReadingContext
  let currency: Currency
  let people: People?

  func read(_ node: YAMLNode, components: [String]) -> [CreditRule] {
    guard let pairs = node.pairs else {
      context.report(.wrongType, "`credits` must be a mapping of rule names", at: node.span)
      return []
    }
    return pairs.flatMap { pair -> [CreditRule] in
      guard var reader = MappingReader(pair.value, "credit rule `\(pair.key)`", context) else { return [] }
      let name = Named(pair.key, pair.keySpan)
      if pair.value["roll_up"] != nil {
        let source = rollUp(&reader, components)
        reader.finish()
        return source.map { passedOn(name, $0) } ?? []
      }
      if let node = pair.value["stages"] { return staged(name, node, reader) }
      let credit = rowCredit(&reader, name)
      reader.finish()
      return credit.map { [CreditRule(name: name, source: .rows($0))] } ?? []
    }
  }

  /// A rule that passes credit on, or one for each stage of the rule that it passes on.
  private func passedOn(_ name: Named, _ rollUp: RollUp) -> [CreditRule] {
    guard case .credits(let origin) = rollUp.origin, let parts = context.stages[origin],
      let own = context.stages[name.text]
    else { return [CreditRule(name: name, source: .rollUp(rollUp))] }
    return zip(own, parts).map { rule, part in
      CreditRule(
        name: Named(rule, name.span),
        source: .rollUp(RollUp(origin: .credits(part), levels: rollUp.levels, shares: rollUp.shares)))
    }
  }

  /// A rule for each stage; what is wrong with all of them is told once.
  private func staged(_ name: Named, _ node: YAMLNode, _ reader: MappingReader) -> [CreditRule] {
    let before = context.diagnostics
    let rules = StageReading(context: context).read(node).compactMap { stage -> CreditRule? in
      var reader = reader
      let rule = Named("\(name.text).\(stage.name)", name.span)
      let credit = rowCredit(&reader, rule, stage)
      reader.finish()
      return credit.map { CreditRule(name: rule, source: .rows($0)) }
    }
    var told = before
    for diagnostic in context.diagnostics.dropFirst(before.count) where !told.contains(diagnostic) {
      told.append(diagnostic)
    }
    context.diagnostics = told
    return rules
  }

  private func rowCredit(
    _ reader: inout MappingReader, _ name: Named, _ stage: StageReading.Stage? = nil
  ) -> RowCredit? {
    let table = context.table(reader.text("table"))
    let stated = reader.optionalText("id")
    _ = reader.optional("stages")
    let date: String?
    if let stage {
      if let node = reader.optional("date") {
        context.report(.wrongValue, "each of the `stages` has its own `date`", at: node.span)
      }
      date = context.column(stage.date, of: table, wanted: [.date])
    } else {
      date = context.column(reader.text("date"), of: table, wanted: [.date])
    }
    let amountNode = reader.required("amount")
    let amountIsFormula = amountNode.map { isFormula($0, table) } ?? false
    var amount =
      amountIsFormula
      ? nil : amountNode.flatMap { context.column(reader.named($0), of: table, wanted: [.number]) }
    let owner = stage?.to == nil ? reader.required("to", why: "the column with the owner's id") : stage?.to
    _ = reader.optional("to")
    let recipients = RecipientReading(context: context, table: table, day: date).read(owner)
    let picked = reader.condition("where", names: table?.names, day: date)
    let condition =
      stage == nil ? picked : date.flatMap { reached($0, and: picked, of: table) }
    let split = reader.optional("split").flatMap {
      SplitReading(context: context, credited: table, rule: name).read($0)
    }
    let conversion = reader.optional("convert").flatMap { self.conversion($0, table) }
    let isRounded = reader.node["round"] != nil
    let rounding = rounding(&reader, table, amount, isConverted: conversion != nil)
    if let stage, let amountNode, let table, amount != nil || amountIsFormula {
      amount = part(stage, amountNode, table, date, name, condition, rounding)
    } else if amountIsFormula, let amountNode, let table {
      amount = formula(amountNode, table, date, name, condition, rounding, isRounded: isRounded)
    }
    let id = context.rowID(stated, of: table, name, does: "\(reader.what) credits its rows")
    guard let table, let date, let amount, let recipients, let id else { return nil }
    return RowCredit(
      table: table.name, id: id, date: date, amount: amount, recipients: recipients, condition: condition,
      split: split, conversion: conversion, rounding: rounding)
  }

  /// The condition of rows that have reached a stage: the day is there.
  private func reached(_ date: String, and condition: Expression?, of table: TableSchema?) -> Expression? {
    let text = condition.map { "has(\(date)) && (\($0.text)\n)" } ?? "has(\(date))"
    return composed(text, of: table, day: date, .boolean)
  }

  /// An expression that is put together from good ones.
  private func composed(
    _ text: String, of table: TableSchema?, day: String?, _ wanted: Expression.ValueType
  ) -> Expression? {
    guard let table, let syntax = try? ExpressionParser.parse(text) else { return nil }
    let scope = ExpressionScope(columns: table.names, named: context.named, day: day)
    let outcome = ExpressionChecker.check(syntax, text: text, scope: scope, wanted: wanted)
    return outcome.faults.isEmpty ? outcome.expression : nil
  }

  /// The name of a column of its own with the part of the amount that a stage has.
  private func part(
    _ stage: StageReading.Stage, _ node: YAMLNode, _ table: TableSchema, _ date: String?, _ rule: Named,
    _ condition: Expression?, _ rounding: Rounding
  ) -> String? {
    let names = context.hasFaultyColumns(table.name) ? nil : table.names
    let whole = ExpressionReading(context: context).read(node, names: names, day: date, wanted: .number)
    guard let whole,
      let part = composed(stage.formula(whole.text, rounding), of: table, day: date, .number)
    else { return nil }
    context.add(
      ComputedColumn(
        table: table.name,
        column: ColumnSchema(name: rule.text, type: .decimal(places: rounding.places), isOptional: true),
        formula: part, rounding: nil, only: condition))
    return rule.text
  }

  /// Whether an amount is worked out rather than read from a column.
  private func isFormula(_ node: YAMLNode, _ table: TableSchema?) -> Bool {
    guard let text = node.scalar?.text, !(table?.columns.contains { $0.name == text } ?? false) else {
      return false
    }
    if let syntax = try? ExpressionParser.parse(text) { return !syntax.isPlainName }
    return text.contains { "+-*/()?.".contains($0) }
  }

  /// The name of a column of its own with what the formula comes to on the rows that are credited.
  private func formula(
    _ node: YAMLNode, _ table: TableSchema, _ date: String?, _ rule: Named, _ condition: Expression?,
    _ rounding: Rounding, isRounded: Bool
  ) -> String? {
    let names = context.hasFaultyColumns(table.name) ? nil : table.names
    let expression = ExpressionReading(context: context).read(node, names: names, day: date, wanted: .number)
    guard let expression else { return nil }
    let isTaken = context.tables[table.name]?.columns.contains { $0.name == expression.text } ?? false
    let name = isTaken ? "\(expression.text) of \(rule.text)" : expression.text
    context.add(
      ComputedColumn(
        table: table.name,
        column: ColumnSchema(name: name, type: .decimal(places: rounding.places), isOptional: true),
        formula: expression, rounding: isRounded ? rounding.mode : nil, only: condition))
    return name
  }

  /// Credits are kept to the currency's minor unit; when the amounts are finer, the plan must say what happens.
  private func rounding(
    _ reader: inout MappingReader, _ table: TableSchema?, _ amount: String?, isConverted: Bool
  ) -> Rounding {
    let usual = Rounding(places: currency.places, mode: .halfEven)
    if let stated = reader.rounding("round", places: currency.places) { return stated }
    let type = table?.columns.first { $0.name == amount }?.type
    if case .decimal(let places)? = type, places > currency.places, !isConverted {
      context.report(
        .unstatedRule,
        "\(reader.what) must state `round`: its amounts have \(places) places, \(currency.code) has \(currency.places)",
        at: reader.node.span.firstLine, help: "write `round: {places: \(places)}` to keep them as they are")
    }
    return usual
  }

  private func conversion(_ node: YAMLNode, _ table: TableSchema?) -> Conversion? {
    guard var reader = MappingReader(node, "`convert`", context) else { return nil }
    let own = context.column(
      reader.text("from", why: "the column of the credited table with the amount's currency"), of: table,
      wanted: [.text])
    let rates = RateReading(context: context).read(&reader)
    reader.finish()
    guard let own, let rates else { return nil }
    return Conversion(currency: own, rates: rates)
  }

  private func rollUp(_ reader: inout MappingReader, _ components: [String]) -> RollUp? {
    if people != nil, !context.statesManager {
      context.report(
        .missingKey, "\(reader.what) passes credit to managers, and `people` names none",
        at: reader.node.span.firstLine, help: "state `manager` under `people`")
    }
    let shares = shares(&reader)
    let levels = levels(&reader, shares)
    guard let node = reader.required("roll_up") else { return nil }
    if let inner = node["earnings"], var mapping = MappingReader(node, "`roll_up`", context) {
      _ = mapping.optional("earnings")
      mapping.finish()
      guard let name = mapping.named(inner) else { return nil }
      if !components.contains(name.text) {
        context.report(
          .unknownName, "there is no component `\(name.text)`", at: name.span,
          help: Suggestion.help(for: name.text, in: components))
      }
      return RollUp(origin: .earnings(name.text), levels: levels, shares: shares)
    }
    guard let name = reader.named(node) else { return nil }
    context.checkRule(name)
    return RollUp(origin: .credits(name.text), levels: levels, shares: shares)
  }

  /// One manager up unless the plan says more; `all` for the whole line of managers.
  private func levels(_ reader: inout MappingReader, _ shares: [ExactDecimal]) -> Int? {
    if reader.node["levels"]?.scalar?.text == "all" {
      let node = reader.optional("levels")
      if let node { context.record?.note(.words(["all"]), at: node.span) }
      if let node, !shares.isEmpty {
        context.report(.wrongValue, "`shares` names \(shares.count) levels, not all", at: node.span)
      }
      return nil
    }
    guard let levels = reader.optionalInteger("levels", 1...64) else { return max(1, shares.count) }
    if !shares.isEmpty, shares.count != levels, let node = reader.optional("levels") {
      context.report(
        .wrongValue, "`shares` names \(shares.count) levels, not \(levels)", at: node.span)
    }
    return levels
  }

  /// What part each level gets, from the nearest manager up.
  private func shares(_ reader: inout MappingReader) -> [ExactDecimal] {
    guard let node = reader.optional("shares") else { return [] }
    guard let items = node.items, !items.isEmpty else {
      context.report(
        .wrongType, "`shares` must be a list, with the share of the nearest manager first", at: node.span)
      return []
    }
    return items.compactMap { item in
      guard let share = context.share(item) else { return nil }
      if share < .zero || share > ExactDecimal(1) {
        context.report(.wrongValue, "a level gets from 0% to 100%", at: item.span)
      }
      return share
    }
  }
}
