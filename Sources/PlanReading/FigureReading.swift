import Diagnostics
import Expressions
import Money
import PlanModel
import Tables
import YAMLSource

/// Reads the figures of a measure that a formula makes: `sum`, `distinct`, `average`, `ratio`, `min`, `max`, `last`.
struct FigureReading {
  let context: ReadingContext
  let currency: Currency
  /// The tables of the measured credit rules.
  let tables: [TableSchema]
  /// The measured credit rules, with the splits of those whose rows are shared.
  let splits: [(rule: String, split: Split?)]
  /// Whether all the rules are known.
  let isKnown: Bool

  private static let words =
    ["count"] + Figure.Kind.stated.map(\.rawValue) + ReadyMadeReading.words + FormulaReading.words
  /// What a measure can be, in words.
  static let choices = words.map { "`\($0)`" }.joined(separator: ", ")

  /// Whether the measure sums the credited amounts, as far as its keys tell.
  static func sumsAmounts(_ measure: YAMLNode) -> Bool {
    let stated = words.filter { measure[$0] != nil }
    return stated.isEmpty || (stated == ["sum"] && measure["sum"]?.scalar?.text == "amount")
  }

  /// Whether the measure counts lines, or sums the credited amounts or one column, or says none of these things.
  func isPlain(_ measure: YAMLNode) -> Bool {
    let stated = Self.words.filter { measure[$0] != nil }
    if stated.isEmpty || stated == ["count"] { return true }
    guard stated == ["sum"], let text = measure["sum"]?.scalar?.text else { return false }
    if text == "amount" || tables.contains(where: { $0.columns.contains { $0.name == text } }) { return true }
    return context.named[text] == nil && (try? ExpressionParser.parse(text))?.isPlainName ?? false
  }

  /// Reports the keys that only figures of a formula have.
  func refuseRest(_ reader: inout MappingReader) {
    for word in Self.words { _ = reader.optional(word) }
    for key in ["to", "round", "if_none"] { refuse(reader.optional(key), key) }
  }

  /// Reports the keys that a measure made of others by this word does not have.
  func refuseAll(of word: String, _ reader: inout MappingReader) {
    for key in ["credits"] + Self.words.filter({ !FormulaReading.words.contains($0) }) + ["to", "where"] {
      guard let node = reader.optional(key) else { continue }
      context.report(
        .wrongValue, "`\(key)` has no meaning beside `\(word)`, which looks at other measures", at: node.span)
    }
  }

  private func refuse(_ node: YAMLNode?, _ key: String) {
    guard let node else { return }
    context.report(.wrongValue, "`\(key)` has no meaning for this measure", at: node.span)
  }

  func read(_ reader: inout MappingReader) -> Figure? {
    let stated = Self.words.filter { reader.optional($0) != nil }
    guard stated.count == 1, let word = stated.first, let node = reader.optional(word) else {
      context.report(
        .wrongValue, "\(reader.what) must have but one of \(Self.choices)", at: reader.node.span.firstLine,
        help: "write a measure for each")
      for key in ["to", "round", "if_none"] { _ = reader.optional(key) }
      return nil
    }
    guard let kind = Figure.Kind(rawValue: word) else { return readyMade(word, node, &reader) }
    let value = expression(node, isNumber: kind != .distinct)
    let base = base(kind, &reader)
    let rounding = rounding(kind, &reader)
    let none = none(kind, &reader)
    guard let value, let base, let rounding, let none else { return nil }
    return Figure(
      kind: kind, value: value, base: base, places: kind == .distinct ? 0 : rounding.places,
      rounding: rounding.mode, none: none)
  }

  /// A figure whose formulas are known by a name: what they are made of stands below it.
  private func readyMade(_ word: String, _ node: YAMLNode, _ reader: inout MappingReader) -> Figure? {
    let made = ReadyMadeReading(figures: self).read(word, node)
    refuse(reader.optional("to"), "to")
    let kind = made?.kind ?? (ReadyMadeReading.sums.contains(word) ? .sum : .ratio)
    let rounding = rounding(kind, &reader)
    let none = none(kind, &reader)
    guard let made, let rounding, let none else { return nil }
    return Figure(
      kind: kind, value: made.value, base: made.base, places: rounding.places, rounding: rounding.mode,
      none: none)
  }

  /// What a ratio is divided by; nil where that is at fault.
  private func base(_ kind: Figure.Kind, _ reader: inout MappingReader) -> Expression?? {
    guard kind == .ratio else {
      refuse(reader.optional("to"), "to")
      return .some(nil)
    }
    let node = reader.required("to", why: "write the formula that the sum is divided by")
    guard let base = node.flatMap({ expression($0) }) else { return nil }
    return .some(base)
  }

  /// The digits of the figure, and how more of them are rounded; nil where a division does not say.
  private func rounding(
    _ kind: Figure.Kind, _ reader: inout MappingReader
  ) -> (places: Int, mode: RoundingMode?)? {
    if kind == .distinct { refuse(reader.optional("round"), "round") }
    if kind != .distinct, let stated = reader.rounding("round", places: currency.places) {
      return (stated.places, stated.mode)
    }
    guard kind == .average || kind == .ratio || kind == .distinctRatio else { return (currency.places, nil) }
    reader.reportAbsent(
      "round", .unstatedRule, "\(reader.what) must state `round`: how many digits the quotient has",
      at: reader.node.span.firstLine, help: "write `round: {places: 4, mode: half-even}`")
    return nil
  }

  /// What the figure is where there is nothing to make it of; the plan must say so.
  private func none(_ kind: Figure.Kind, _ reader: inout MappingReader) -> ExactDecimal?? {
    let node = reader.optional("if_none")
    if kind == .sum || kind == .distinct {
      refuse(node, "if_none")
      return .some(nil)
    }
    guard let node else {
      let divides = kind == .ratio || kind == .distinctRatio
      let why = divides ? "what it is divided by is zero" : "there is no line"
      reader.reportAbsent(
        "if_none", .unstatedRule, "\(reader.what) must state `if_none`: the figure where \(why)",
        at: reader.node.span.firstLine, help: "write `if_none: 0`")
      return nil
    }
    if let number = node.scalar.flatMap({ ScalarNumber($0) }) { return .some(number.value) }
    context.report(.wrongType, "a number or a percentage is wanted here", at: node.span)
    return nil
  }

  private func expression(_ node: YAMLNode, isNumber: Bool = true) -> Expression? {
    expression(node, isNumber ? .number : .any)
  }

  /// A formula over the lines; one of numbers takes those of shared rows in full.
  func expression(_ node: YAMLNode, _ wanted: Expression.ValueType) -> Expression? {
    let expression = ExpressionReading(context: context).read(
      node, names: isKnown ? context.lineNames(tables) : nil, day: "date", wanted: wanted)
    guard let expression else { return nil }
    for name in expression.columns where wanted == .number && name != "amount" && isNumberColumn(name) {
      if let fault = sharedFault(name) {
        context.report(.unstatedRule, fault.message, at: node.span, help: fault.help)
      }
    }
    return expression
  }

  /// A formula over the lines that is put together from good ones.
  func composed(_ text: String, _ wanted: Expression.ValueType, _ node: YAMLNode) -> Expression? {
    guard isKnown, let syntax = try? ExpressionParser.parse(text) else { return nil }
    let scope = ExpressionScope(columns: context.lineNames(tables), named: context.named, day: "date")
    let outcome = ExpressionChecker.check(syntax, text: text, scope: scope, wanted: wanted)
    if outcome.faults.isEmpty { return outcome.expression }
    context.report(
      .expressionType, "together these make no figure: \(outcome.faults[0].message)", at: node.span.firstLine)
    return nil
  }

  private func isNumberColumn(_ name: String) -> Bool {
    tables.contains { $0.columns.contains { $0.name == name && $0.type.valueType == .number } }
  }

  /// Why a column cannot be taken in full for each of the people who share a row; nil where it can.
  private func sharedFault(_ name: String) -> (message: String, help: String?)? {
    for (rule, split) in splits {
      guard let split else { continue }
      switch split.quantities[name] {
      case nil: return (Split.question(name, rule: rule), Split.help(name))
      case .share:
        return (
          "a formula takes `\(name)` in full, and the split of `\(rule)` shares it",
          "state `full` for it, or sum the column itself"
        )
      default: continue
      }
    }
    return nil
  }
}
