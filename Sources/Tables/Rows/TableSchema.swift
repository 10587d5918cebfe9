package import Diagnostics

/// A table that a plan names: its columns, its key, the tables that it points at.
package struct TableSchema: Sendable {
  /// A column whose cells must be keys of another table.
  package struct Reference: Sendable {
    package let column: String
    package let table: String

    package init(column: String, table: String) {
      self.column = column
      self.table = table
    }
  }

  package let name: String
  package private(set) var columns: [ColumnSchema]
  /// The columns that together are unique; empty when the table has no key.
  package let key: [String]
  package let references: [Reference]
  /// The character between fields.
  package let separator: UInt8
  /// Whether columns of the file that the plan does not name are passed over without a word.
  package let ignoresOtherColumns: Bool
  /// Whether a run goes on as complete when rows of this table are rejected.
  package let acceptsRejects: Bool
  /// Where the plan says so, for faults of the file as a whole.
  package let span: SourceSpan?

  package init(
    name: String, columns: [ColumnSchema], key: [String] = [], references: [Reference] = [],
    separator: UInt8 = 0x2C, ignoresOtherColumns: Bool = false, acceptsRejects: Bool = false,
    span: SourceSpan? = nil
  ) {
    self.name = name
    self.columns = columns
    self.key = key
    self.references = references
    self.separator = separator
    self.ignoresOtherColumns = ignoresOtherColumns
    self.acceptsRejects = acceptsRejects
    self.span = span
  }

  /// The table with more columns behind its own.
  package func adding(_ more: [ColumnSchema]) -> TableSchema {
    var schema = self
    schema.columns += more
    return schema
  }
}
