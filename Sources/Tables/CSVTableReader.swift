package import Diagnostics

/// Reads the CSV text of one table into typed columns; every fault becomes a diagnostic or a rejected row.
package struct CSVTableReader: Sendable {
  /// What reading gave: the good rows, the bad ones, and what is wrong with the file as a whole.
  package struct Result: Sendable {
    package var table: Table
    package var rejected: [RejectedRow]
    package var diagnostics: [Diagnostic]
    /// The number of records read, good and bad, without the header.
    package var recordCount: Int
  }

  private let schema: TableSchema
  private let file: String
  /// Added to line numbers, for text that stands inside another file.
  private let lineOffset: Int

  package init(_ schema: TableSchema, file: String, lineOffset: Int = 0) {
    self.schema = schema
    self.file = file
    self.lineOffset = lineOffset
  }

  /// Reads the whole text.
  package func read(_ text: [UInt8]) -> Result {
    let bytes = text.span
    var scanner = CSVScanner(bytes, separator: schema.separator)
    var fields: [CSVScanner.Field] = []
    var builders = schema.columns.map(ColumnBuilder.init)
    var result = Result(
      table: Table(name: schema.name, file: file, columns: [], lines: []), rejected: [], diagnostics: [],
      recordCount: 0)
    guard let places = readHeader(bytes, &scanner, &fields, &result.diagnostics) else {
      result.table = Table(name: schema.name, file: file, columns: builders.map { $0.column() }, lines: [])
      return result
    }
    let width = fields.count
    var lines: [Int32] = []
    var scratch: [UInt8] = []
    reading: while true {
      do {
        guard try scanner.next(bytes, &fields) else { break reading }
      } catch {
        result.recordCount += 1
        result.rejected.append(rejected(error))
        if case .unclosedQuote = error { break reading }
        continue
      }
      result.recordCount += 1
      let line = scanner.recordLine + lineOffset
      guard fields.count == width else {
        result.rejected.append(
          reject(
            line, nil, .csvFieldCount, "this row has \(fields.count) fields, the header line has \(width)",
            help: "put text that holds a separator in double quotes, and write numbers without separators"))
        continue
      }
      var good = true
      for (column, place) in places.enumerated() {
        let field = fields[place]
        let cell = bytes.extracting(field.start..<field.end)
        let fault: ColumnBuilder.Fault?
        if field.hasDoubledQuotes {
          Self.halveQuotes(cell, into: &scratch)
          fault = builders[column].append(scratch.span)
        } else {
          fault = builders[column].append(cell)
        }
        if let fault {
          good = false
          let shown = String(decoding: cell.indices.prefix(40).map { cell[$0] }, as: UTF8.self)
          result.rejected.append(rejected(fault, line, schema.columns[column], shown))
        }
      }
      if good {
        lines.append(Int32(line))
      } else {
        for column in builders.indices { builders[column].removeLast() }
      }
    }
    result.table = Table(name: schema.name, file: file, columns: builders.map { $0.column() }, lines: lines)
    return result
  }

  /// The place of each column of the plan in the header line, or nil when one is not there.
  private func readHeader(
    _ bytes: Span<UInt8>, _ scanner: inout CSVScanner, _ fields: inout [CSVScanner.Field],
    _ diagnostics: inout [Diagnostic]
  ) -> [Int]? {
    let found = try? scanner.next(bytes, &fields)
    guard found == true else {
      diagnostics.append(
        Diagnostic(
          .csvHeader, .error,
          found == nil ? "the header line has a quote that is not closed" : "the file is empty",
          at: .row(file: file, line: 1 + lineOffset, column: nil),
          help: "the first line must name the columns"))
      return nil
    }
    let names = fields.map { field in
      String(decoding: (field.start..<field.end).map { bytes[$0] }, as: UTF8.self)
    }
    let headerLine = scanner.recordLine + lineOffset
    var whole = true
    func report(_ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ message: String, _ help: String?) {
      diagnostics.append(
        Diagnostic(
          code, severity, message, at: .row(file: file, line: headerLine, column: nil), help: help,
          related: schema.span.map { [(.source($0), "table `\(schema.name)` is described here")] } ?? []))
    }
    if names.first?.unicodeScalars.first == "\u{FFFD}", names.contains(where: { $0.contains("\0") }) {
      report(
        .csvEncoding, .error, "`\(file)` is in UTF-16", "save it as UTF-8 (in spreadsheets: \"CSV UTF-8\")")
      return nil
    }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      report(.csvHeader, .error, "column `\(name)` stands twice in the header line", nil)
      whole = false
    }
    let wanted = schema.columns.map(\.header)
    var places: [Int] = []
    for header in wanted {
      if let place = names.firstIndex(of: header) {
        places.append(place)
      } else {
        report(
          .columnMissing, .error, "`\(file)` has no column `\(header)`",
          separatorHelp(names) ?? Suggestion.help(for: header, in: names))
        whole = false
      }
    }
    if !schema.ignoresOtherColumns {
      for name in names where !wanted.contains(name) {
        report(
          .columnUnknown, .warning, "column `\(name)` is not described by the plan and is not read",
          "describe it under `columns`, or state `other_columns: ignore`")
      }
    }
    return whole ? places : nil
  }

  private static func halveQuotes(_ cell: Span<UInt8>, into scratch: inout [UInt8]) {
    scratch.removeAll(keepingCapacity: true)
    var index = 0
    while index < cell.count {
      scratch.append(cell[index])
      index += cell[index] == 0x22 ? 2 : 1
    }
  }

  private func reject(
    _ line: Int, _ column: String?, _ code: DiagnosticCode, _ message: String, help: String? = nil
  ) -> RejectedRow {
    RejectedRow(
      table: schema.name, file: file, line: line, column: column, code: code, message: message, help: help)
  }

  private func rejected(_ fault: CSVScanner.Fault) -> RejectedRow {
    switch fault {
    case .unclosedQuote(let line):
      reject(
        line + lineOffset, nil, .csvQuote, "the quote opened here is never closed; nothing after it was read",
        help: "close it, or double a quote that belongs to the text")
    case .strayQuote(let line, let field):
      reject(
        line + lineOffset, nil, .csvQuote, "field \(field + 1) has a quote in its middle",
        help: "put the whole field in quotes and double the quotes inside it")
    }
  }

  private func rejected(
    _ fault: ColumnBuilder.Fault, _ line: Int, _ column: ColumnSchema, _ cell: String
  ) -> RejectedRow {
    let (code, message, help): (DiagnosticCode, String, String?) =
      switch fault {
      case .missing: (.valueMissing, "the cell is empty", "state `optional: true` if it may be")
      case .notNumber:
        (.badNumber, "`\(cell)` is not a number", "write plain digits with a point, like 1234.50")
      case .tooManyPlaces(let places):
        (
          .badNumber, "`\(cell)` has more than \(places) digits after the point",
          "give the column more `places`; nothing is rounded while reading"
        )
      case .tooLarge: (.badNumber, "`\(cell)` is too large to hold exactly", nil)
      case .notDate: (.badDate, "`\(cell)` is not a day", "write days as YYYY-MM-DD")
      case .notBoolean: (.badBoolean, "`\(cell)` is neither true nor false", "write true, false, 1 or 0")
      case .notUTF8: (.csvEncoding, "`\(cell)` is not UTF-8", "save the file as UTF-8")
      }
    return reject(line, column.header, code, message, help: help)
  }

  /// When the header line is one long name, another separator was probably meant.
  private func separatorHelp(_ names: [String]) -> String? {
    guard names.count == 1 else { return nil }
    let found = [(";", "\";\""), ("\t", "\"\\t\""), ("|", "\"|\"")].first { names[0].contains($0.0) }
    return found.map { "the fields seem to be parted otherwise: state `separator: \($0.1)` for the table" }
  }
}
