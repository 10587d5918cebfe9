extension PlanShape {
  /// What a value of this shape is, with its unit, in words.
  package var value: String {
    switch self {
    case .text: "a text"
    case .number: "a number: `12000`, `12,000`"
    case .share: "a share: `7.5%`, `0.075`"
    case .date: "a day: `2026-01-31`"
    case .boolean, .columnType: Self.quoted(words)
    case .words(let words): Self.quoted(words)
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .path: "a path"
    case .rows: "rows as CSV"
    case .condition: "a condition or formula: `status == \"won\"`"
    case .figure: "a figure: `bookings.attainment`"
    case .terms: "the module's terms"
    case .name(let kind): kind.article
    case .names(let kind): kind.article + ", or a list"
    case .keys: "keys of its own"
    case .entries(_, let inner): "by name: " + inner.value
    case .pairs(let kind, let inner): "by \(kind.article): " + inner.value
    case .list(let inner): inner.value + ", or a list"
    case .either(let shapes): shapes.map(\.value).joined(separator: "; ")
    }
  }

  /// Whether a value is one of a few words, and nothing else.
  package var isChoice: Bool {
    switch self {
    case .words(let words): words.count > 1
    case .boolean, .columnType: true
    default: false
    }
  }

  private static func quoted(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
  }
}

extension PlanName {
  /// The word for it, with its article.
  package var article: String {
    let word = self == .heading ? "name" : word
    return ("aeiou".contains(word.first ?? "x") ? "an " : "a ") + word
  }
}
