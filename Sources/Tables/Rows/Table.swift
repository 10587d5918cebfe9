/// Rows of a file as columns.
package struct Table: Sendable {
  /// The name in the plan.
  package let name: String
  /// The file as the user knows it, for `file:row`.
  package let file: String
  package private(set) var columns: [Column]
  /// For each row, the line of the file on which it begins.
  package private(set) var lines: LineNumbers

  package init(name: String, file: String, columns: [Column], lines: LineNumbers) {
    self.name = name
    self.file = file
    self.columns = columns
    self.lines = lines
  }

  package var rowCount: Int { lines.count }

  /// The column with this name.
  package subscript(column: String) -> Column? { columns.first { $0.name == column } }

  /// Drops the rows whose flag is false.
  package mutating func keep(_ flags: [Bool]) {
    let rows = flags.indices.filter { flags[$0] }.map(Int32.init)
    columns = columns.map { $0.gathered(rows) }
    lines = LineNumbers(rows.map { lines[Int($0)] })
  }
}
