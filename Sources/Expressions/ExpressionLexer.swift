import Money

/// Cuts the text of an expression into tokens.
struct ExpressionLexer {
  enum Token: Hashable {
    case name(String)
    case number(ExactDecimal)
    case text(String)
    case symbol(String)
    case end
  }

  struct Placed {
    let token: Token
    let offset: Int
    let length: Int
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func tokens() throws(Expression.Fault) -> [Placed] {
    var tokens: [Placed] = []
    while true {
      while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
      let start = index
      let token = try next()
      tokens.append(Placed(token: token, offset: start, length: index - start))
      if token == .end { return tokens }
    }
  }

  private mutating func next() throws(Expression.Fault) -> Token {
    guard index < scalars.count else { return .end }
    let scalar = scalars[index]
    if scalar.properties.isXIDStart || scalar == "_" { return .name(word()) }
    if ("0"..."9").contains(scalar) { return try number() }
    if scalar == "\"" || scalar == "'" { return try text(closedBy: scalar) }
    for symbol in ["==", "!=", "<=", ">=", "&&", "||"] where matches(symbol) {
      index += 2
      return .symbol(symbol)
    }
    if "<>!+-*/%()[],.?:".unicodeScalars.contains(scalar) {
      index += 1
      return .symbol(String(scalar))
    }
    let help: String? = scalar == "=" ? "write `==` to compare" : scalar == "&" ? "write `&&`" : nil
    throw Expression.Fault(
      message: "`\(scalar)` has no meaning here", help: help, offset: index, length: 1, isSyntax: true)
  }

  private func matches(_ symbol: String) -> Bool {
    scalars[index...].starts(with: symbol.unicodeScalars)
  }

  private mutating func word() -> String {
    let start = index
    while index < scalars.count, scalars[index].properties.isXIDContinue { index += 1 }
    return String(String.UnicodeScalarView(scalars[start..<index]))
  }

  private mutating func number() throws(Expression.Fault) -> Token {
    let start = index
    while index < scalars.count, ("0"..."9").contains(scalars[index]) || scalars[index] == "." { index += 1 }
    let digits = String(String.UnicodeScalarView(scalars[start..<index]))
    guard let value = ExactDecimal(digits) else {
      throw Expression.Fault(
        message: "`\(digits)` is not a number", help: nil, offset: start, length: index - start,
        isSyntax: true)
    }
    guard index < scalars.count, scalars[index] == "%" else { return .number(value) }
    index += 1
    return .number(ExactDecimal(coefficient: value.coefficient, scale: value.scale + 2))
  }

  private mutating func text(closedBy quote: Unicode.Scalar) throws(Expression.Fault) -> Token {
    let start = index
    index += 1
    var text = String.UnicodeScalarView()
    while index < scalars.count, scalars[index] != quote {
      if scalars[index] == "\\", index + 1 < scalars.count {
        index += 1
        let escapes: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "t": "\t", "r": "\r"]
        text.append(escapes[scalars[index]] ?? scalars[index])
      } else {
        text.append(scalars[index])
      }
      index += 1
    }
    guard index < scalars.count else {
      throw Expression.Fault(
        message: "the quote opened here is never closed", help: nil, offset: start, length: index - start,
        isSyntax: true)
    }
    index += 1
    return .text(String(text))
  }
}
