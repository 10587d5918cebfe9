import Glibc

/// Finds where text can be cut so that no record is torn.
struct RecordEnds {
  private let mask: ByteMask
  private let separator: UInt8
  /// Whether a record may go over several lines.
  private let hasQuotes: Bool

  /// Ends of the records of a CSV text.
  init(separator: UInt8) {
    mask = ByteMask(separator: separator)
    self.separator = separator
    hasQuotes = true
  }

  private init() {
    mask = ByteMask(separator: 0x0A)
    separator = 0x0A
    hasQuotes = false
  }

  /// Ends of records of one line each.
  static let lines = RecordEnds()

  /// Where the last whole record of the text ends, or nil when no record does; `start` begins a record.
  ///
  /// A quote opens a field only at its beginning: after a separator, a newline, or where the text begins.
  func last(_ text: RawSpan, _ start: Int, _ end: Int) -> Int? {
    guard hasQuotes, let first = firstQuote(text, start, end) else {
      return afterLastNewline(text, start, end)
    }
    var found: Int?
    var bareFrom = start
    var isQuoted = false
    var second = -1
    var block = first
    while block < end {
      var quotes = mask.quotes(text, block)
      while quotes != 0 {
        let at = block + quotes.trailingZeroBitCount
        quotes &= quotes - 1
        if at == second || at >= end { continue }
        if isQuoted {
          if at + 1 < end, RawText.byte(text, at + 1) == 0x22 {
            second = at + 1
          } else {
            isQuoted = false
            bareFrom = at + 1
          }
        } else if at == start || beginsField(RawText.byte(text, at - 1)) {
          found = afterLastNewline(text, bareFrom, at) ?? found
          isQuoted = true
        }
      }
      block += 64
    }
    return isQuoted ? found : afterLastNewline(text, bareFrom, end) ?? found
  }

  private func firstQuote(_ text: RawSpan, _ start: Int, _ end: Int) -> Int? {
    text.extracting(start..<end).withUnsafeBytes { bytes in
      guard let first = bytes.baseAddress, let found = memchr(first, 0x22, bytes.count) else { return nil }
      return start + (UnsafeRawPointer(found) - first)
    }
  }

  private func beginsField(_ before: UInt8) -> Bool { before == separator || before == 0x0A }

  private func afterLastNewline(_ text: RawSpan, _ start: Int, _ end: Int) -> Int? {
    var place = end
    while place > start {
      if RawText.byte(text, place - 1) == 0x0A { return place }
      place -= 1
    }
    return nil
  }
}
