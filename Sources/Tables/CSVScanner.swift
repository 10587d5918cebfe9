/// Cuts RFC 4180 text into records and fields without copying.
///
/// Records end at LF, CRLF or CR LF inside no quotes; a field in double quotes may hold separators, newlines
/// and doubled quotes. A byte order mark at the start is skipped. Lines that are wholly empty are skipped.
struct CSVScanner {
  struct Field {
    var start: Int
    var end: Int
    /// Whether the field holds doubled quotes that must be halved.
    var hasDoubledQuotes: Bool
  }

  enum Fault: Error {
    /// A quote opened on this line is never closed.
    case unclosedQuote(line: Int)
    /// Text follows a closing quote, or a quote stands inside a bare field.
    case strayQuote(line: Int, field: Int)
  }

  private let separator: UInt8
  private var index: Int
  private var line = 1
  /// The line on which the record read last begins.
  private(set) var recordLine = 1

  init(_ bytes: Span<UInt8>, separator: UInt8 = 0x2C) {
    self.separator = separator
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    index = hasMark ? 3 : 0
  }

  /// Reads the next record into `fields`; false at the end of the text.
  mutating func next(_ bytes: Span<UInt8>, _ fields: inout [Field]) throws(Fault) -> Bool {
    fields.removeAll(keepingCapacity: true)
    skipEmptyLines(bytes)
    guard index < bytes.count else { return false }
    recordLine = line
    var fault: Fault?
    while true {
      if index < bytes.count, bytes[index] == 0x22 {
        try quoted(bytes, &fields, &fault)
      } else {
        bare(bytes, &fields, &fault)
      }
      guard index < bytes.count, bytes[index] == separator else { break }
      index += 1
    }
    endLine(bytes)
    if let fault { throw fault }
    return true
  }

  private mutating func bare(_ bytes: Span<UInt8>, _ fields: inout [Field], _ fault: inout Fault?) {
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == separator || byte == 0x0A || isReturn(bytes, index) { break }
      if byte == 0x22, fault == nil { fault = .strayQuote(line: line, field: fields.count) }
      index += 1
    }
    fields.append(Field(start: start, end: index, hasDoubledQuotes: false))
  }

  private mutating func quoted(
    _ bytes: Span<UInt8>, _ fields: inout [Field], _ fault: inout Fault?
  ) throws(Fault) {
    let opened = line
    index += 1
    var field = Field(start: index, end: index, hasDoubledQuotes: false)
    while true {
      guard index < bytes.count else { throw .unclosedQuote(line: opened) }
      if bytes[index] == 0x22 {
        guard index + 1 < bytes.count, bytes[index + 1] == 0x22 else { break }
        field.hasDoubledQuotes = true
        index += 1
      } else if bytes[index] == 0x0A {
        line += 1
      }
      index += 1
    }
    field.end = index
    index += 1
    if index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, !isReturn(bytes, index) {
      if fault == nil { fault = .strayQuote(line: line, field: fields.count) }
      while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A { index += 1 }
    }
    fields.append(field)
  }

  private func isReturn(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
    bytes[place] == 0x0D && (place + 1 == bytes.count || bytes[place + 1] == 0x0A)
  }

  private mutating func endLine(_ bytes: Span<UInt8>) {
    if index < bytes.count, bytes[index] == 0x0D { index += 1 }
    if index < bytes.count, bytes[index] == 0x0A {
      index += 1
      line += 1
    }
  }

  private mutating func skipEmptyLines(_ bytes: Span<UInt8>) {
    while index < bytes.count, bytes[index] == 0x0A || isReturn(bytes, index) { endLine(bytes) }
  }
}
