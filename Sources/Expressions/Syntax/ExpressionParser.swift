import Money

/// Reads the text of an expression into a tree, by the grammar of CEL.
package struct ExpressionParser {
  private var tokens: [ExpressionLexer.Placed]
  private var index = 0
  private var depth = 0
  /// How many levels of parts an expression may have.
  static let deepest = 100
  private static let longest = 20_000

  /// The tree of this text, or what is wrong with it.
  package static func parse(_ text: String) throws(Expression.Fault) -> Syntax {
    var lexer = ExpressionLexer(text)
    if lexer.scalars.count > longest {
      throw lexer.fault(
        "an expression may have \(longest) characters, this one has \(lexer.scalars.count)", from: 0)
    }
    var parser = ExpressionParser(tokens: try lexer.tokens())
    let root = try parser.expression()
    guard case .end = parser.token else { throw parser.unexpected("an operator or the end") }
    return root
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
      case .name(let word), .quotedName(let word): "`\(word)`"
      case .integer(let value): "`\(value)`"
      case .unsigned(let value): "`\(value)u`"
      case .number(let value): "`\(value)`"
      case .text(let text): "`\"\(text)\"`"
      case .bytes: "bytes"
      case .symbol(let symbol): "`\(symbol)`"
      }
    var help: String?
    if case .name(let word) = here.token {
      help = ["and": "write `&&`", "or": "write `||`", "not": "write `!`"][word.lowercased()]
    }
    return Expression.Fault(
      message: "expected \(wanted), found \(found)", help: help, offset: here.offset,
      length: max(1, here.length), isSyntax: true)
  }

  private func tooDeep() -> Expression.Fault {
    Expression.Fault(
      message: "the expression is nested more than \(Self.deepest) deep", help: nil,
      offset: tokens[index].offset, length: 1, isSyntax: true)
  }

  private func node(_ form: Syntax.Form, from start: Int) throws(Expression.Fault) -> Syntax {
    let first = tokens[start]
    let last = tokens[max(start, index - 1)]
    let node = Syntax(form, offset: first.offset, length: last.offset + last.length - first.offset)
    if node.height > Self.deepest { throw tooDeep() }
    return node
  }

  private mutating func expression() throws(Expression.Fault) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw tooDeep() }
    let start = index
    let condition = try disjunction()
    guard take("?") else { return condition }
    let then = try disjunction()
    try expect(":")
    let otherwise = try expression()
    return try node(.choose(condition, then: then, otherwise: otherwise), from: start)
  }

  private mutating func disjunction() throws(Expression.Fault) -> Syntax {
    let start = index
    var parts = [try conjunction()]
    while take("||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : try node(.or(parts), from: start)
  }

  private mutating func conjunction() throws(Expression.Fault) -> Syntax {
    let start = index
    var parts = [try relation()]
    while take("&&") { parts.append(try relation()) }
    return parts.count == 1 ? parts[0] : try node(.and(parts), from: start)
  }

  private mutating func relation() throws(Expression.Fault) -> Syntax {
    let start = index
    var left = try sum()
    while true {
      if case .symbol(let symbol) = token, let comparison = Expression.Comparison(rawValue: symbol) {
        index += 1
        let right = try sum()
        left = try node(.compare(comparison, left, right), from: start)
      } else if token == .name("in") {
        index += 1
        let list = try sum()
        left = try node(.member(left, in: list), from: start)
      } else {
        return left
      }
    }
  }

  private mutating func sum() throws(Expression.Fault) -> Syntax {
    let start = index
    var left = try product()
    while case .symbol(let symbol) = token, symbol == "+" || symbol == "-",
      let operation = Expression.Arithmetic(rawValue: symbol)
    {
      index += 1
      let right = try product()
      left = try node(.arithmetic(operation, left, right), from: start)
    }
    return left
  }

  private mutating func product() throws(Expression.Fault) -> Syntax {
    let start = index
    var left = try unary()
    while case .symbol(let symbol) = token, ["*", "/", "%"].contains(symbol),
      let operation = Expression.Arithmetic(rawValue: symbol)
    {
      index += 1
      let right = try unary()
      left = try node(.arithmetic(operation, left, right), from: start)
    }
    return left
  }

  private mutating func unary() throws(Expression.Fault) -> Syntax {
    let start = index
    var signs: [(symbol: String, place: Int)] = []
    while case .symbol(let symbol) = token, symbol == "!" || symbol == "-" {
      signs.append((symbol, index))
      index += 1
      if signs.count > Self.deepest { throw tooDeep() }
    }
    var value: Syntax
    if case .integer(let digits) = token, signs.last?.symbol == "-", let whole = Self.negative(digits) {
      signs.removeLast()
      index += 1
      value = try postfix(try node(.literal(.integer(whole)), from: index - 2), from: index - 2)
    } else {
      value = try postfix(try primary(), from: start + signs.count)
    }
    for sign in signs.reversed() {
      value = try node(sign.symbol == "!" ? .not(value) : .negate(value), from: sign.place)
    }
    return value
  }

  private static func negative(_ digits: UInt64) -> Int64? {
    digits == Int64.min.magnitude ? .min : Int64(exactly: digits).map { -$0 }
  }

  private mutating func postfix(_ first: Syntax, from start: Int) throws(Expression.Fault) -> Syntax {
    var value = first
    while true {
      if take(".") {
        let word: String
        switch token {
        case .name(let name), .quotedName(let name): word = name
        default: throw unexpected("a name")
        }
        index += 1
        if take("(") {
          let given = try arguments(closedBy: ")")
          value = try node(.method(value, word, given), from: start)
        } else {
          value = try node(.select(value, word), from: start)
        }
      } else if take("[") {
        let place = try expression()
        try expect("]")
        value = try node(.index(value, place), from: start)
      } else {
        return value
      }
    }
  }

  private mutating func primary() throws(Expression.Fault) -> Syntax {
    let start = index
    switch token {
    case .integer(let digits):
      guard let whole = Int64(exactly: digits) else { throw unexpected("a whole number of 64 bits") }
      return try literal(.integer(whole))
    case .unsigned(let value): return try literal(.unsigned(value))
    case .number(let value): return try literal(.number(value))
    case .text(let text): return try literal(.text(text))
    case .bytes(let bytes): return try literal(.bytes(bytes))
    case .symbol("("):
      index += 1
      let inner = try expression()
      try expect(")")
      return inner
    case .symbol("["):
      index += 1
      let items = try arguments(closedBy: "]")
      return try node(.list(items), from: start)
    case .symbol("{"):
      index += 1
      return try map(from: start)
    case .symbol("."):
      index += 1
      guard case .name(let word) = token else { throw unexpected("a name") }
      index += 1
      return try node(.rooted(word), from: start)
    case .quotedName(let word):
      index += 1
      return try node(.name(word), from: start)
    case .name(let word):
      switch word {
      case "true", "false": return try literal(.boolean(word == "true"))
      case "null": return try literal(.null)
      default: break
      }
      index += 1
      if take("(") {
        let given = try arguments(closedBy: ")")
        return try node(.call(word, given), from: start)
      }
      return try node(.name(word), from: start)
    default: throw unexpected("a value")
    }
  }

  private mutating func literal(_ value: Expression.Value) throws(Expression.Fault) -> Syntax {
    index += 1
    return try node(.literal(value), from: index - 1)
  }

  /// Parts between commas, up to the closing symbol; a comma may stand before it in a list.
  private mutating func arguments(closedBy symbol: String) throws(Expression.Fault) -> [Syntax] {
    var items: [Syntax] = []
    while !take(symbol) {
      if !items.isEmpty {
        try expect(",")
        if symbol == "]", take(symbol) { break }
      }
      items.append(try expression())
    }
    return items
  }

  private mutating func map(from start: Int) throws(Expression.Fault) -> Syntax {
    var entries: [(key: Syntax, value: Syntax)] = []
    while !take("}") {
      if !entries.isEmpty {
        try expect(",")
        if take("}") { break }
      }
      let key = try expression()
      try expect(":")
      entries.append((key, try expression()))
    }
    return try node(.map(entries), from: start)
  }
}
