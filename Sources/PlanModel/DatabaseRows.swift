/// Rows of an SQLite database below the data folder.
package struct DatabaseRows: Sendable {
  package enum Rows: Sendable, Equatable {
    /// All rows of a table or a view.
    case table(Named)
    /// What one `SELECT` gives.
    case query(Named)
  }

  package let file: Named
  package let rows: Rows
  /// Whether binary fractions are read as the shortest decimals that are stored as them.
  package let takesReals: Bool

  package init(file: Named, rows: Rows, takesReals: Bool) {
    (self.file, self.rows, self.takesReals) = (file, rows, takesReals)
  }

  /// The words of the plan that name the rows.
  package var name: Named {
    switch rows {
    case .table(let name), .query(let name): name
    }
  }
}
