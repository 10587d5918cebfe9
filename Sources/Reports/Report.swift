package import JSONCore

/// Rows of cells under headings, held as columns.
package struct Report: Sendable {
  /// Rows that come from one place: the columns, and which of their rows are reported.
  package struct Section: Sendable {
    package let columns: [ReportColumn]
    package let rows: Rows
  }

  /// The numbers of the rows that are reported, in order: all from 0, or those of a list.
  package struct Rows: Sendable {
    private let list: [Int32]?
    /// The places of the numbers.
    package let range: Range<Int>

    /// All numbers below `count`.
    package init(count: Int) { (list, range) = (nil, 0..<count) }

    package init(_ list: [Int32]) { (self.list, range) = (list, list.indices) }

    /// Those from one place to another.
    func part(_ range: Range<Int>) -> Rows { Rows(list: list, range: range) }

    private init(list: [Int32]?, range: Range<Int>) { (self.list, self.range) = (list, range) }

    /// Whether these are all numbers below `count`.
    func isAll(_ count: Int) -> Bool { list == nil && range == 0..<count }

    /// The number at a place.
    @inline(__always)
    package func number(_ place: Int) -> Int { list.map { Int($0[place]) } ?? place }
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
    let columns = headings.indices.map { column in ReportColumn(.each { rows[$0][column] }) }
    self.init(
      headings: headings, isFigure: isFigure,
      sections: [Section(columns: columns, rows: Rows(count: rows.count))])
  }

  /// The cells, row by row.
  package var cells: [[Cell]] {
    sections.flatMap { section in
      section.rows.range.map { place in section.columns.map { $0.cell(section.rows.number(place)) } }
    }
  }

  /// The rows as JSON objects.
  package var json: JSONValue {
    .array(cells.map { row in .object(JSONObject(zip(headings, row).map { ($0, $1.json) })) })
  }
}
