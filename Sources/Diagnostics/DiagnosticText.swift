/// Writes diagnostics for a terminal: the place, the words, the line with a caret under the fault.
package struct DiagnosticText: Sendable {
  private let sources: [String: SourceText]
  private let colour: Bool

  package init(sources: [SourceText] = [], colour: Bool = false) {
    self.sources = Dictionary(sources.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    self.colour = colour
  }

  /// The whole text of one diagnostic, ending in a newline.
  package func render(_ diagnostic: Diagnostic) -> String {
    var text = diagnostic.location.map { bold(VisibleText.of($0.description)) + ": " } ?? ""
    text += paint(diagnostic.severity) + ": " + bold(VisibleText.of(Self.clipped(diagnostic.message)))
    text += " [\(diagnostic.code.rawValue)]\n"
    if case .source(let span)? = diagnostic.location { text += excerpt(span) }
    for related in diagnostic.related {
      text += "  " + VisibleText.of("\(related.location.description): note: \(related.message)") + "\n"
    }
    if let help = diagnostic.help { text += "  help: " + VisibleText.of(help) + "\n" }
    return text
  }

  /// The text with what it quotes in backticks cut where that is very long.
  private static func clipped(_ text: String) -> String {
    let (longest, kept) = (200, 100)
    if text.utf8.count <= longest { return text }
    return text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, part in
      let isQuoted = !place.isMultiple(of: 2) && part.unicodeScalars.count > longest
      return isQuoted
        ? String(String.UnicodeScalarView(part.unicodeScalars.prefix(kept))) + "…" : String(part)
    }.joined(separator: "`")
  }

  private func excerpt(_ span: SourceSpan) -> String {
    guard let line = sources[span.file]?.line(span.start.line) else { return "" }
    let number = "\(span.start.line)"
    let margin = String(repeating: " ", count: number.utf8.count)
    let scalars = Array(line.unicodeScalars)
    let first = min(span.start.column - 1, scalars.count)
    let window = Self.window(around: first, of: scalars.count)
    let end = span.end.line == span.start.line ? span.end.column - 1 : scalars.count
    let last = min(max(end, first), window.upperBound)
    func shown(_ range: Range<Int>) -> String {
      scalars[range].map { $0 == "\t" ? " " : VisibleText.of($0) }.joined()
    }
    let lead = (window.lowerBound > 0 ? "…" : "") + shown(window.lowerBound..<first)
    let marked = shown(first..<last)
    let tail = shown(last..<window.upperBound) + (window.upperBound < scalars.count ? "…" : "")
    let indent = String(repeating: " ", count: Self.width(lead))
    let carets = String(repeating: "^", count: max(1, Self.width(marked)))
    return "  \(number) | \(lead + marked + tail)\n  \(margin) | \(indent)\(carets)\n"
  }

  /// The part of a line that is shown: all of it, or so much of a long one around the place.
  private static func window(around place: Int, of count: Int) -> Range<Int> {
    let (most, before) = (160, 60)
    if count <= most { return 0..<count }
    let start = max(0, min(place - before, count - most))
    return start..<start + most
  }

  /// Cells that a text takes in a terminal.
  package static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

  /// Cells that a scalar takes in a terminal: two for East Asian wide and full-width letters.
  package static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  private func bold(_ text: String) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  private func paint(_ severity: Diagnostic.Severity) -> String {
    guard colour else { return severity.rawValue }
    let tint = severity == .error ? "31" : severity == .warning ? "33" : "36"
    return "\u{1B}[1;\(tint)m\(severity.rawValue)\u{1B}[0m"
  }
}
