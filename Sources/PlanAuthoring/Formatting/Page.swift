/// The lines of a text, as scalars, so that columns are those of the reader.
struct Page {
  /// One line, without what ends it.
  struct Line {
    var scalars: [Unicode.Scalar]
    /// Whether the line is the inside of a text of several lines, whose blanks and `#` are its own.
    var isInside = false
    /// Where the line's comment begins, if it has one.
    var comment: Int?

    /// The column of the first character that is no space; nil in an empty line.
    var indent: Int? { scalars.firstIndex { $0 != " " } }
    var isBlank: Bool { !isInside && scalars.allSatisfy { $0 == " " || $0 == "\t" } }
    var isComment: Bool { comment != nil && comment == indent }
  }

  private(set) var lines: [Line]

  init(_ text: String) {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      Line(scalars: Array($0.last == "\r" ? $0.dropLast() : $0))
    }
    if lines.last?.scalars.isEmpty ?? false { lines.removeLast() }
    self.lines = lines
    for index in lines.indices { self.lines[index].comment = Self.comment(lines[index].scalars) }
  }

  subscript(_ number: Int) -> Line {
    get { lines[number - 1] }
    set { lines[number - 1] = newValue }
  }

  var numbers: ClosedRange<Int> { 1...max(1, lines.count) }

  /// All comments, in order, without the blanks around them.
  var comments: [String] {
    lines.compactMap { line in
      guard let start = line.comment else { return nil }
      var text = String(String.UnicodeScalarView(line.scalars[start...]))
      while text.last == " " || text.last == "\t" { text.removeLast() }
      return text
    }
  }

  var text: String {
    lines.map { String(String.UnicodeScalarView($0.scalars)) + "\n" }.joined()
  }

  /// Marks a line as the inside of a text: what looks like a comment in it is none.
  mutating func markInside(_ number: Int) {
    guard lines.indices.contains(number - 1) else { return }
    self[number].isInside = true
    self[number].comment = nil
  }

  /// Takes blanks from the ends of lines, all but one of several empty lines, and those at both ends of the page.
  mutating func tidyEnds() {
    for index in lines.indices where !lines[index].isInside {
      while let last = lines[index].scalars.last, last == " " || last == "\t" {
        lines[index].scalars.removeLast()
      }
    }
    var kept: [Line] = []
    for line in lines where !(line.isBlank && (kept.last?.isBlank ?? true)) { kept.append(line) }
    while kept.last?.isBlank ?? false { kept.removeLast() }
    lines = kept
  }

  /// The place of a `#` that begins a comment: outside quotes, and after a blank or at the beginning.
  private static func comment(_ line: [Unicode.Scalar]) -> Int? {
    var quote: Unicode.Scalar?
    var canOpen = true
    var place = 0
    while place < line.count {
      let scalar = line[place]
      if let open = quote {
        if open == "\"", scalar == "\\" { place += 1 } else if scalar == open { quote = nil }
      } else if canOpen, scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar == "#", place == 0 || line[place - 1] == " " || line[place - 1] == "\t" {
        return place
      }
      if scalar != " " { canOpen = "{[,:-".unicodeScalars.contains(scalar) }
      place += 1
    }
    return nil
  }
}
