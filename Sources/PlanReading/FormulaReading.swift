import Diagnostics
import Expressions
import Money
import PlanCalendar
import PlanModel
import YAMLSource

/// Reads the measures that are made of other measures: `formula` and `growth`.
struct FormulaReading {
  /// What a growth is set against.
  private enum Base: String, CaseIterable {
    case previous
    case yearBefore = "year-before"
    case quota

    /// The name of it in a formula.
    var word: String { rawValue.replacing("-", with: "_") }
  }

  static let words = ["growth", "formula"]

  let context: ReadingContext
  /// All measures of the plan, as they are written.
  let measures: [YAMLPair]

  /// Whether the measure looks at others rather than at lines.
  func reads(_ node: YAMLNode) -> Bool { Self.words.contains { node[$0] != nil } }

  /// The formula; what it is rounded to, and what it is where it has no value, the plan must state.
  func read(_ reader: inout MappingReader) -> MeasureFormula? {
    let formula = reader.optional("formula")
    let growth = reader.optional("growth")
    if let formula, growth != nil {
      context.report(.wrongValue, "`formula` and `growth` exclude each other", at: formula.span)
    }
    let what = reader.what
    let expression = growth.flatMap { self.growth($0) } ?? formula.flatMap { self.expression($0) }
    let rounding = reader.rounding("round", places: 4)
    let none = reader.optional("if_none").flatMap { node -> ExactDecimal? in
      if let number = node.scalar.flatMap({ ScalarNumber($0) }) { return number.value }
      context.report(.wrongType, "a number or a percentage is wanted here", at: node.span)
      return nil
    }
    for (key, asks, help) in [
      ("round", "how many digits the figure has", "write `round: {places: 4, mode: half-even}`"),
      ("if_none", "the figure where what it looks at is not there, or is zero", "write `if_none: 0`"),
    ] where reader.node[key] == nil {
      reader.reportAbsent(
        key, .unstatedRule, "\(what) must state `\(key)`: \(asks)", at: reader.node.span.firstLine, help: help
      )
    }
    guard let expression, let rounding, let none else { return nil }
    return MeasureFormula(
      expression: expression, places: rounding.places, rounding: rounding.mode, none: none)
  }

  /// What the figure grew by as a share of its base; a base that is not above zero has no growth.
  private func growth(_ node: YAMLNode) -> Expression? {
    guard var reader = MappingReader(node, "`growth`", context) else { return nil }
    let of = reader.text("of", why: "name the measure that grows")
    let base = reader.statedWord("base", Base.self, asking: "what its figure is set against")
    reader.finish()
    guard let of else { return nil }
    guard let pair = measures.first(where: { $0.key == of.text }) else {
      context.report(
        .unknownName, "there is no measure `\(of.text)`", at: of.span,
        help: Suggestion.help(for: of.text, in: measures.map(\.key)))
      return nil
    }
    if base == .quota, pair.value["quota"] == nil {
      context.report(.wrongValue, "measure `\(of.text)` has no quota to grow against", at: of.span)
      return nil
    }
    guard let base else { return nil }
    let name = "\(of.text).\(base.word)"
    return composed("\(name) > 0 ? \(of.text) / \(name) - 1 : null", of.span)
  }

  private func expression(_ node: YAMLNode) -> Expression? {
    let found = ExpressionReading(context: context).read(
      node, names: names, day: "period.to", wanted: .number)
    if let found, !found.columns.contains(where: { isMeasure($0) }) {
      context.report(
        .wrongValue, "a formula of measures names at least one of them", at: node.span,
        help: "a formula over lines is a `sum`")
      return nil
    }
    return found
  }

  private func composed(_ text: String, _ span: SourceSpan) -> Expression? {
    if let syntax = try? ExpressionParser.parse(text) {
      let scope = ExpressionScope(columns: names, named: context.named, day: "period.to")
      let outcome = ExpressionChecker.check(syntax, text: text, scope: scope, wanted: .number)
      if outcome.faults.isEmpty { return outcome.expression }
    }
    context.report(
      .wrongValue, "a formula cannot name this measure", at: span,
      help: "call it by letters, digits and `_`, and like nothing else in the plan")
    return nil
  }

  private func isMeasure(_ column: String) -> Bool {
    !column.hasPrefix("payee.") && !column.hasPrefix("period.")
  }

  /// The names that a formula may use.
  private var names: [String: Expression.ValueType] {
    var names: [String: Expression.ValueType] = ["period.from": .date, "period.to": .date]
    for pair in measures {
      names[pair.key] = .number
      for part in MeasureFormula.Part.allCases where part != .quota || pair.value["quota"] != nil {
        names["\(pair.key).\(part.rawValue)"] = .number
      }
    }
    for (name, type) in context.attributes { names["payee.\(name)"] = type }
    for name in context.periodAttributes { names["payee.\(name)"] = .number }
    return names
  }

  /// Reports measures that are made of themselves.
  func reportCycles(_ found: [Measure]) {
    for measure in found where found.whole(measure.parts).contains(where: { $0.name == measure.name }) {
      context.report(
        .componentCycle, "measure `\(measure.name.text)` is made of itself", at: measure.name.span)
    }
  }
}
