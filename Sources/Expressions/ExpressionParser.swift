import Money
import PlanCalendar

/// Reads the text of an expression into a tree, by the precedence of CEL.
package struct ExpressionParser {
  private var tokens: [ExpressionLexer.Placed]
  private var index = 0
  private var depth = 0
  private static let deepest = 64

  /// The expression with this text, or what is wrong with it.
  package static func parse(_ text: String) throws(Expression.Fault) -> Expression {
    var lexer = ExpressionLexer(text)
    var parser = ExpressionParser(tokens: try lexer.tokens())
    let root = try parser.expression()
    guard case .end = parser.token else { throw parser.unexpected("an operator or the end") }
    return Expression(text: text, root: root)
  }

  private init(tokens: [ExpressionLexer.Placed]) { self.tokens = tokens }

  private var token: ExpressionLexer.Token { tokens[index].token }

  private mutating func take(_ symbol: String) -> Bool {
    guard token == .symbol(symbol) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ symbol: String) throws(Expression.Fault) {
    if !take(symbol) { throw unexpected("`\(symbol)`") }
  }

  private func unexpected(_ wanted: String) -> Expression.Fault {
    let here = tokens[index]
    let found =
      switch here.token {
      case .end: "the end"
      case .name(let word): "`\(word)`"
      case .number(let value): "`\(value)`"
      case .text(let text): "`\"\(text)\"`"
      case .symbol(let symbol): "`\(symbol)`"
      }
    var help: String?
    if case .name(let word) = here.token {
      help = ["and": "write `&&`", "or": "write `||`", "not": "write `!`"][word.lowercased()]
    }
    return Expression.Fault(
      message: "expected \(wanted), found \(found)", help: help, offset: here.offset,
      length: max(1, here.length),
      isSyntax: true)
  }

  private func node(_ form: Expression.Form, from start: Int) -> Expression.Node {
    let first = tokens[start]
    let last = tokens[max(start, index - 1)]
    return Expression.Node(form: form, offset: first.offset, length: last.offset + last.length - first.offset)
  }

  private mutating func expression() throws(Expression.Fault) -> Expression.Node {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      throw Expression.Fault(
        message: "the expression is nested more than \(Self.deepest) deep", help: nil,
        offset: tokens[index].offset, length: 1, isSyntax: true)
    }
    let start = index
    let condition = try disjunction()
    guard take("?") else { return condition }
    let then = try expression()
    try expect(":")
    return node(.choose(condition, then: then, otherwise: try expression()), from: start)
  }

  private mutating func disjunction() throws(Expression.Fault) -> Expression.Node {
    let start = index
    var left = try conjunction()
    while take("||") { left = node(.or(left, try conjunction()), from: start) }
    return left
  }

  private mutating func conjunction() throws(Expression.Fault) -> Expression.Node {
    let start = index
    var left = try relation()
    while take("&&") { left = node(.and(left, try relation()), from: start) }
    return left
  }

  private mutating func relation() throws(Expression.Fault) -> Expression.Node {
    let start = index
    let left = try sum()
    if case .symbol(let symbol) = token, let comparison = Expression.Comparison(rawValue: symbol) {
      index += 1
      return node(.compare(comparison, left, try sum()), from: start)
    }
    if token == .name("in") {
      index += 1
      return node(.member(left, in: try sum()), from: start)
    }
    return left
  }

  private mutating func sum() throws(Expression.Fault) -> Expression.Node {
    let start = index
    var left = try product()
    while case .symbol(let symbol) = token, symbol == "+" || symbol == "-",
      let operation = Expression.Arithmetic(rawValue: symbol)
    {
      index += 1
      left = node(.arithmetic(operation, left, try product()), from: start)
    }
    return left
  }

  private mutating func product() throws(Expression.Fault) -> Expression.Node {
    let start = index
    var left = try unary()
    while take("*") { left = node(.arithmetic(.multiply, left, try unary()), from: start) }
    return left
  }

  private mutating func unary() throws(Expression.Fault) -> Expression.Node {
    let start = index
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw unexpected("a shorter expression") }
    if take("!") { return node(.not(try unary()), from: start) }
    if take("-") { return node(.negate(try unary()), from: start) }
    return try postfix()
  }

  private mutating func postfix() throws(Expression.Fault) -> Expression.Node {
    let start = index
    var value = try primary()
    while take(".") {
      guard case .name(let word) = token else { throw unexpected("a name") }
      index += 1
      if let test = Expression.TextTest(rawValue: word), take("(") {
        let argument = try expression()
        try expect(")")
        value = node(.textTest(test, value, argument), from: start)
      } else if case .name(let parts) = value.form, token != .symbol("(") {
        value = node(.name(parts + [word]), from: start)
      } else {
        index -= 1
        throw unexpected("one of `startsWith(…)`, `endsWith(…)`, `contains(…)`")
      }
    }
    return value
  }

  private mutating func primary() throws(Expression.Fault) -> Expression.Node {
    let start = index
    switch token {
    case .number(let value):
      index += 1
      return node(.literal(.number(value)), from: start)
    case .text(let text):
      index += 1
      return node(.literal(.text(text)), from: start)
    case .symbol("("):
      index += 1
      let inner = try expression()
      try expect(")")
      return node(inner.form, from: start)
    case .symbol("["):
      index += 1
      return try list(from: start)
    case .name(let word):
      index += 1
      return try named(word, from: start)
    default: throw unexpected("a value")
    }
  }

  private mutating func list(from start: Int) throws(Expression.Fault) -> Expression.Node {
    var items: [Expression.Node] = []
    while !take("]") {
      if !items.isEmpty { try expect(",") }
      items.append(try expression())
    }
    return node(.list(items), from: start)
  }

  private mutating func named(_ word: String, from start: Int) throws(Expression.Fault) -> Expression.Node {
    switch word {
    case "true", "false": return node(.literal(.boolean(word == "true")), from: start)
    case "null": return node(.literal(.null), from: start)
    case "has" where token == .symbol("("):
      index += 1
      let inner = try expression()
      try expect(")")
      return node(.has(inner), from: start)
    case "date" where token == .symbol("("):
      index += 1
      guard case .text(let text) = token, let date = CalendarDate(text) else {
        throw unexpected("a day in quotes, like `\"2026-03-31\"`")
      }
      index += 1
      try expect(")")
      return node(.literal(.date(date)), from: start)
    default: return node(.name([word]), from: start)
    }
  }
}
