package import Tables

/// A table of the plan and where its rows come from.
package struct TableSource: Sendable {
  package enum Origin: Sendable {
    /// A file below the data folder.
    case file(Named)
    /// CSV text inside a file of the plan; its first line stands on this line of the file.
    case inline(text: String, firstLine: Int, file: String)
  }

  package let schema: TableSchema
  package private(set) var origin: Origin
  /// Whether rows of people who are not in the plan are passed over without a warning.
  package let ignoresOtherPeople: Bool
  /// The encoding of the file; nil for UTF-8.
  package let encoding: String?

  package init(
    schema: TableSchema, origin: Origin, ignoresOtherPeople: Bool = false, encoding: String? = nil
  ) {
    self.encoding = encoding
    self.schema = schema
    self.origin = origin
    self.ignoresOtherPeople = ignoresOtherPeople
  }

  /// The table with rows from elsewhere, if they are given.
  package func with(_ origin: Origin?) -> TableSource {
    var table = self
    if let origin { table.origin = origin }
    return table
  }
}
