import Diagnostics

/// A text that is edited: its bytes and where its lines begin.
///
/// A value that knows no protocol.
///
/// - Invariant: the bytes are valid UTF-8, and `lineStarts` ascends from 0.
struct TextDocument: Sendable {
  private(set) var bytes: [UInt8]
  /// The place of each line's first byte; lines end with `\n`, `\r\n` or `\r`.
  private(set) var lineStarts: [Int]
  /// The same with libyaml's further line ends, where there are any.
  private var rareLineStarts: [Int]?

  init(_ text: String) {
    bytes = Array(text.utf8)
    lineStarts = Self.lineStarts(bytes)
    rareLineStarts = Self.rareLineStarts(bytes)
  }

  var lineCount: Int { lineStarts.count }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Puts a text in the place of a stretch; places outside the text count as the nearest ones inside.
  mutating func replace(_ range: TextRange, with text: String, _ encoding: PositionEncoding) {
    let first = offset(of: range.start, encoding)
    let last = offset(of: range.end, encoding)
    bytes.replaceSubrange(min(first, last)..<max(first, last), with: text.utf8)
    lineStarts = Self.lineStarts(bytes)
    rareLineStarts = Self.rareLineStarts(bytes)
  }

  /// The bytes of a line without its end; empty past the last line.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 0, number < lineCount else { return [] }
    var end = number + 1 < lineCount ? lineStarts[number + 1] : bytes.count
    let start = lineStarts[number]
    if number + 1 < lineCount {
      end -= 1
      if end > start, bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
    }
    return bytes[start..<end]
  }

  /// The line as a text.
  func lineText(_ number: Int) -> String { String(decoding: line(number), as: UTF8.self) }

  /// The place of a position's byte: past the end of a line its end, past the last line the end of the text, inside a
  /// character its beginning.
  func offset(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
    if position.line < 0 { return 0 }
    if position.line >= lineCount { return bytes.count }
    let line = line(position.line)
    var place = line.startIndex
    var units = 0
    while place < line.endIndex {
      units += encoding.units(lead: bytes[place])
      if units > position.character { return place }
      place += PositionEncoding.width(lead: bytes[place])
    }
    return line.endIndex
  }

  /// The position of a byte; one in the end of a line counts as that line's last place.
  func position(of offset: Int, _ encoding: PositionEncoding) -> TextPosition {
    let offset = min(max(offset, 0), bytes.count)
    let number = lineNumber(of: offset)
    var place = lineStarts[number]
    let end = min(offset, line(number).endIndex)
    var character = 0
    while place < end {
      let width = PositionEncoding.width(lead: bytes[place])
      if place + width > end { break }
      character += encoding.units(lead: bytes[place])
      place += width
    }
    return TextPosition(line: number, character: character)
  }

  /// The last place of a line.
  func end(ofLine number: Int, _ encoding: PositionEncoding) -> TextPosition {
    position(of: line(number).endIndex, encoding)
  }

  /// The number of the line that holds a byte.
  func lineNumber(of offset: Int) -> Int { Self.lineNumber(of: offset, in: lineStarts) }

  private static func lineNumber(of offset: Int, in starts: [Int]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  // MARK: Places as diagnostics count them

  /// The byte at which a position of a diagnostic lies.
  ///
  /// Diagnostics count lines as libyaml does, which also ends them at U+0085, U+2028 and U+2029, and do not count a
  /// byte order mark.
  func offset(of position: SourcePosition) -> Int {
    let starts = rareLineStarts ?? lineStarts
    if position.line < 1 { return 0 }
    guard position.line <= starts.count else { return bytes.count }
    var place = starts[position.line - 1]
    let end = position.line < starts.count ? starts[position.line] : bytes.count
    if position.line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place += 3 }
    var left = position.column - 1
    while left > 0, place < end, bytes[place] != 0x0A, bytes[place] != 0x0D {
      place += PositionEncoding.width(lead: bytes[place])
      left -= 1
    }
    return min(place, bytes.count)
  }

  /// The position of a byte as diagnostics count it.
  func sourcePosition(of offset: Int) -> SourcePosition {
    let starts = rareLineStarts ?? lineStarts
    let line = Self.lineNumber(of: offset, in: starts)
    var start = starts[line]
    if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    let column = start < offset ? bytes[start..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 } : 0
    return SourcePosition(line: line + 1, column: column + 1)
  }

  /// The position of a place of the protocol as diagnostics count it.
  func sourcePosition(_ position: TextPosition, _ encoding: PositionEncoding) -> SourcePosition {
    sourcePosition(of: offset(of: position, encoding))
  }

  /// The stretch of a diagnostic; an empty one is widened to the word, or the character, behind it.
  func range(of span: SourceSpan, _ encoding: PositionEncoding) -> TextRange {
    let start = offset(of: span.start)
    var end = max(start, offset(of: span.end))
    if end == start {
      let line = line(lineNumber(of: start))
      while end < line.endIndex, Self.isWord(bytes[end]) { end += 1 }
      if end == start, start < line.endIndex { end += PositionEncoding.width(lead: bytes[start]) }
    }
    return TextRange(start: position(of: start, encoding), end: position(of: end, encoding))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 0x5F || byte == 0x2D || (0x30...0x39).contains(byte)
      || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func rareLineStarts(_ bytes: [UInt8]) -> [Int]? {
    if bytes.allSatisfy({ $0 < 0x80 }) { return nil }
    let hasAny = bytes.indices.contains { rareLineEnd(bytes, $0) > 0 }
    return hasAny ? lineStarts(bytes, rareEnds: true) : nil
  }

  /// The length of one of libyaml's further line ends at a place, or 0.
  private static func rareLineEnd(_ bytes: [UInt8], _ place: Int) -> Int {
    if bytes[place] == 0xC2, place + 1 < bytes.count, bytes[place + 1] == 0x85 { return 2 }
    let isThree =
      bytes[place] == 0xE2 && place + 2 < bytes.count && bytes[place + 1] == 0x80
      && bytes[place + 2] & 0xFE == 0xA8
    return isThree ? 3 : 0
  }

  private static func lineStarts(_ bytes: [UInt8], rareEnds: Bool = false) -> [Int] {
    var starts = [0]
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
      if byte == 0x0A || byte == 0x0D {
        starts.append(place)
      } else if rareEnds {
        let length = rareLineEnd(bytes, place - 1)
        if length > 0 {
          place += length - 1
          starts.append(place)
        }
      }
    }
    return starts
  }
}
