/// What may stand at a place of a plan, for those who describe plans: editors, schemas.
package indirect enum PlanShape: Sendable {
  case text, number, share, date, boolean
  case integer(ClosedRange<Int>)
  /// One of these words.
  case words([String])
  /// The type of a column; a `?` at its end allows empty cells.
  case columnType
  /// The path of a file below the data folder.
  case path
  /// Rows as CSV.
  case rows
  /// A condition over lines or payees.
  case condition
  /// A name that stands elsewhere in the plan, or in its modules.
  case name(PlanName)
  /// One such name or a list of them.
  case names(PlanName)
  /// A figure of the result files: `total`, `bookings.attainment`.
  case figure
  /// A mapping with these keys.
  case keys([PlanKey])
  /// A mapping whose keys are names that it gives to what stands below them.
  case entries(PlanName, PlanShape)
  /// A mapping from names that stand elsewhere in the plan.
  case pairs(PlanName, PlanShape)
  /// One of this shape, or a list of them.
  case list(PlanShape)
  /// One of these shapes.
  case either([PlanShape])
  /// The terms of a component, which its module describes.
  case terms
}

/// The kinds of names that a plan gives and uses.
package enum PlanName: String, Sendable, CaseIterable {
  case table, rule, measure, component, module, attribute, heading
  /// A column of the table that the mapping around it names.
  case column
  /// A column of the table that the mapping further out names.
  case columnOfCredited
  /// A column of the table whose rows a credit rule's lines come from.
  case columnOfLines

  /// The word for it.
  package var word: String {
    switch self {
    case .rule: "credit rule"
    case .column, .columnOfCredited, .columnOfLines: "column"
    default: rawValue
    }
  }
}

/// A key of a plan: what it means, whether it must stand there, and what its value may be.
package struct PlanKey: Sendable {
  package enum Presence: Sendable, Hashable {
    case required
    /// May be left out, which then means this, in words.
    case optional(String?)
    /// Must be stated where it applies, since the field disagrees on it.
    case stated(String)
  }

  package let name: String
  package let presence: Presence
  package let shape: PlanShape
  /// What it means, a sentence without its full stop.
  package let summary: String
  /// More sentences, in Markdown, with links within Docs/PlanReference.md.
  package let more: String?
  /// A worked example or a way to write it.
  package let example: String?

  init(
    _ name: String, _ presence: Presence, _ shape: PlanShape, _ summary: String, more: String? = nil,
    example: String? = nil
  ) {
    self.name = name
    self.presence = presence
    self.shape = shape
    self.summary = summary
    self.more = more
    self.example = example
  }

  /// What it means, in whole sentences of Markdown.
  package var text: String { summary + "." + (more.map { " " + $0 } ?? "") }

  /// The same without links, for those who read it elsewhere.
  package var unlinked: String {
    var (result, rest) = ("", text[...])
    while let end = rest.firstRange(of: "](#"), let begin = rest[..<end.lowerBound].lastIndex(of: "["),
      let close = rest[end.upperBound...].firstIndex(of: ")")
    {
      result += rest[..<begin] + rest[rest.index(after: begin)..<end.lowerBound]
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
