package import Diagnostics
import SystemIO
import YAMLSource

/// Puts a plan's text into the one form: indented by two spaces a level, single spaces, no blanks at ends of lines.
///
/// Every comment stays with its line, and no value changes: the text that comes out is read again, and refused if it
/// says anything else.
package enum PlanFormatter {
  /// The formatted text of a file, or what keeps it from being formatted.
  package static func formatted(_ bytes: [UInt8], file: String) -> Result<[UInt8], FormatFaults> {
    let document = YAMLReader.read(bytes, file: file)
    guard let root = document.root, !document.diagnostics.hasErrors else {
      return .failure(FormatFaults(diagnostics: document.diagnostics, source: document.source))
    }
    if !hasPlainLines(text(bytes)) { return .failure(unformattable(file, document.source)) }
    var layout = Layout(Page(text(bytes)))
    layout.place(root)
    var page = layout.page
    page.tidyEnds()
    let result = Array(page.text.utf8)
    let again = YAMLReader.read(result, file: file)
    guard let other = again.root, !again.diagnostics.hasErrors, SameContent.holds(root, other),
      Page(page.text).comments == Page(text(bytes)).comments
    else {
      return .failure(unformattable(file, document.source))
    }
    return .success(result)
  }

  /// Puts a text in the place of a file, or of what a link of that name leads to.
  package static func write(_ text: [UInt8], to file: String) throws(Diagnostic) {
    let path = Path.real(file) ?? file
    let staged = try AtomicFile.stage(text, for: path)
    staged.takeMode(of: path)
    try staged.commit()
  }

  private static func unformattable(_ file: String, _ source: SourceText) -> FormatFaults {
    FormatFaults(
      diagnostics: [
        Diagnostic(
          .yamlSyntax, .error, "the file is written in a way that cannot be formatted without changing it",
          at: .file(file), help: "nothing was written")
      ], source: source)
  }

  /// Whether lines end by LF or CRLF alone: YAML knows other ends of lines, which are not kept apart here.
  private static func hasPlainLines(_ text: String) -> Bool {
    var last: Unicode.Scalar = "\n"
    for scalar in text.unicodeScalars {
      if last == "\r", scalar != "\n" { return false }
      if scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}" { return false }
      last = scalar
    }
    return last != "\r"
  }

  /// The text without a mark of its encoding.
  private static func text(_ bytes: [UInt8]) -> String {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return String(decoding: bytes.starts(with: mark) ? bytes[3...] : bytes[...], as: UTF8.self)
  }
}

/// What keeps a file from being formatted.
package struct FormatFaults: Error {
  package let diagnostics: [Diagnostic]
  package let source: SourceText
}

/// Whether two documents say the same: same keys in the same order, same values as they are read.
enum SameContent {
  static func holds(_ one: YAMLNode, _ other: YAMLNode) -> Bool {
    switch (one.content, other.content) {
    case (.scalar(let a), .scalar(let b)): a.value == b.value && a.text == b.text
    case (.sequence(let a), .sequence(let b)):
      a.count == b.count && zip(a, b).allSatisfy { holds($0, $1) }
    case (.mapping(let a), .mapping(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.key == $1.key && holds($0.value, $1.value) }
    default: false
    }
  }
}
