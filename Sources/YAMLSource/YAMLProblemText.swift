import Diagnostics

/// Puts libyaml's problems into words that help.
enum YAMLProblemText {
  private static let missingColon = "a `:` is missing after this key"
  private static let strayColon = "a `:` stands where no key can be"

  static func diagnostic(_ problem: YAMLEvents.Problem, file: String) -> Diagnostic {
    let (message, help) = words(problem.message)
    if message == missingColon, let start = problem.contextPosition {
      // The scanner notices on the next line what is missing on the one where the key stands.
      let place = SourceSpan(file: file, start: start, end: start)
      return Diagnostic(.yamlSyntax, .error, message, at: place, help: help)
    }
    let place = SourceSpan(file: file, start: problem.position, end: problem.position)
    var related: [(Location, String)] = []
    if let context = problem.context, let position = problem.contextPosition, position != problem.position {
      related.append((.source(SourceSpan(file: file, start: position, end: position)), context))
    }
    return Diagnostic(.yamlSyntax, .error, message, at: place, help: help, related: related)
  }

  /// The diagnostic at the line that was meant: a key without its colon is noticed below it, and so is a full-width
  /// character that stands for a plain one.
  static func placed(_ diagnostic: Diagnostic, in source: SourceText) -> Diagnostic {
    guard diagnostic.code == .yamlSyntax, case .source(let span)? = diagnostic.location else {
      return diagnostic
    }
    let above = lineAbove(span.start.line, in: source)
    for line in [span.start.line, above].compactMap({ $0 }) {
      guard let text = source.line(line), let found = FullWidth.first(in: text.prefix { $0 != "#" }) else {
        continue
      }
      let place = SourcePosition(line: line, column: found.place + 1)
      return Diagnostic(
        .yamlSyntax, .error, diagnostic.message,
        at: SourceSpan(
          file: span.file, start: place, end: SourcePosition(line: line, column: found.place + 2)),
        help: found.help)
    }
    guard diagnostic.message == strayColon, let above, let text = source.line(above) else {
      return diagnostic
    }
    let key = text.drop { $0 == " " || $0 == "-" }
    let isBare = !key.isEmpty && !key.contains(":") && !key.contains("#")
    guard isBare else { return diagnostic }
    let column = text.unicodeScalars.count - key.unicodeScalars.count + 1
    return Diagnostic(
      .yamlSyntax, .error, missingColon,
      at: SourceSpan(
        file: span.file, start: SourcePosition(line: above, column: column),
        end: SourcePosition(line: above, column: text.unicodeScalars.count + 1)),
      help: "write `\(key):`, if what is indented below belongs to it")
  }

  /// The nearest line above that holds something.
  private static func lineAbove(_ line: Int, in source: SourceText) -> Int? {
    var above = line - 1
    while let text = source.line(above) {
      let content = text.drop { $0 == " " }
      if !content.isEmpty, !content.hasPrefix("#") { return above }
      above -= 1
    }
    return nil
  }

  private static func words(_ problem: String) -> (message: String, help: String?) {
    switch problem {
    case "found character that cannot start any token":
      (
        "this character cannot begin a value",
        "indent with spaces, not tabs; quote values that begin with @ or `"
      )
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      ("a tab is used for indentation", "indent with spaces")
    case "mapping values are not allowed in this context":
      (
        strayColon,
        "quote the value if the colon belongs to it, or check the indentation"
      )
    case "could not find expected ':'": (missingColon, "write `key: value`")
    case "did not find expected key":
      ("a key should begin here", "check that it is indented like the keys above it")
    case "did not find expected ',' or ']'": ("`,` or `]` should be here", "close the list with `]`")
    case "did not find expected ',' or '}'": ("`,` or `}` should be here", "close the mapping with `}`")
    case "found unexpected end of stream": ("the text ends inside a quoted value", "close the quote")
    case "did not find expected '-' indicator":
      ("a list item should begin here", "begin it with `- `, indented like the items above it")
    case "found unknown escape character":
      ("this escape has no meaning in double quotes", "double the backslash, or use single quotes")
    default: (problem, nil)
    }
  }
}
