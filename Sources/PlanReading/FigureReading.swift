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

  private static let words = ["count"] + Figure.Kind.allCases.map(\.rawValue)
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
  func refuseAll(_ reader: inout MappingReader) {
    for word in Self.words { _ = reader.optional(word) }
    for key in ["to", "round", "if_none"] { refuse(reader.optional(key), key) }
  }

  private func refuse(_ node: YAMLNode?, _ key: String) {
    guard let node else { return }
    context.report(.wrongValue, "`\(key)` has no meaning for this measure", at: node.span)
  }

  func read(_ reader: inout MappingReader) -> Figure? {
    let nodes = Figure.Kind.allCases.compactMap { kind in
      reader.optional(kind.rawValue).map { (kind: kind, node: $0) }
    }
    guard nodes.count == 1, reader.optional("count") == nil, let (kind, node) = nodes.first else {
      context.report(
        .wrongValue, "\(reader.what) must have but one of \(Self.choices)", at: reader.node.span.firstLine,
        help: "write a measure for each")
      for key in ["to", "round", "if_none"] { _ = reader.optional(key) }
      return nil
    }
    let value = expression(node, isNumber: kind != .distinct)
    let base = base(kind, &reader)
    let rounding = rounding(kind, &reader)
    let none = none(kind, &reader)
    guard let value, let base, let rounding, let none else { return nil }
    return Figure(
      kind: kind, value: value, base: base, places: kind == .distinct ? 0 : rounding.places,
      rounding: rounding.mode, none: none)
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
    guard kind == .average || kind == .ratio else { return (currency.places, nil) }
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
      let why = kind == .ratio ? "what it is divided by is zero" : "there is no line"
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
    let expression = ExpressionReading(context: context).read(
      node, names: isKnown ? context.lineNames(tables) : nil, day: "date", wanted: isNumber ? .number : .any)
    guard let expression else { return nil }
    for name in expression.columns where isNumber && name != "amount" && isNumberColumn(name) {
      if let fault = sharedFault(name) {
        context.report(.unstatedRule, fault.message, at: node.span, help: fault.help)
      }
    }
    return expression
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
