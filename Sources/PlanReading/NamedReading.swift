import Diagnostics
import Expressions
import Money
import PlanCalendar
import PlanModel
import Tables
import YAMLSource

/// Reads `constants` and `define`: values and formulas that all conditions and formulas of the plan may name.
struct NamedReading {
  let context: ReadingContext

  func read(constants: YAMLNode?, definitions: YAMLNode?) {
    for pair in pairs(constants, "constants") {
      guard let constant = ConstantReading(context: context).read(pair), isName(pair.key, pair.keySpan) else {
        continue
      }
      context.named[pair.key] = .constant(constant)
    }
    for pair in pairs(definitions, "define") {
      guard let definition = definition(pair), isName(definition.name, pair.keySpan) else { continue }
      if context.named[definition.name] != nil {
        context.report(.duplicateName, "`\(definition.name)` is defined twice", at: pair.keySpan)
      }
      context.named[definition.name] = .definition(definition)
    }
  }

  /// Reports definitions that name something that is nowhere in the plan, or that use each other in a circle.
  func check(_ definitions: YAMLNode?) {
    var known = Set(context.named.keys).union(["amount", "date"])
    for table in context.tables.values { known.formUnion(table.columns.map(\.name)) }
    for name in context.attributes.keys { known.insert("payee.\(name)") }
    let columnsAreKnown = context.faultyColumns.isEmpty
    for pair in definitions?.pairs ?? [] {
      guard let definition = definition(named: Self.name(pair.key)) else { continue }
      for name in definition.names.sorted() where columnsAreKnown && !isKnown(name, known) {
        context.report(
          .unknownName, "there is no `\(name)` that `\(definition.name)` could use", at: pair.value.span,
          help: Suggestion.nearest(to: name, in: known.union(definition.parameters)).map {
            "did you mean `\($0)`?"
          })
      }
      if uses(definition.name, definition.name, []) {
        context.report(
          .expressionType, "`\(definition.name)` is defined by itself", at: pair.keySpan,
          help: "a definition cannot use itself, nor one that uses it")
      }
    }
  }

  private func pairs(_ node: YAMLNode?, _ key: String) -> [YAMLPair] {
    guard let node else { return [] }
    if node.pairs == nil { context.report(.wrongType, "`\(key)` must be a mapping of names", at: node.span) }
    return node.pairs ?? []
  }

  private static func name(_ key: String) -> String { String(key.prefix { $0 != "(" }) }

  private func definition(named name: String) -> Definition? {
    if case .definition(let definition)? = context.named[name] { definition } else { nil }
  }

  private func isName(_ name: String, _ span: SourceSpan) -> Bool {
    guard let syntax = try? ExpressionParser.parse(name), syntax.isPlainName else {
      context.report(
        .wrongValue, "`\(name)` cannot be a name", at: span,
        help: "use letters, digits and `_`, a letter first")
      return false
    }
    guard ExpressionChecker.isReserved(name) else { return true }
    context.report(
      .wrongValue, "`\(name)` is a word of the language of conditions", at: span, help: "choose another name")
    return false
  }

  private func definition(_ pair: YAMLPair) -> Definition? {
    guard let scalar = pair.value.scalar else {
      context.report(.wrongType, "a formula or condition is wanted here", at: pair.value.span)
      return nil
    }
    let parts = pair.key.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    guard let parameters = parts.count == 2 ? parameters(parts[1], pair) : [] else { return nil }
    return ExpressionReading(context: context).syntax(pair.value).map {
      Definition(name: String(parts[0]), parameters: parameters, body: $0, source: scalar.text)
    }
  }

  private func parameters(_ text: Substring, _ pair: YAMLPair) -> [String]? {
    let names = text.dropLast().split(separator: ",").map { $0.filter { $0 != " " } }
    guard text.hasSuffix(")"), !names.isEmpty, Set(names).count == names.count else {
      context.report(
        .wrongValue, "`\(pair.key)` does not name the values that it takes", at: pair.keySpan,
        help: "write `name(first, second)`, or without parentheses what takes none")
      return nil
    }
    return names.allSatisfy { isName($0, pair.keySpan) } ? names : nil
  }

  /// Whether a name, or the beginning of one with points, is known.
  private func isKnown(_ name: String, _ known: Set<String>) -> Bool {
    if ExpressionChecker.isReserved(name), name != "payee" { return true }
    let words = name.split(separator: ".")
    return words.indices.contains { known.contains(words[...$0].joined(separator: ".")) }
  }

  /// Whether a definition uses `target`, itself or through others.
  private func uses(_ name: String, _ target: String, _ seen: Set<String>) -> Bool {
    guard let definition = definition(named: name) else { return false }
    return definition.names.contains { other in
      other == target || (!seen.contains(other) && uses(other, target, seen.union([other])))
    }
  }
}
