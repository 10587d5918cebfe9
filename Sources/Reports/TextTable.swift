import Diagnostics
import Money

/// Draws a report for a terminal: figures to the right with thousands separators, words to the left.
package struct TextTable {
  private let report: Report

  package init(_ report: Report) { self.report = report }

  /// The table, a line a row, ended by a newline.
  package var text: String {
    let cells = [report.headings.map { VisibleText.of($0) }] + report.cells.map { $0.map(Self.shown) }
    var widths = [Int](repeating: 0, count: report.headings.count)
    for row in cells {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], DiagnosticText.width(cell))
      }
    }
    var lines = cells.map { line($0, widths) }
    lines.insert(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ row: [String], _ widths: [Int]) -> String {
    var parts: [String] = []
    for (column, cell) in row.enumerated() {
      let space = String(repeating: " ", count: widths[column] - DiagnosticText.width(cell))
      let isLast = column == row.count - 1
      parts.append(report.isFigure[column] ? space + cell : isLast ? cell : cell + space)
    }
    return parts.joined(separator: "  ")
  }

  private static func shown(_ cell: Cell) -> String {
    if case .number(let number) = cell { number.grouped } else { VisibleText.of(cell.plain) }
  }
}
