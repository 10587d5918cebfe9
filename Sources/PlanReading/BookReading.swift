package import Diagnostics
package import PlanCalendar
package import PlanModel
package import YAMLSource

/// A book: the plans that hold side by side, who is in which, and which version of each holds when.
package struct Book: Sendable {
  /// A plan file as it holds from a day to a day.
  package struct Version: Sendable {
    package let file: Named
    /// What is laid over the plan's own `assigned`.
    package let assigned: YAMLNode
    package let from: CalendarDate?
    package let to: CalendarDate?
  }

  /// A plan in all its versions, by their days.
  package struct Member: Sendable {
    package let name: Named
    package let versions: [Version]
  }

  /// Whether somebody may be in several plans on a day.
  package enum Several: String, Sendable, CaseIterable {
    case allowed, refused
  }

  package let name: Named
  package let members: [Member]
  package let several: Several
}

/// Reads a book, and tells of the days on which versions of a plan overlap, or none holds.
package struct BookReader {
  private let context = ReadingContext()

  /// Whether the file is a book rather than a plan.
  package static func isBook(_ root: YAMLNode?) -> Bool { root?["book"] != nil && root?["plan"] == nil }

  /// The book, if nothing is wrong with it, and all that is.
  package static func read(_ document: YAMLDocument) -> (book: Book?, diagnostics: [Diagnostic]) {
    let reader = BookReader()
    reader.context.diagnostics = document.diagnostics
    let book = document.root.flatMap { reader.book($0) }
    let diagnostics = reader.context.diagnostics.sorted(by: Diagnostic.inOrder)
    return (diagnostics.hasErrors ? nil : book, diagnostics)
  }

  private func book(_ root: YAMLNode) -> Book? {
    guard var reader = MappingReader(root, "a book", context) else { return nil }
    let name = reader.text("book")
    let several = reader.statedWord(
      "several_plans", Book.Several.self, asking: "whether somebody may be in several plans on a day")
    let plans = reader.required("plans", why: "name the plans, and the file of each")
    reader.finish()
    if let plans, plans.pairs == nil {
      context.report(.wrongType, "`plans` must be a mapping of names", at: plans.span)
    }
    let members = (plans?.pairs ?? []).compactMap { member($0) }
    guard let name, let several else { return nil }
    return Book(name: name, members: members, several: several)
  }

  private func member(_ pair: YAMLPair) -> Book.Member? {
    guard var reader = MappingReader(pair.value, "plan `\(pair.key)`", context) else { return nil }
    if pair.key.contains("/") || pair.key.hasPrefix(".")
      || ["payee", "name", "period", "total"].contains(pair.key)
    {
      context.report(
        .wrongValue, "a plan of a book cannot be called `\(pair.key)`", at: pair.keySpan,
        help: "its name heads a column and a folder of the results")
    }
    let list = reader.optional("versions")
    var own = pair.value
    var versions: [Book.Version] = []
    if let list {
      for key in ["from", "to", "file"] {
        guard let node = reader.optional(key) else { continue }
        context.report(
          .wrongValue, "`\(key)` is stated of each of the `versions`", at: node.span, help: "take it out here"
        )
      }
      _ = reader.optional("payees")
      if list.items == nil { context.report(.wrongType, "`versions` must be a list", at: list.span) }
      own = own.without(["versions"])
      versions = (list.items ?? []).compactMap { node in
        MappingReader(node, "a version of `\(pair.key)`", context).flatMap {
          version($0, YAMLLayers.overridden(own, by: node))
        }
      }
      reader.finish()
    } else if let version = version(reader, own) {
      versions = [version]
    }
    return Book.Member(name: Named(pair.key, pair.keySpan), versions: inOrder(versions, pair))
  }

  private func version(_ reader: MappingReader, _ whole: YAMLNode) -> Book.Version? {
    var reader = reader
    _ = reader.optional("versions")
    let file = reader.text("file", why: "the file of the plan, beside the book")
    _ = reader.optional("payees")
    let from = reader.optionalDate("from")
    let to = reader.optionalDate("to")
    reader.finish()
    return file.map { Book.Version(file: $0, assigned: whole.without(["file"]), from: from, to: to) }
  }

  /// The versions by their first days: they must not overlap, and days between them are told.
  private func inOrder(_ versions: [Book.Version], _ pair: YAMLPair) -> [Book.Version] {
    let first = CalendarDate(day: .min)
    let sorted = versions.enumerated().sorted {
      ($0.element.from ?? first, $0.offset) < ($1.element.from ?? first, $1.offset)
    }.map(\.element)
    for (version, next) in zip(sorted, sorted.dropFirst()) {
      guard let from = next.from else {
        context.report(
          .overlappingDates, "two versions of `\(pair.key)` hold from the beginning", at: next.file.span,
          help: "state `from` of the later one")
        continue
      }
      guard let to = version.to, to < from else {
        context.report(
          .overlappingDates,
          "two versions of `\(pair.key)` hold on \(from), on which this one begins", at: next.file.span,
          help: "write `to: \(from.adding(days: -1))` for the one before",
          related: [(.source(version.file.span), "this one holds too")])
        continue
      }
      if to.adding(days: 1) < from {
        context.report(
          .planGap,
          "no version of `\(pair.key)` holds from \(to.adding(days: 1)) to \(from.adding(days: -1))",
          at: next.file.span, severity: .warning)
      }
    }
    return sorted
  }
}
