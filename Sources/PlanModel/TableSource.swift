package import Money
package import Tables

/// A table of the plan and where its rows come from.
package struct TableSource: Sendable {
  package enum Origin: Sendable {
    /// Files below the data folder, one after the other; a `*` in a file's name stands for any characters.
    case files([Named])
    /// CSV text inside a file of the plan; its first line stands on this line of the file.
    case inline(text: String, firstLine: Int, file: String)
  }

  package let schema: TableSchema
  package private(set) var origin: Origin
  /// Whether rows of people who are not in the plan are passed over without a warning.
  package let ignoresOtherPeople: Bool
  /// The encoding of the files; nil for UTF-8.
  package let encoding: String?
  /// What the rows must come to for a run to go on.
  package let control: ControlTotal?

  package init(
    schema: TableSchema, origin: Origin, ignoresOtherPeople: Bool = false, encoding: String? = nil,
    control: ControlTotal? = nil
  ) {
    self.control = control
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

/// What the accepted rows of a table must come to, from a ledger: their number and the sums of columns.
package struct ControlTotal: Sendable {
  package let rows: (count: Int, place: Named)?
  package let sums: [(column: Named, amount: ExactDecimal)]

  package init(rows: (count: Int, place: Named)?, sums: [(column: Named, amount: ExactDecimal)]) {
    (self.rows, self.sums) = (rows, sums)
  }
}
