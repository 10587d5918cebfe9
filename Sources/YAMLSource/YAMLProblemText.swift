import Diagnostics

/// Puts libyaml's problems into words that help.
enum YAMLProblemText {
  static func diagnostic(_ problem: YAMLEvents.Problem, file: String) -> Diagnostic {
    let (message, help) = words(problem.message)
    let place = SourceSpan(file: file, start: problem.position, end: problem.position)
    var related: [(Location, String)] = []
    if let context = problem.context, let position = problem.contextPosition, position != problem.position {
      related.append((.source(SourceSpan(file: file, start: position, end: position)), context))
    }
    return Diagnostic(.yamlSyntax, .error, message, at: place, help: help, related: related)
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
        "a `:` stands where no key can be",
        "quote the value if the colon belongs to it, or check the indentation"
      )
    case "could not find expected ':'": ("a `:` is missing after this key", "write `key: value`")
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
