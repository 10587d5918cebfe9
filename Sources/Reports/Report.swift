package import JSONCore

/// Rows of cells under headings.
package struct Report: Sendable {
  package let headings: [String]
  /// Which columns hold figures, for alignment.
  package let isFigure: [Bool]
  package let rows: [[Cell]]

  package init(headings: [String], isFigure: [Bool], rows: [[Cell]]) {
    self.headings = headings
    self.isFigure = isFigure
    self.rows = rows
  }

  /// The report as CSV text by RFC 4180, lines ended by LF.
  package var csv: [UInt8] {
    var bytes: [UInt8] = []
    append(headings, to: &bytes)
    for row in rows { append(row.map(\.plain), to: &bytes) }
    return bytes
  }

  /// The rows as JSON objects.
  package var json: JSONValue {
    .array(rows.map { row in .object(JSONObject(zip(headings, row).map { ($0, $1.json) })) })
  }

  private func append(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      let needsQuotes = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      if needsQuotes {
        bytes.append(0x22)
        for byte in field.utf8 { bytes += byte == 0x22 ? [0x22, 0x22] : [byte] }
        bytes.append(0x22)
      } else {
        bytes.append(contentsOf: field.utf8)
      }
    }
    bytes.append(0x0A)
  }
}
