package import Diagnostics
import Expressions
package import Money
package import PlanCalendar
package import PlanModel
package import YAMLSource

/// Reads the keys of one mapping, and reports those that it was not asked for.
package struct MappingReader {
  let node: YAMLNode
  /// What the mapping is, for messages: "component `commission`".
  let what: String
  private let context: ReadingContext
  private var asked: [String] = []
  /// What is wrong because a key is absent; told at the end, unless the key turns out to be misspelt.
  private var absences: [(key: String, diagnostic: Diagnostic)] = []

  /// A reader of a mapping; nil, with a fault, when the node is something else.
  package init?(_ node: YAMLNode, _ what: String, _ context: ReadingContext) {
    guard node.pairs != nil else {
      context.report(.wrongType, "\(what) must be a mapping of keys", at: node.span)
      return nil
    }
    (self.node, self.what, self.context) = (node, what, context)
  }

  /// Where to tell what the mapping lacks.
  package var place: SourceSpan { node.span.firstLine }

  private mutating func ask(_ key: String, _ kind: ReadingRecord.Kind? = nil) {
    if !asked.contains(key) { asked.append(key) }
    context.record?.ask(key, of: node.span, kind)
  }

  /// The value of a key, or nil when it is absent or null.
  package mutating func optional(_ key: String) -> YAMLNode? { optional(key, nil) }

  private mutating func optional(_ key: String, _ kind: ReadingRecord.Kind?) -> YAMLNode? {
    ask(key, kind)
    guard let value = node[key], value.scalar?.value != .null else { return nil }
    return value
  }

  /// The value of a key; a fault when it is absent.
  package mutating func required(_ key: String, why: String? = nil) -> YAMLNode? {
    context.record?.require(key, of: node.span)
    if let value = optional(key) { return value }
    let place = node.pairs?.first { $0.key == key }?.keySpan ?? node.span.firstLine
    reportAbsent(key, .missingKey, "\(what) has no `\(key)`", at: place, help: why)
    return nil
  }

  /// Reports that a key is absent.
  package mutating func reportAbsent(
    _ key: String, _ code: DiagnosticCode, _ message: String, at span: SourceSpan, help: String? = nil
  ) {
    absences.append((key, Diagnostic(code, .error, message, at: span, help: help)))
  }

  /// A text.
  package mutating func text(_ key: String, why: String? = nil) -> Named? {
    required(key, why: why).flatMap { named($0) }
  }

  /// A text, if there is one.
  package mutating func optionalText(_ key: String) -> Named? { optional(key, .text).flatMap { named($0) } }

  /// One text or a list of them.
  mutating func texts(_ key: String) -> [Named]? {
    optional(key, .texts).flatMap { names($0) }
  }

  /// One text or a list of them.
  func names(_ node: YAMLNode) -> [Named]? {
    guard let items = node.items else { return named(node).map { [$0] } }
    return items.compactMap { named($0) }
  }

  /// The text of a scalar.
  package func named(_ node: YAMLNode) -> Named? {
    context.record?.note(.text, at: node.span)
    if let scalar = node.scalar { return Named(scalar.text, node.span) }
    context.report(.wrongType, "a name is wanted here", at: node.span)
    return nil
  }

  /// One of the words of an enumeration, if there is one.
  mutating func optionalWord<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    let words = ReadingRecord.Kind.words(Word.allCases.map(\.rawValue))
    guard let name = optional(key, words).flatMap({ named($0) }) else { return nil }
    if let word = Word(rawValue: name.text) { return word }
    context.report(
      .wrongValue, "`\(name.text)` is not a value of `\(key)`", at: name.span,
      help: Suggestion.help(for: name.text, in: Word.allCases.map(\.rawValue)))
    return nil
  }

  /// One of the words of an enumeration that the plan must state, since the field disagrees on it.
  mutating func statedWord<Word: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Word.Type, asking question: String
  ) -> Word? where Word.RawValue == String {
    context.record?.require(key, of: node.span)
    if node[key] != nil { return optionalWord(key, type) }
    ask(key, .words(Word.allCases.map(\.rawValue)))
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    reportAbsent(
      key, .unstatedRule, "\(what) must state `\(key)`: \(question)", at: node.span.firstLine,
      help: "write `\(key): …` with one of \(words)")
    return nil
  }

  /// A day, if there is one.
  package mutating func optionalDate(_ key: String) -> CalendarDate? {
    optional(key, .date).flatMap { date($0) }
  }

  /// A day.
  func date(_ node: YAMLNode) -> CalendarDate? {
    context.record?.note(.date, at: node.span)
    if let text = node.scalar?.text, let date = CalendarDate(text) { return date }
    context.report(
      .wrongType, "\(node.scalar.map { "`\($0.text)`" } ?? "this") is not a day", at: node.span,
      help: "write days as YYYY-MM-DD")
    return nil
  }

  /// An exact number, an amount or a share; an amount in another currency than the plan's is a fault.
  package func number(_ node: YAMLNode, _ currency: Currency) -> ExactDecimal? {
    guard let number = node.scalar.flatMap({ ScalarNumber($0) }) else {
      context.report(
        .wrongType, "a number is wanted here", at: node.span,
        help: node.scalar.flatMap { NumberSlip.help(for: $0.text) })
      return nil
    }
    if let code = number.currency, code != currency.code {
      context.report(
        .currencyMismatch, "this amount is in \(code), the plan is in \(currency.code)", at: node.span)
    }
    return number.value
  }

  /// A whole number within bounds, if there is one.
  mutating func optionalInteger(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    guard let node = optional(key, .integer(range)) else { return nil }
    if case .number(let digits)? = node.scalar?.value, let number = Int(digits), range.contains(number) {
      return number
    }
    context.report(
      .wrongValue, "`\(key)` must be a whole number from \(range.lowerBound) to \(range.upperBound)",
      at: node.span)
    return nil
  }

  /// A condition over these names, if there is one; without names, because of faults elsewhere, only read.
  ///
  /// `day` is the column with the day by which dated constants are looked up.
  mutating func condition(
    _ key: String, names: [String: Expression.ValueType]?, day: String?
  ) -> Expression? {
    optional(key, .condition).flatMap {
      ExpressionReading(context: context).read($0, names: names, day: day, wanted: .boolean)
    }
  }

  /// Where earnings or credits are rounded: `{places: 2, mode: half-even}`, if stated.
  mutating func rounding(_ key: String, places: Int) -> Rounding? {
    guard let node = optional(key), var reader = MappingReader(node, "`\(key)`", context) else { return nil }
    let stated = reader.optionalInteger("places", 0...12)
    let mode = reader.optionalWord("mode", RoundingMode.self)
    reader.finish()
    return Rounding(places: stated ?? places, mode: mode ?? .halfEven)
  }

  /// The pairs of the mapping that nothing asked for so far.
  private var unknown: [YAMLPair] { (node.pairs ?? []).filter { !asked.contains($0.key) } }

  /// Whether a key that was asked for is there under a name that was probably meant for it.
  func isMisspelt(_ key: String) -> Bool { misspelt(key) != nil }

  /// The value of a key that was asked for and is there under a name that was probably meant for it.
  func misspelt(_ key: String) -> YAMLNode? {
    node[key] != nil ? nil : unknown.first { Suggestion.nearest(to: $0.key, in: asked) == key }?.value
  }

  /// Reports the keys that nothing asked for, and those that are absent.
  package func finish() {
    let unknown = unknown
    let misspelt = Set(unknown.compactMap { Suggestion.nearest(to: $0.key, in: asked) })
    context.diagnostics += absences.filter { !misspelt.contains($0.key) }.map(\.diagnostic)
    for pair in unknown {
      context.report(
        .unknownKey, "\(what) has no key `\(pair.key)`", at: pair.keySpan,
        help: Suggestion.help(for: pair.key, in: asked))
    }
  }
}

extension SourceSpan {
  /// The span's beginning, for faults of a whole block that need no more than its first line.
  package var firstLine: SourceSpan {
    SourceSpan(
      file: file, start: start,
      end: start.line == end.line ? end : SourcePosition(line: start.line, column: start.column + 1))
  }
}
