/// Where in a plan someone types, told from the lines alone: what is half typed need not be YAML.
struct CursorPlace {
  /// What a cursor stands in.
  enum Spot { case key, value }

  /// The keys around the cursor, the outermost first; an item of a list is `0`.
  private(set) var path: [String] = []
  private(set) var spot = Spot.key
  /// The key whose value is typed.
  private(set) var key: String?
  /// What is typed so far.
  private(set) var prefix = ""
  /// The keys that stand beside the one that is typed.
  private(set) var siblings: Set<String> = []
  /// The column at which keys of this mapping begin.
  private(set) var column = 0

  /// The start of a line: a dash of a list, or a key.
  private struct Head {
    let column: Int
    /// Nil for a dash.
    let key: String?
    /// The place behind it.
    let end: Int
  }

  private let document: TextDocument

  /// The place of a byte of the text; nil inside a comment.
  init?(_ document: TextDocument, offset: Int) {
    self.document = document
    let number = document.lineNumber(of: offset)
    let line = document.line(number)
    let before = Array(line[..<min(max(offset, line.startIndex), line.endIndex)])
    if Self.hasComment(before) { return nil }
    let heads = Self.heads(before)
    let last: Head? = heads.last
    let start: Int = last.map(\.end) ?? Self.firstWord(before, from: 0)
    let rest = Array(before[min(start, before.count)...])
    if let key = last?.key, let last {
      path = ancestors(above: number, heads.dropLast(), column: last.column) + [key]
      (self.key, spot, column) = (key, .value, last.column)
      if Self.isFlow(rest) {
        enterFlow(rest)
      } else {
        prefix = String(decoding: rest.drop { $0 == 0x20 }, as: UTF8.self)
      }
    } else {
      column = Self.firstWord(before, from: start)
      path = ancestors(above: number, heads[...], column: column)
      if Self.isFlow(rest) {
        enterFlow(rest)
      } else {
        prefix = String(decoding: rest.drop { $0 == 0x20 }, as: UTF8.self)
        siblings = keysBeside(number, column)
      }
    }
  }

  // MARK: Lines

  private static func hasComment(_ line: [UInt8]) -> Bool {
    var quote: UInt8?
    for (place, byte) in line.enumerated() {
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x23, place == 0 || line[place - 1] == 0x20 || line[place - 1] == 0x09 {
        return true
      }
    }
    return false
  }

  private static func firstWord(_ line: [UInt8], from start: Int) -> Int {
    var place = start
    while place < line.count, line[place] == 0x20 { place += 1 }
    return place
  }

  /// The dashes and the key that a line begins with.
  private static func heads(_ line: [UInt8]) -> [Head] {
    var heads: [Head] = []
    var place = firstWord(line, from: 0)
    while place < line.count, line[place] == 0x2D, place + 1 == line.count || line[place + 1] == 0x20 {
      heads.append(Head(column: place, key: nil, end: place + 1))
      place = firstWord(line, from: place + 1)
    }
    let start = place
    guard place < line.count, !"{[#\"'|>&*!".utf8.contains(line[place]) else { return heads }
    while place < line.count {
      if line[place] == 0x3A, place + 1 == line.count || line[place + 1] == 0x20 {
        heads.append(
          Head(
            column: start, key: String(decoding: line[start..<place], as: UTF8.self), end: place + 1))
        break
      }
      if "{[,\"".utf8.contains(line[place]) { break }
      place += 1
    }
    return heads
  }

  /// The keys and dashes around a column, from its own line upward.
  private func ancestors(above number: Int, _ own: ArraySlice<Head>, column: Int) -> [String] {
    var path: [String] = []
    // A list may begin in the column of the key that it belongs to.
    var (keys, dashes) = (column, column)
    func take(_ heads: some Collection<Head>) {
      for head in Array(heads).reversed() {
        if let key = head.key, head.column < keys {
          path.insert(key, at: 0)
          (keys, dashes) = (head.column, head.column)
        } else if head.key == nil, head.column < dashes {
          path.insert("0", at: 0)
          (keys, dashes) = (head.column + 1, head.column)
        }
      }
    }
    take(own)
    var line = number - 1
    while line >= 0, keys > 0 {
      let bytes = Array(document.line(line))
      if let first = bytes.first(where: { $0 != 0x20 }), first != 0x23 { take(Self.heads(bytes)) }
      line -= 1
    }
    return path
  }

  /// The keys in a column of the same block as a line.
  private func keysBeside(_ number: Int, _ column: Int) -> Set<String> {
    var keys: Set<String> = []
    func look(_ lines: some Sequence<Int>) {
      for line in lines {
        let bytes = Array(document.line(line))
        guard let first = bytes.first(where: { $0 != 0x20 }), first != 0x23 else { continue }
        let heads = Self.heads(bytes)
        let indent = bytes.prefix { $0 == 0x20 }.count
        if let head = heads.last, let key = head.key, head.column == column { keys.insert(key) }
        if indent < column { return }
      }
    }
    look(stride(from: number - 1, through: 0, by: -1))
    look((number + 1)..<max(number + 1, document.lineCount))
    // A dash begins another item, whose keys are not beside these.
    return keys
  }

  // MARK: Braces

  private static func isFlow(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first(where: { $0 != 0x20 }) else { return false }
    return first == 0x7B || first == 0x5B
  }

  /// Walks into the braces and brackets before the cursor.
  private mutating func enterFlow(_ bytes: [UInt8]) {
    var levels: [(isMapping: Bool, key: String?, keys: Set<String>)] = []
    var word: [UInt8] = []
    var quote: UInt8?
    for byte in bytes {
      if let open = quote {
        word.append(byte)
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case 0x22, 0x27:
        quote = byte
        word.append(byte)
      case 0x7B, 0x5B:
        levels.append((byte == 0x7B, nil, []))
        word = []
      case 0x7D, 0x5D:
        _ = levels.popLast()
        word = []
      case 0x2C where !levels.isEmpty:
        levels[levels.count - 1].key = nil
        word = []
      case 0x3A where levels.last?.isMapping == true && levels.last?.key == nil:
        let key = Self.trimmed(word)
        levels[levels.count - 1].key = key
        levels[levels.count - 1].keys.insert(key)
        word = []
      default: word.append(byte)
      }
    }
    for level in levels {
      if !level.isMapping { path.append("0") } else if let key = level.key { path.append(key) }
    }
    prefix = Self.trimmed(word, onlyStart: true)
    guard let last = levels.last else { return }
    if last.isMapping, last.key == nil {
      (spot, key, siblings) = (.key, nil, last.keys)
    } else {
      (spot, key) = (.value, last.key ?? key)
      siblings = last.keys
    }
  }

  private static func trimmed(_ bytes: [UInt8], onlyStart: Bool = false) -> String {
    var rest = bytes.drop { $0 == 0x20 }
    while !onlyStart, rest.last == 0x20 { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}
