/// Cuts a stream of bytes into messages: a value that is fed bytes and knows no streams.
///
/// The first byte that is no blank decides the framing: a letter begins a `Content-Length` header; anything
/// else begins messages of one line each.
public struct MessageFramer: Sendable {
  /// How messages are told apart.
  public enum Framing: Sendable, Hashable {
    /// One message a line.
    case lines
    /// A header with `Content-Length`, an empty line, the message.
    case headers
  }

  /// Why the stream cannot be cut.
  public enum Fault: Error, Sendable, Hashable {
    /// A message is longer than the limit; a line is skipped, a stream with headers has ended.
    case tooLarge
    /// A header block has no usable `Content-Length`; the stream cannot be read on.
    case badHeader(String)

    /// Whether later messages can still be read.
    public var isRecoverable: Bool { self == .tooLarge }
  }

  /// The framing, once known.
  public private(set) var framing: Framing?
  private let largest: Int
  private var buffer: [UInt8] = []
  // Bytes before `start` are used up; those before `scanned` hold no line end or header end.
  private var start = 0
  private var scanned = 0
  private var awaited: Int?
  private var isSkipping = false
  private static let largestHeader = 8 << 10

  /// A framer for messages of at most `largest` bytes; without `framing` the stream decides.
  public init(framing: Framing? = nil, largest: Int = 64 << 20) {
    self.framing = framing
    self.largest = largest
  }

  /// Takes in bytes from the stream.
  public mutating func append(_ bytes: some Collection<UInt8>) {
    if start > 0, start == buffer.count || start > 1 << 16 {
      buffer.removeSubrange(..<start)
      scanned -= start
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole message, or nil until more bytes come.
  public mutating func next() throws(Fault) -> [UInt8]? {
    if framing == nil {
      while start < buffer.count, Self.isBlank(buffer[start]) { start += 1 }
      scanned = max(scanned, start)
      guard start < buffer.count else { return nil }
      let byte = buffer[start] | 0x20
      framing = byte >= 0x61 && byte <= 0x7A ? .headers : .lines
    }
    return framing == .headers ? try nextByHeader() : try nextLine()
  }

  /// The bytes of a message as they go on a stream of this framing.
  public static func frame(_ message: consuming [UInt8], _ framing: Framing) -> [UInt8] {
    switch framing {
    case .lines:
      message.append(0x0A)
      return message
    case .headers: return Array("Content-Length: \(message.count)\r\n\r\n".utf8) + message
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func nextLine() throws(Fault) -> [UInt8]? {
    while true {
      guard let end = ByteStream.firstIndex(of: 0x0A, in: buffer, from: scanned) else {
        scanned = buffer.count
        if isSkipping { start = buffer.count }
        if buffer.count - start > largest {
          isSkipping = true
          start = buffer.count
          throw .tooLarge
        }
        return nil
      }
      let line = buffer[start..<end]
      start = end + 1
      scanned = start
      if isSkipping {
        isSkipping = false
        continue
      }
      if line.count > largest { throw .tooLarge }
      if !line.allSatisfy(Self.isBlank) { return Array(line) }
    }
  }

  private mutating func nextByHeader() throws(Fault) -> [UInt8]? {
    while awaited == nil {
      guard let end = buffer[scanned...].firstIndex(of: 0x0A) else {
        scanned = buffer.count
        if buffer.count - start > Self.largestHeader { throw .badHeader("the header is too long") }
        return nil
      }
      scanned = end + 1
      let lines = buffer[start..<end].split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { $0.last == 0x0D ? $0.dropLast() : $0 }
      guard lines.last?.isEmpty ?? true else { continue }
      start = end + 1
      let fields = lines.filter { !$0.isEmpty }
      if fields.isEmpty { continue }
      awaited = try Self.contentLength(fields)
    }
    guard let length = awaited else { return nil }
    if length > largest { throw .badHeader("a message of \(length) bytes is too large") }
    guard buffer.count - start >= length else {
      scanned = buffer.count
      return nil
    }
    let message = Array(buffer[start..<start + length])
    start += length
    scanned = start
    awaited = nil
    return message
  }

  private static func contentLength(_ fields: [ArraySlice<UInt8>]) throws(Fault) -> Int {
    for field in fields {
      let text = String(decoding: field, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":"), text[..<colon].lowercased() == "content-length" else {
        continue
      }
      let digits = text[text.index(after: colon)...].filter { $0 != " " && $0 != "\t" }
      guard let length = Int(digits), length >= 0 else { throw .badHeader("`\(text)` is not a length") }
      return length
    }
    throw .badHeader("the header has no Content-Length")
  }
}
