package import Money
package import Tables

/// A table of the plan and where its rows come from.
package struct TableSource: Sendable {
  package enum Origin: Sendable {
    /// Files below the data folder, one after the other; a `*` in a file's name stands for any characters.
    case files([Named])
    /// Text inside a file of the plan; its first line stands on this line of the file.
    case inline(text: String, firstLine: Int, file: String, format: TextFormat = .csv)
    /// Rows of a database below the data folder.
    case database(DatabaseRows)

    /// The names of the files below the data folder.
    package var fileNames: [Named] {
      switch self {
      case .files(let names): names
      case .inline: []
      case .database(let rows): [rows.file]
      }
    }

    /// Whether all rows are CSV.
    package var isCSV: Bool {
      switch self {
      case .files(let names): names.allSatisfy { TextFormat(ofFile: $0.text) == .csv }
      case .inline(_, _, _, let format): format == .csv
      case .database: false
      }
    }
  }

  package private(set) var schema: TableSchema
  package private(set) var origin: Origin
  /// CSV text with rows that come after those of the origin, and the name that it goes by.
  package private(set) var added: (csv: String, name: String)?
  /// Whether rows of people who are not in the plan are passed over without a warning.
  package let ignoresOtherPeople: Bool
  /// The encoding of the files; nil for UTF-8.
  package let encoding: String?
  /// What the rows must come to for a run to go on.
  package private(set) var control: ControlTotal?

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

  /// The table with rows that a program hands over in place of its own: CSV text under the names that the plan gives the
  /// columns, with plain numbers and days whatever the files look like.
  package func holding(_ csv: String, as name: String) -> TableSource {
    var table = self
    table.schema = schema.plain
    table.origin = .inline(text: csv, firstLine: 1, file: name)
    return table
  }

  /// The table with further rows, handed over as above; no total of a ledger covers them.
  package func adding(_ csv: String, as name: String) -> TableSource {
    var table = self
    table.added = (csv, name)
    table.control = nil
    return table
  }

  /// The rows that were added, as a table of their own.
  package var addition: TableSource? { added.map { holding($0.csv, as: $0.name) } }
}

extension TableSchema {
  /// The same columns, under their own names, with plain numbers and days.
  fileprivate var plain: TableSchema {
    TableSchema(
      name: name,
      columns: columns.map { ColumnSchema(name: $0.name, type: $0.type, isOptional: $0.isOptional) },
      key: key, references: references, acceptsRejects: acceptsRejects, span: span)
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
