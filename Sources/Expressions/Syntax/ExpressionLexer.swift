import Money

/// Cuts the text of an expression into tokens.
struct ExpressionLexer {
  enum Token: Equatable {
    case name(String)
    /// A name in backticks, which is never a word of the language.
    case quotedName(String)
    case integer(UInt64)
    case unsigned(UInt64)
    case number(ExactDecimal)
    case text(String)
    case bytes([UInt8])
    case symbol(String)
    case end
  }

  struct Placed {
    let token: Token
    let offset: Int
    let length: Int
  }

  let scalars: [Unicode.Scalar]
  var index = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func tokens() throws(Expression.Fault) -> [Placed] {
    var tokens: [Placed] = []
    while true {
      skipSpace()
      let start = index
      let token = try next()
      tokens.append(Placed(token: token, offset: start, length: index - start))
      if token == .end { return tokens }
    }
  }

  func fault(_ message: String, help: String? = nil, from start: Int, length: Int = 1) -> Expression.Fault {
    Expression.Fault(message: message, help: help, offset: start, length: max(1, length), isSyntax: true)
  }

  /// The scalar so many places ahead; nil past the end.
  func ahead(_ count: Int) -> Unicode.Scalar? {
    index + count < scalars.count ? scalars[index + count] : nil
  }

  private mutating func skipSpace() {
    while let scalar = ahead(0) {
      if scalar == "/", ahead(1) == "/" {
        while let other = ahead(0), other != "\n" { index += 1 }
      } else if scalar.properties.isWhitespace {
        index += 1
      } else {
        return
      }
    }
  }

  private mutating func next() throws(Expression.Fault) -> Token {
    guard let scalar = ahead(0) else { return .end }
    if let prefix = quotePrefix() { return try quoted(prefix) }
    if scalar.properties.isXIDStart || scalar == "_" { return .name(word()) }
    if scalar == "`" { return try quotedName() }
    if isDigit(scalar) || (scalar == "." && ahead(1).map(isDigit) ?? false) { return try number() }
    for symbol in ["==", "!=", "<=", ">=", "&&", "||"]
    where scalars[index...].starts(with: symbol.unicodeScalars) {
      index += 2
      return .symbol(symbol)
    }
    if "<>!+-*/%()[]{},.?:".unicodeScalars.contains(scalar) {
      index += 1
      return .symbol(String(scalar))
    }
    let help: String? =
      switch scalar {
      case "=": "write `==` to compare"
      case "&": "write `&&`"
      case "|": "write `||`"
      default: nil
      }
    throw fault("`\(scalar)` has no meaning here", help: help, from: index)
  }

  private mutating func word() -> String {
    let start = index
    while let scalar = ahead(0), scalar.properties.isXIDContinue { index += 1 }
    return String(String.UnicodeScalarView(scalars[start..<index]))
  }

  private mutating func quotedName() throws(Expression.Fault) -> Token {
    let start = index
    index += 1
    while let scalar = ahead(0), scalar != "`" { index += 1 }
    guard index < scalars.count, index > start + 1 else {
      throw fault("the name in backticks is never closed, or empty", from: start, length: index - start)
    }
    index += 1
    return .quotedName(String(String.UnicodeScalarView(scalars[(start + 1)..<(index - 1)])))
  }

  // MARK: numbers

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private mutating func number() throws(Expression.Fault) -> Token {
    let start = index
    if ahead(0) == "0", ahead(1) == "x" || ahead(1) == "X" { return try hexadecimal() }
    while let scalar = ahead(0), isDigit(scalar) || scalar == "." { index += 1 }
    if ahead(0) == "e" || ahead(0) == "E" {
      let sign = ahead(1) == "+" || ahead(1) == "-" ? 1 : 0
      if ahead(1 + sign).map(isDigit) ?? false {
        index += 1 + sign
        while let scalar = ahead(0), isDigit(scalar) { index += 1 }
      }
    }
    let digits = String(String.UnicodeScalarView(scalars[start..<index]))
    let isWhole = !digits.contains { ".eE".contains($0) }
    if ahead(0) == "u" || ahead(0) == "U" {
      guard isWhole, let value = UInt64(digits) else {
        throw fault("`\(digits)u` is no whole number of 64 bits", from: start, length: index - start + 1)
      }
      index += 1
      return .unsigned(value)
    }
    guard let value = ExactDecimal(digits), !digits.hasSuffix(".") else {
      throw fault("`\(digits)` is not a number", from: start, length: index - start)
    }
    if isPercentage() {
      index += 1
      return .number(ExactDecimal(coefficient: value.coefficient, scale: value.scale + 2))
    }
    guard isWhole else { return .number(value) }
    guard let whole = UInt64(digits) else {
      throw fault(
        "`\(digits)` is too large for a whole number", help: "write `\(digits).0`", from: start,
        length: index - start)
    }
    return .integer(whole)
  }

  /// Whether the `%` at a number makes it a percentage: nothing follows that could be divided by.
  private func isPercentage() -> Bool {
    guard ahead(0) == "%" else { return false }
    var place = index + 1
    while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
    guard place < scalars.count else { return true }
    let scalar = scalars[place]
    if scalar == "i", scalars[place...].starts(with: "in".unicodeScalars) {
      return place + 2 >= scalars.count || !scalars[place + 2].properties.isXIDContinue
    }
    return !(scalar.properties.isXIDContinue || "(`'\"".unicodeScalars.contains(scalar))
  }

  private mutating func hexadecimal() throws(Expression.Fault) -> Token {
    let start = index
    index += 2
    while let scalar = ahead(0), scalar.properties.isASCIIHexDigit { index += 1 }
    let digits = String(String.UnicodeScalarView(scalars[(start + 2)..<index]))
    guard let value = UInt64(digits, radix: 16) else {
      throw fault("`0x\(digits)` is no whole number of 64 bits", from: start, length: index - start)
    }
    guard ahead(0) == "u" || ahead(0) == "U" else { return .integer(value) }
    index += 1
    return .unsigned(value)
  }
}
