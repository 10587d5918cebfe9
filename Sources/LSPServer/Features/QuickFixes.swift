import Diagnostics
import YAMLSource

/// A change of the text that mends a fault.
struct QuickFix {
  let title: String
  let range: TextRange
  let text: String
}

/// What mends a diagnostic, as far as its words say so.
struct QuickFixes {
  private(set) var fixes: [QuickFix] = []
  private let text: FixableText
  private let range: TextRange

  /// The fixes of a diagnostic that is shown at a range.
  init(_ diagnostic: Diagnostic, _ range: TextRange, _ text: FixableText) {
    (self.text, self.range) = (text, range)
    let help = diagnostic.help ?? ""
    if let match = help.firstMatch(of: #/^did you mean `([^`]+)`\?/#) {
      write(String(match.1), at: text.range(ofWordIn: diagnostic.message, within: range))
    } else if let match = help.firstMatch(of: #/`(.)` is a full-width character: write `(.)`( and a space)?/#)
    {
      let place = text.range(of: String(match.1), onLineOf: range)
      if let place { write(String(match.2) + (match.3 == nil ? "" : " "), at: place) }
    } else if case .source(let span)? = diagnostic.location {
      mend(diagnostic, help, span)
    }
  }

  private mutating func mend(_ diagnostic: Diagnostic, _ help: String, _ span: SourceSpan) {
    switch diagnostic.code {
    case .unstatedRule: state(diagnostic, help, span)
    case .missingKey: stateAny(Self.statements(help), span)
    case .yamlSyntax:
      if let match = help.firstMatch(of: #/^write `(\w+):`, if/#),
        let end = text.end(ofWord: String(match.1), from: range.start)
      {
        add("write `\(match.1):`", ":", at: end)
      }
    case .expressionSyntax, .expressionType:
      if let match = help.firstMatch(of: #/^write `([^`…]+)`$/#) {
        write(String(match.1), at: text.range(ofWordIn: diagnostic.message, within: range))
      }
    case .wrongValue, .wrongType, .moduleConfig, .currencyMismatch, .calendarEdge: writeAny(help, span)
    default: break
    }
  }

  // MARK: Values

  /// A value in the place of the faulty one, or of another that stands beside or around it: `method: whole-amount`.
  private mutating func writeAny(_ help: String, _ span: SourceSpan) {
    guard !help.contains("…"), let start = help.firstMatch(of: #/(?:^|[ :])write (?=`)/#)?.range.upperBound
    else { return }
    for word in Self.alternatives(help[start...]) {
      if let pair = Self.pair(word), !word.hasPrefix("{") {
        if let value = text.value(of: pair.key, around: span) {
          add("write `\(word)`", pair.value, at: value)
        }
      } else if !word.hasPrefix("- ") {
        write(word, at: range)
      }
    }
  }

  /// What is offered one beside the other: `a`, `b` of "`a`, or `b` if that is meant, as in `outputs`".
  private static func alternatives(_ help: Substring) -> [String] {
    guard let run = help.prefixMatch(of: #/`[^`]+`(?:(?:,| or|, or) `[^`]+`)*/#) else { return [] }
    return run.0.matches(of: #/`([^`]+)`/#).map { String($0.1) }
  }

  private mutating func write(_ word: String, at range: TextRange) { add("write `\(word)`", word, at: range) }

  private mutating func add(_ title: String, _ text: String, at range: TextRange) {
    fixes.append(QuickFix(title: title, range: range, text: text))
  }

  // MARK: Statements

  /// A statement of the rule that is not stated, with each of the words it may have.
  private mutating func state(_ diagnostic: Diagnostic, _ help: String, _ span: SourceSpan) {
    let quoted = diagnostic.message.matches(of: #/must state (?:its )?`([^`]+)`/#).map { String($0.1) }
    guard let key = quoted.first ?? Self.key(in: diagnostic.message) else { return }
    if let match = diagnostic.message.firstMatch(of: #/^the split of credit rule `([^`]+)` must state/#) {
      let values = help.matches(of: #/(\{[^}`]+\})/#).map { "\(key): \($0.1)" }
      return stateAny(values, in: ["credits", String(match.1), "split"])
    }
    if let match = help.firstMatch(of: #/^write `(\{[^`]+\})`/#) { return write(String(match.1), at: range) }
    let statements = Self.statements(help)
    let whole = statements.filter { $0.hasPrefix(key + ":") }
    if let first = whole.first {
      // `at: period` beside `round: {at: line}` is the same statement with another word in it.
      let variants = statements.filter { !whole.contains($0) }.compactMap { Self.variant(of: first, $0) }
      return stateAny(whole + variants, span)
    }
    var words = help.matches(of: #/`([^`]+)`/#).map { String($0.1) }.filter { !$0.contains(":") }
    if words.isEmpty { words = text.words(key, span) }
    stateAny(words.map { "\(key): \($0)" }, span)
  }

  /// The key that a module's message names first.
  private static func key(in message: String) -> String? {
    message.firstMatch(of: #/`([a-z_]+)`/#).map { String($0.1) }
  }

  /// The pairs that a help wants written: `sum: amount` and `count: lines` of "write `sum: amount` or `count: lines`".
  private static func statements(_ help: String) -> [String] {
    guard let start = help.firstMatch(of: #/(?:^|, and )write (?=`)/#)?.range.upperBound else { return [] }
    return help[start...].matches(of: #/`(\w+: [^`…]+)`/#).map { String($0.1) }
  }

  private static func variant(of statement: String, _ part: String) -> String? {
    guard let pair = pair(part), let key = try? Regex("\\b\(pair.key): [^,}]+"),
      statement.contains(key)
    else { return nil }
    return statement.replacing(key, with: part, maxReplacements: 1)
  }

  private static func pair(_ statement: String) -> (key: String, value: String)? {
    statement.firstMatch(of: #/^(\w+): (.+)$/#).map { (String($0.1), String($0.2)) }
  }

  private mutating func stateAny(_ statements: [String], _ span: SourceSpan) {
    for statement in statements {
      guard let pair = Self.pair(statement) else { continue }
      // Of several ways those that are there are not the ones to add.
      if statements.count > 1, text.has(pair.key, at: span) { continue }
      guard pair.value.contains("COLUMN") else {
        add(statement, text.insertion(pair, at: span))
        continue
      }
      for column in text.columns(around: span).prefix(8) {
        let filled = (key: pair.key, value: pair.value.replacing("COLUMN", with: column))
        add("\(filled.key): \(filled.value)", text.insertion(filled, at: span))
      }
    }
  }

  private mutating func stateAny(_ statements: [String], in path: [String]) {
    for statement in statements {
      if let pair = Self.pair(statement) { add(statement, text.insertion(pair, in: path)) }
    }
  }

  private mutating func add(_ statement: String, _ edit: (range: TextRange, text: String)?) {
    if let edit { add("state `\(statement)`", edit.text, at: edit.range) }
  }
}
