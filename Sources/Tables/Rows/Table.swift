/// Rows of one file, or of several one after the other, as columns.
package struct Table: Sendable {
  /// The name in the plan.
  package let name: String
  // INVARIANT: ascending; the rows of each file begin where those of the one before end.
  private var files: [(name: String, end: Int)]
  package private(set) var columns: [Column]
  /// For each row, the line of the file on which it begins.
  package private(set) var lines: LineNumbers

  package init(name: String, file: String, columns: [Column], lines: LineNumbers) {
    self.name = name
    files = [(file, lines.count)]
    self.columns = columns
    self.lines = lines
  }

  package var rowCount: Int { lines.count }

  /// The first file as the user knows it.
  package var file: String { files[0].name }

  /// Whether the rows come from several files.
  package var hasSeveralFiles: Bool { files.count > 1 }

  /// The file that a row stands in, as the user knows it, for `file:row`.
  package func file(of row: Int) -> String { (files.first { row < $0.end } ?? files[files.count - 1]).name }

  /// Adds the rows of another file with the same columns.
  package mutating func append(_ other: Table) {
    files += other.files.map { ($0.name, $0.end + rowCount) }
    for index in columns.indices { columns[index].append(other.columns[index]) }
    lines.append(other.lines, offset: 0)
  }

  /// The column with this name.
  package subscript(column: String) -> Column? { columns.first { $0.name == column } }

  /// Adds a column, one cell a row.
  package mutating func add(_ column: Column) { columns.append(column) }

  /// Drops the rows whose flag is false.
  package mutating func keep(_ flags: [Bool]) {
    let rows = flags.indices.filter { flags[$0] }.map(Int32.init)
    columns = columns.map { $0.gathered(rows) }
    lines = LineNumbers(rows.map { lines[Int($0)] })
    var kept = 0
    for index in files.indices {
      while kept < rows.count, Int(rows[kept]) < files[index].end { kept += 1 }
      files[index].end = kept
    }
  }
}
