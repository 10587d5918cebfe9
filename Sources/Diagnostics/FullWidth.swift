/// Finds the full-width characters of East Asian keyboards where a plan wants plain ones.
package enum FullWidth {
  /// The plain character for a full-width one, or nil.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x3000: " "
    case 0x201C, 0x201D, 0x300C, 0x300D: "\""
    case 0x2018, 0x2019: "'"
    case 0x3001: ","
    case 0x3010: "["
    case 0x3011: "]"
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map { String($0) }
    default: nil
    }
  }

  /// The place of the first full-width character of a line, counted in scalars, and what to write for it.
  package static func first(in line: some StringProtocol) -> (place: Int, help: String)? {
    for (place, scalar) in line.unicodeScalars.enumerated() {
      guard let plain = plain(scalar) else { continue }
      let shown = plain == ":" ? "`:` and a space" : plain == " " ? "a plain space" : "`\(plain)`"
      return (place, "`\(scalar)` is a full-width character: write \(shown)")
    }
    return nil
  }

  /// The same for a diagnostic of one of several texts.
  package static func explained(_ diagnostic: Diagnostic, in sources: [SourceText]) -> Diagnostic {
    guard case .source(let span)? = diagnostic.location,
      let source = sources.first(where: { $0.file == span.file })
    else { return diagnostic }
    return explained(diagnostic, in: source)
  }

  /// The diagnostic, with a help that names the full-width character where what it points at holds one.
  package static func explained(_ diagnostic: Diagnostic, in source: SourceText) -> Diagnostic {
    guard diagnostic.severity == .error, case .source(let span)? = diagnostic.location,
      span.file == source.file,
      let line = source.line(span.start.line), !(diagnostic.help ?? "").hasPrefix("did you mean")
    else { return diagnostic }
    let start = span.start.column - 1
    let end = span.end.line == span.start.line ? max(span.end.column - 1, start + 1) : Int.max
    let marked = line.unicodeScalars.dropFirst(start).prefix(end - start)
    guard let found = first(in: Substring(marked)) else { return diagnostic }
    return Diagnostic(
      diagnostic.code, diagnostic.severity, diagnostic.message, at: diagnostic.location, help: found.help,
      related: diagnostic.related.map { ($0.location, $0.message) })
  }
}
