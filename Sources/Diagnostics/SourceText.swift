/// The text of a file, cut into lines for excerpts.
package struct SourceText: Sendable {
  package let file: String
  private let lines: [Substring]

  package init(file: String, text: String) {
    self.file = file
    lines = text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false)
  }

  /// The line with this number, from 1, or nil past the end.
  package func line(_ number: Int) -> Substring? {
    number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }
}
