/// Writes JSON text; what may be written where is up to the caller.
public struct JSONWriter {
  /// The text so far.
  public private(set) var bytes: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0
  private var needsComma = false

  /// An empty text; a pretty one has a line for each member, indented by two spaces.
  public init(pretty: Bool = false) { isPretty = pretty }

  /// Writes a whole value.
  public mutating func write(_ value: JSONValue) {
    switch value {
    case .null: writeRaw("null")
    case .bool(let flag): writeRaw(flag ? "true" : "false")
    case .number(let number): if let whole = number.whole { write(whole) } else { writeRaw(number.text) }
    case .string(let text): write(text)
    case .array(let items):
      beginArray()
      if let integers = items.integers, !isPretty {
        Self.append(integers.cells, missing: integers.missing, to: &bytes)
      } else {
        for item in items { write(item) }
      }
      endArray(isEmpty: items.isEmpty)
    case .object(let object):
      beginObject()
      for (key, value) in object.members {
        writeKey(key)
        write(value)
      }
      endObject(isEmpty: object.count == 0)
    }
  }

  /// Opens an array.
  public mutating func beginArray() { begin(0x5B) }
  /// Closes an array.
  public mutating func endArray(isEmpty: Bool = false) { end(0x5D, isEmpty) }
  /// Opens an object.
  public mutating func beginObject() { begin(0x7B) }
  /// Closes an object.
  public mutating func endObject(isEmpty: Bool = false) { end(0x7D, isEmpty) }

  /// Writes the key of a member; its value must follow.
  public mutating func writeKey(_ key: String) {
    separate()
    quote(key)
    bytes.append(0x3A)
    if isPretty { bytes.append(0x20) }
    needsComma = false
  }

  /// Writes a string.
  public mutating func write(_ text: String) {
    separate(isKeyed: true)
    quote(text)
    needsComma = true
  }

  /// Writes a whole number.
  public mutating func write(_ number: Int64) {
    separate(isKeyed: true)
    Self.append(number, to: &bytes)
    needsComma = true
  }

  /// Writes text that is JSON already.
  public mutating func writeRaw(_ json: String) {
    separate(isKeyed: true)
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  private mutating func begin(_ bracket: UInt8) {
    separate(isKeyed: true)
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8, _ isEmpty: Bool) {
    depth -= 1
    if isPretty, !isEmpty { newLine() }
    bytes.append(bracket)
    needsComma = true
  }

  /// Puts what stands between two values; a value right after its key needs nothing.
  private mutating func separate(isKeyed: Bool = false) {
    if isKeyed, let last = bytes.last, last == 0x3A || (isPretty && last == 0x20) { return }
    if needsComma { bytes.append(0x2C) }
    if isPretty, depth > 0 { newLine() }
  }

  private mutating func newLine() {
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}

extension JSONValue {
  /// The value as JSON text, in UTF-8.
  public func bytes(pretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(self)
    return writer.bytes
  }

  /// The value as JSON text.
  public func text(pretty: Bool = false) -> String { String(decoding: bytes(pretty: pretty), as: UTF8.self) }
}
