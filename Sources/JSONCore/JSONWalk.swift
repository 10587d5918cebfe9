/// Walks over the members of JSON objects and tells where their values stand, without making anything of them.
///
/// By the same grammar as `JSONValue.parse`, but that strings are not held to be UTF-8: whoever reads one does that.
package struct JSONWalk {
  /// A value, by where it stands in the text.
  package enum Value {
    case null
    case bool(Bool)
    /// The digits as they are written.
    case number(Range<Int>)
    /// What stands between the quotes, without an escape in it.
    case string(Range<Int>)
    /// A string in which escapes stood, with each as what it stands for.
    case unescaped([UInt8])
    case array
    case object
  }

  /// A key: what stands between its quotes.
  package enum Key {
    case bytes(Range<Int>)
    case unescaped([UInt8])
  }

  private var scanner: JSONScanner

  /// A walk that begins at a byte of the text.
  package init(from index: Int, depth: Int = 64) {
    scanner = JSONScanner(limits: JSONLimits(depth: depth, bytes: .max), from: index)
  }

  /// The byte that is looked at next.
  package var index: Int { scanner.index }

  /// The byte that stands behind any spaces, or nil at the end of the text.
  @inline(__always)
  package mutating func next(_ bytes: Span<UInt8>) -> UInt8? {
    scanner.skipSpace(bytes)
    return scanner.index < bytes.count ? bytes[scanner.index] : nil
  }

  /// What is wrong with the byte that is looked at.
  package func fault(_ message: String) -> JSONParsingError { scanner.fault(message) }

  /// Goes into the object that begins at the next byte, or tells what should stand there.
  package mutating func enter(_ bytes: Span<UInt8>) throws(JSONParsingError) {
    guard next(bytes) == 0x7B else { throw fault("an object, `{…}`, should be here") }
    scanner.index += 1
  }

  /// The next key of the object, past its colon; nil where the object ends, which is then behind.
  @inline(__always)
  package mutating func key(_ bytes: Span<UInt8>, isFirst: Bool) throws(JSONParsingError) -> Key? {
    guard var byte = next(bytes) else { throw fault("the text ends inside an object") }
    if byte == 0x7D {
      scanner.index += 1
      return nil
    }
    if !isFirst {
      guard byte == 0x2C else { throw fault("`,` or `}` should be here") }
      scanner.index += 1
      byte = next(bytes) ?? 0
    }
    guard byte == 0x22 else { throw fault("a key in quotes should be here") }
    let key: Key =
      switch try string(bytes) {
      case .unescaped(let bytes): .unescaped(bytes)
      case .string(let range): .bytes(range)
      default: .unescaped([])
      }
    guard next(bytes) == 0x3A else { throw fault("`:` should be here") }
    scanner.index += 1
    return key
  }

  /// Passes over the next value; of a list or an object no more is told than that it is one.
  @inline(__always)
  package mutating func value(_ bytes: Span<UInt8>) throws(JSONParsingError) -> Value {
    guard let byte = next(bytes) else { throw fault("the text ends where a value should be") }
    let start = scanner.index
    switch byte {
    case 0x22: return try string(bytes)
    case 0x2D, 0x30...0x39:
      _ = try scanner.passNumber(bytes)
      return .number(start..<scanner.index)
    default:
      switch try scanner.value(bytes) {
      case .null: return .null
      case .bool(let flag): return .bool(flag)
      case .array: return .array
      default: return .object
      }
    }
  }

  /// Tells of anything but spaces that stands behind the value.
  package mutating func end(_ bytes: Span<UInt8>) throws(JSONParsingError) {
    if next(bytes) != nil { throw fault("something follows the object") }
  }

  @inline(__always)
  private mutating func string(_ bytes: Span<UInt8>) throws(JSONParsingError) -> Value {
    let start = scanner.index + 1
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x22 {
        scanner.index = place + 1
        return .string(start..<place)
      }
      if byte == 0x5C || byte < 0x20 { break }
      place += 1
    }
    scanner.index = place
    let unescaped = try scanner.unescaped(bytes, start)
    scanner.index += 1
    return .unescaped(unescaped)
  }
}
