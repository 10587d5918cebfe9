/// A report as CSV text by RFC 4180, lines ended by LF, in blocks that can be made in any order.
package struct ReportCSV: Sendable {
  private static let rowsABlock = 8192
  private let header: [UInt8]
  private let writers: [CSVWriter]
  private let blocks: [(section: Int, rows: ArraySlice<Int32>)]

  package init(_ report: Report) {
    var header: [UInt8] = []
    for (index, heading) in report.headings.enumerated() {
      if index > 0 { header.append(0x2C) }
      CSVWriter.append(heading.utf8, to: &header)
    }
    self.header = header + [0x0A]
    writers = report.sections.map { CSVWriter($0.columns) }
    blocks = report.sections.enumerated().flatMap { index, section in
      stride(from: 0, to: section.rows.count, by: Self.rowsABlock).map { start in
        (index, section.rows[start..<min(start + Self.rowsABlock, section.rows.count)])
      }
    }
  }

  /// The number of blocks; the first one is the header line.
  package var blockCount: Int { blocks.count + 1 }

  /// The bytes of a block.
  package func block(_ index: Int) -> [UInt8] {
    if index == 0 { return header }
    let (section, rows) = blocks[index - 1]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 96)
    writers[section].append(rows, to: &bytes)
    return bytes
  }
}
