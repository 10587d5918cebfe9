/// A report as CSV text by RFC 4180, lines ended by LF, in blocks that can be made in any order.
package struct ReportCSV: Sendable {
  private static let rowsABlock = 4096
  private let headings: [String]
  private let writers: [CSVWriter]
  private let blocks: [(section: Int, rows: Report.Rows)]

  package init(_ report: Report) {
    headings = report.headings
    writers = report.sections.map { CSVWriter($0.columns) }
    blocks = report.sections.enumerated().flatMap { index, section in
      let count = section.rows.range.count
      return stride(from: 0, to: count, by: Self.rowsABlock).map { start in
        (index, section.rows.part(start..<min(start + Self.rowsABlock, count)))
      }
    }
  }

  /// The number of blocks; the first one is the header line.
  package var blockCount: Int { blocks.count + 1 }

  /// The bytes of a block.
  package func block(_ index: Int) -> ByteBuffer {
    if index == 0 { return header }
    let (section, rows) = blocks[index - 1]
    var bytes = ByteBuffer(capacity: rows.range.count * 112)
    writers[section].append(rows, to: &bytes)
    return bytes
  }

  /// The bytes of all rows of a section.
  package func rows(of section: Int) -> ByteBuffer {
    let blocks = blocks.filter { $0.section == section }
    var bytes = ByteBuffer(capacity: blocks.reduce(0) { $0 + $1.rows.range.count } * 112)
    for block in blocks { writers[section].append(block.rows, to: &bytes) }
    return bytes
  }

  private var header: ByteBuffer {
    var bytes = ByteBuffer(capacity: 256)
    for (index, heading) in headings.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      CSVWords.append(heading.utf8, to: &bytes)
    }
    bytes.append(0x0A)
    return bytes
  }
}
