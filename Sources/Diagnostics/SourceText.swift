/// The text of a file, cut into lines for excerpts.
package struct SourceText: Sendable {
  package let file: String
  private let lines: [Substring]

  package init(file: String, text: String) {
    self.file = file
    var lines: [Substring] = []
    let bytes = text.utf8
    var (start, place) = (bytes.startIndex, bytes.startIndex)
    while place < bytes.endIndex {
      let byte = bytes[place]
      let end = place
      bytes.formIndex(after: &place)
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, place < bytes.endIndex, bytes[place] == 0x0A { bytes.formIndex(after: &place) }
      lines.append(text[start..<end])
      start = place
    }
    self.lines = lines + [text[start...]]
  }

  /// The line with this number, from 1, or nil past the end.
  package func line(_ number: Int) -> Substring? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }
}
