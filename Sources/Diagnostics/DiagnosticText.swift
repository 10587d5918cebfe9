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
    var text = diagnostic.location.map { bold($0.description) + ": " } ?? ""
    text += paint(diagnostic.severity) + ": " + bold(diagnostic.message) + " [\(diagnostic.code.rawValue)]\n"
    if case .source(let span)? = diagnostic.location { text += excerpt(span) }
    for related in diagnostic.related {
      text += "  " + related.location.description + ": note: " + related.message + "\n"
    }
    if let help = diagnostic.help { text += "  help: " + help + "\n" }
    return text
  }

  private func excerpt(_ span: SourceSpan) -> String {
    guard let line = sources[span.file]?.line(span.start.line) else { return "" }
    let number = "\(span.start.line)"
    let margin = String(repeating: " ", count: number.utf8.count)
    let scalars = Array(line.unicodeScalars)
    let before = scalars.prefix(span.start.column - 1)
    let lastColumn = span.end.line == span.start.line ? span.end.column : scalars.count + 1
    let marked = scalars.dropFirst(span.start.column - 1).prefix(max(1, lastColumn - span.start.column))
    let indent = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.width($0)) }.joined()
    let width = marked.reduce(0) { $0 + Self.width($1) }
    let carets = String(repeating: "^", count: max(1, width))
    return "  \(number) | \(line)\n  \(margin) | \(indent)\(carets)\n"
  }

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
