package import JSONCore

/// Rows of cells under headings, held as columns.
package struct Report: Sendable {
  /// Rows that come from one place: the columns, and which of their rows are reported.
  package struct Section: Sendable {
    package let columns: [ReportColumn]
    package let rows: [Int32]

    package init(columns: [ReportColumn], rows: [Int32]) {
      self.columns = columns
      self.rows = rows
    }
  }

  package let headings: [String]
  /// Which columns hold figures, for alignment.
  package let isFigure: [Bool]
  package let sections: [Section]

  package init(headings: [String], isFigure: [Bool], sections: [Section]) {
    self.headings = headings
    self.isFigure = isFigure
    self.sections = sections
  }

  /// A report of few rows, cell by cell.
  package init(headings: [String], isFigure: [Bool], rows: [[Cell]]) {
    let columns = headings.indices.map { column in ReportColumn.each { rows[$0][column] } }
    self.init(
      headings: headings, isFigure: isFigure,
      sections: [Section(columns: columns, rows: Array(0..<Int32(rows.count)))])
  }

  /// The cells, row by row.
  package var cells: [[Cell]] {
    sections.flatMap { section in section.rows.map { row in section.columns.map { $0.cell(Int(row)) } } }
  }

  /// The rows as JSON objects.
  package var json: JSONValue {
    .array(cells.map { row in .object(JSONObject(zip(headings, row).map { ($0, $1.json) })) })
  }
}
