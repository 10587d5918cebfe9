/// Texts and bytes in quotes: plain, raw and with three quotes.
extension ExpressionLexer {
  struct QuotePrefix {
    var isRaw = false
    var isBytes = false
    var length = 0
  }

  /// The letters before a quote at this place; nil when none opens here.
  func quotePrefix() -> QuotePrefix? {
    var prefix = QuotePrefix()
    while let scalar = ahead(prefix.length) {
      switch scalar {
      case "\"", "'": return prefix
      case "r" where !prefix.isRaw, "R" where !prefix.isRaw: prefix.isRaw = true
      case "b" where !prefix.isBytes, "B" where !prefix.isBytes: prefix.isBytes = true
      default: return nil
      }
      prefix.length += 1
    }
    return nil
  }

  mutating func quoted(_ prefix: QuotePrefix) throws(Expression.Fault) -> Token {
    let start = index
    index += prefix.length
    let quote = scalars[index]
    let isTriple = ahead(1) == quote && ahead(2) == quote
    let width = isTriple ? 3 : 1
    index += width
    var text = String.UnicodeScalarView()
    var bytes: [UInt8] = []
    func add(_ scalar: Unicode.Scalar) {
      if prefix.isBytes { bytes += Array(String(scalar).utf8) } else { text.append(scalar) }
    }
    while let scalar = ahead(0) {
      if scalar == quote, !isTriple || (ahead(1) == quote && ahead(2) == quote) {
        index += width
        return prefix.isBytes ? .bytes(bytes) : .text(String(text))
      }
      if !isTriple, scalar == "\n" || scalar == "\r" { break }
      index += 1
      guard scalar == "\\" else {
        add(scalar)
        continue
      }
      guard let next = ahead(0) else { break }
      if prefix.isRaw {
        add(scalar)
        add(next)
        index += 1
        continue
      }
      let code = try escape()
      if prefix.isBytes {
        guard let byte = code.byte else {
          throw fault("`\\\(next)` has no meaning in bytes", from: index - 1)
        }
        bytes.append(byte)
      } else {
        add(code.scalar)
      }
    }
    throw fault("the quote opened here is never closed", from: start, length: index - start)
  }

  /// What the letters after a backslash stand for.
  private mutating func escape() throws(Expression.Fault) -> (scalar: Unicode.Scalar, byte: UInt8?) {
    let start = index - 1
    let letter = scalars[index]
    index += 1
    let plain: [Unicode.Scalar: UInt8] = [
      "n": 0x0A, "t": 0x09, "r": 0x0D, "a": 0x07, "b": 0x08, "f": 0x0C, "v": 0x0B, "\\": 0x5C, "?": 0x3F,
      "\"": 0x22, "'": 0x27, "`": 0x60,
    ]
    if let byte = plain[letter] { return (Unicode.Scalar(byte), byte) }
    let digits: (count: Int, radix: Int, first: Int)? =
      switch letter {
      case "x", "X": (2, 16, index)
      case "u": (4, 16, index)
      case "U": (8, 16, index)
      case "0"..."3": (3, 8, index - 1)
      default: nil
      }
    guard let digits else {
      throw fault("`\\\(letter)` is no escape", help: "write `\\\\` for a backslash", from: start, length: 2)
    }
    let end = digits.first + digits.count
    guard end <= scalars.count,
      let code = UInt32(String(String.UnicodeScalarView(scalars[digits.first..<end])), radix: digits.radix),
      let scalar = Unicode.Scalar(code)
    else { throw fault("`\\\(letter)` names no character", from: start, length: 2) }
    index = end
    return (scalar, letter == "u" || letter == "U" ? nil : UInt8(truncatingIfNeeded: code))
  }
}
