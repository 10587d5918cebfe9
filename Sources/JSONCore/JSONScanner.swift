/// Reads JSON text by RFC 8259, strictly: no comments, no trailing commas, well-formed UTF-8 only.
struct JSONScanner {
  /// The byte that is looked at next.
  var index: Int
  private var depth = 0
  private let limits: JSONLimits

  init(limits: JSONLimits, from index: Int = 0) { (self.limits, self.index) = (limits, index) }

  mutating func document(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONValue {
    if bytes.count > limits.bytes { throw fault("the text is over \(limits.bytes) bytes") }
    let result = try value(bytes)
    skipSpace(bytes)
    if index < bytes.count { throw fault("something follows the value") }
    return result
  }

  func fault(_ message: String) -> JSONParsingError {
    JSONParsingError(offset: index, message: message)
  }

  mutating func skipSpace(_ bytes: Span<UInt8>) {
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      index += 1
    }
  }

  mutating func value(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONValue {
    skipSpace(bytes)
    guard index < bytes.count else { throw fault("the text ends where a value should be") }
    switch bytes[index] {
    case 0x22: return .string(try string(bytes))
    case 0x7B: return try object(bytes)
    case 0x5B: return try array(bytes)
    case 0x74: return try word("true", .bool(true), bytes)
    case 0x66: return try word("false", .bool(false), bytes)
    case 0x6E: return try word("null", .null, bytes)
    case 0x2D, 0x30...0x39: return .number(try number(bytes))
    default: throw fault("a value should be here")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue, _ bytes: Span<UInt8>
  ) throws(JSONParsingError) -> JSONValue {
    let count = word.utf8CodeUnitCount
    guard bytes.count - index >= count else { throw fault("a value should be here") }
    let matches = word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { letters[$0] == bytes[index + $0] }
    }
    guard matches else { throw fault("a value should be here") }
    index += count
    return value
  }

  private mutating func enter() throws(JSONParsingError) {
    depth += 1
    if depth > limits.depth { throw fault("nested more than \(limits.depth) deep") }
    index += 1
  }

  private mutating func array(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONValue {
    try enter()
    skipSpace(bytes)
    if index < bytes.count, bytes[index] == 0x5D {
      index += 1
      depth -= 1
      return .array([])
    }
    let (integers, isWhole) = wholeNumbers(bytes)
    if isWhole {
      depth -= 1
      return .array(integers)
    }
    var items = integers.values
    while true {
      items.append(try value(bytes))
      skipSpace(bytes)
      guard index < bytes.count else { throw fault("the text ends inside an array") }
      let byte = bytes[index]
      guard byte == 0x2C || byte == 0x5D else { throw fault("`,` or `]` should be here") }
      index += 1
      if byte == 0x5D { break }
    }
    depth -= 1
    return .array(items)
  }

  private mutating func object(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONValue {
    try enter()
    var object = JSONObject()
    skipSpace(bytes)
    if index < bytes.count, bytes[index] == 0x7D {
      index += 1
      depth -= 1
      return .object(object)
    }
    while true {
      skipSpace(bytes)
      guard index < bytes.count, bytes[index] == 0x22 else { throw fault("a key in quotes should be here") }
      let key = try string(bytes)
      skipSpace(bytes)
      guard index < bytes.count, bytes[index] == 0x3A else { throw fault("`:` should be here") }
      index += 1
      object[key] = try value(bytes)
      skipSpace(bytes)
      guard index < bytes.count else { throw fault("the text ends inside an object") }
      let byte = bytes[index]
      guard byte == 0x2C || byte == 0x7D else { throw fault("`,` or `}` should be here") }
      index += 1
      if byte == 0x7D { break }
    }
    depth -= 1
    return .object(object)
  }

  // MARK: Numbers

  /// The whole numbers of up to 18 digits and the nulls with which an array begins, and whether they are all of it;
  /// otherwise reading goes on with the first element that is something else.
  private mutating func wholeNumbers(_ bytes: Span<UInt8>) -> (JSONArray, isWhole: Bool) {
    var cells: [Int64] = []
    var missing: [Bool]?
    var place = index
    var start = place
    func skipSpace() {
      while place < bytes.count, bytes[place] <= 0x20,
        bytes[place] == 0x20 || bytes[place] == 0x0A || bytes[place] == 0x0D || bytes[place] == 0x09
      { place += 1 }
    }
    while true {
      start = place
      var cell: Int64 = 0
      var isNull = false
      let negative = place < bytes.count && bytes[place] == 0x2D
      if negative { place += 1 }
      let first = place
      while place < bytes.count, bytes[place] &- 0x30 < 10 {
        cell = cell &* 10 &+ Int64(bytes[place] &- 0x30)
        place += 1
      }
      let digits = place - first
      if digits == 0, !negative, bytes.count - place >= 4, bytes[place] == 0x6E, bytes[place + 1] == 0x75,
        bytes[place + 2] == 0x6C, bytes[place + 3] == 0x6C
      {
        isNull = true
        place += 4
      } else if digits == 0 || digits > 18 || (digits > 1 && bytes[first] == 0x30) || (negative && cell == 0)
      {
        break
      }
      skipSpace()
      guard place < bytes.count, bytes[place] == 0x2C || bytes[place] == 0x5D else { break }
      if isNull, missing == nil { missing = [Bool](repeating: false, count: cells.count) }
      cells.append(negative ? -cell : cell)
      missing?.append(isNull)
      place += 1
      if bytes[place - 1] == 0x5D {
        index = place
        return (JSONArray(integers: cells, missing: missing), true)
      }
      skipSpace()
    }
    index = start
    return (JSONArray(integers: cells, missing: missing), false)
  }

  private mutating func number(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONNumber {
    let start = index
    if let whole = try passNumber(bytes) { return JSONNumber(Int(whole)) }
    return JSONNumber(grammatical: text(bytes, start..<index))
  }

  /// Passes over a number; what it is, where it is whole and of at most 18 digits.
  mutating func passNumber(_ bytes: Span<UInt8>) throws(JSONParsingError) -> Int64? {
    let negative = bytes[index] == 0x2D
    if negative { index += 1 }
    let first = index
    var whole: Int64 = 0
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      whole = whole &* 10 &+ Int64(bytes[index] &- 0x30)
      index += 1
    }
    let count = index - first
    if count == 0 { throw fault("a digit should be here") }
    if count > 1, bytes[first] == 0x30 {
      throw JSONParsingError(offset: first, message: "a number begins with 0")
    }
    let isWhole = index >= bytes.count || (bytes[index] != 0x2E && bytes[index] | 0x20 != 0x65)
    if isWhole, count <= 18, !(negative && whole == 0) { return negative ? -whole : whole }
    if index < bytes.count, bytes[index] == 0x2E {
      index += 1
      try digits(bytes)
    }
    if index < bytes.count, bytes[index] | 0x20 == 0x65 {
      index += 1
      if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
      try digits(bytes)
    }
    return nil
  }

  private mutating func digits(_ bytes: Span<UInt8>) throws(JSONParsingError) {
    let start = index
    while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
    if index == start { throw fault("a digit should be here") }
  }

  // MARK: Strings

  private mutating func string(_ bytes: Span<UInt8>) throws(JSONParsingError) -> String {
    index += 1
    let start = index
    var isASCII = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        let range = start..<index
        let result = isASCII ? text(bytes, range) : try validated(bytes, range)
        index += 1
        return result
      }
      if byte == 0x5C { return try escapedString(bytes, start) }
      if byte < 0x20 { throw fault("a control character stands in a string") }
      isASCII = isASCII && byte < 0x80
      index += 1
    }
    throw fault("the text ends inside a string")
  }

  private mutating func escapedString(_ bytes: Span<UInt8>, _ start: Int) throws(JSONParsingError) -> String {
    let buffer = try unescaped(bytes, start)
    guard let result = String(validating: buffer, as: UTF8.self) else { throw fault("a string is not UTF-8") }
    index += 1
    return result
  }

  /// The bytes of the string that begins at `start`, behind its quote, with each escape as what it stands for.
  ///
  /// Nothing before `index` is an escape. The closing quote is looked at next.
  mutating func unescaped(_ bytes: Span<UInt8>, _ start: Int) throws(JSONParsingError) -> [UInt8] {
    var buffer: [UInt8] = []
    for place in start..<index { buffer.append(bytes[place]) }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 { return buffer }
      if byte < 0x20 { throw fault("a control character stands in a string") }
      index += 1
      if byte == 0x5C { try escape(bytes, &buffer) } else { buffer.append(byte) }
    }
    throw fault("the text ends inside a string")
  }

  private mutating func escape(_ bytes: Span<UInt8>, _ buffer: inout [UInt8]) throws(JSONParsingError) {
    guard index < bytes.count else { throw fault("the text ends inside a string") }
    let letter = bytes[index]
    index += 1
    switch letter {
    case 0x22, 0x5C, 0x2F: buffer.append(letter)
    case 0x62: buffer.append(0x08)
    case 0x66: buffer.append(0x0C)
    case 0x6E: buffer.append(0x0A)
    case 0x72: buffer.append(0x0D)
    case 0x74: buffer.append(0x09)
    case 0x75:
      var code = try hexadecimal(bytes)
      if (0xD800..<0xDC00).contains(code) {
        guard index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else {
          throw fault("half of a surrogate pair stands alone")
        }
        index += 2
        let low = try hexadecimal(bytes)
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair stands alone") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair stands alone") }
      buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default:
      index -= 1
      throw fault("an escape that JSON does not have")
    }
  }

  private mutating func hexadecimal(_ bytes: Span<UInt8>) throws(JSONParsingError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count else { throw fault("the text ends inside a string") }
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: throw fault("four hexadecimal digits should follow `\\u`")
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }

  private func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    String(unsafeUninitializedCapacity: range.count) { buffer in
      for (place, index) in range.enumerated() { buffer[place] = bytes[index] }
      return range.count
    }
  }

  private func validated(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONParsingError) -> String {
    let part = range.map { bytes[$0] }
    guard let text = String(validating: part, as: UTF8.self) else { throw fault("a string is not UTF-8") }
    return text
  }
}

extension JSONValue {
  /// The value that a JSON text stands for.
  public static func parse(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(JSONParsingError) -> JSONValue {
    var scanner = JSONScanner(limits: limits)
    return try scanner.document(bytes.span)
  }

  /// The value that a JSON text stands for.
  public init(parsing text: String) throws(JSONParsingError) { self = try Self.parse(Array(text.utf8)) }
}
