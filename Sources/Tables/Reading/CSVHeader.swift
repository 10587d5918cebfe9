import Diagnostics

/// The header line of a table's text, held against the columns that the plan describes.
struct CSVHeader {
  /// The names, as they stand in the text.
  let names: [String]
  /// Bytes that are not UTF-8, and what they probably are.
  private let foreign: (isThere: Bool, guess: String?)
  private let line: Int
  private let schema: TableSchema
  private let file: String

  /// Why there are no names.
  enum Fault: Error {
    case empty, badQuote
  }

  /// Reads the first record of the chunk; nil when there is none.
  init?(
    _ scanner: inout RecordScanner, _ text: RawSpan, _ schema: TableSchema, file: String, lineOffset: Int
  ) throws(Fault) {
    self.schema = schema
    self.file = file
    // Read once to count the fields, and again to find them.
    let start = scanner
    var batch = RecordBatch(width: 1, limit: 1)
    guard scanner.next(text, &batch), scanner.recordCount > 0 else { return nil }
    if case .fieldCount(let width)? = batch.faults.first?.fault {
      scanner = start
      batch = RecordBatch(width: width, limit: 1)
      _ = scanner.next(text, &batch)
    }
    guard batch.count == 1 else { throw .badQuote }
    names = (0..<batch.width).map { field in
      let cell = text.extracting(batch.field(0, field))
      let isQuoted = cell.byteCount > 0 && RawText.byte(cell, 0) == 0x22
      let name = isQuoted ? cell.extracting(1..<cell.byteCount - 1) : cell
      return name.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
    let isForeign = (0..<batch.width).contains { !RawText.isUTF8(text.extracting(batch.field(0, $0))) }
    foreign = (isForeign, isForeign ? TextEncoding.guess(Self.bytes(text, batch)) : nil)
    line = Int(batch.lines[0]) + lineOffset
  }

  private static func bytes(_ text: RawSpan, _ batch: RecordBatch) -> [UInt8] {
    (0..<batch.width).flatMap { field in
      text.extracting(batch.field(0, field)).withUnsafeBytes { Array($0) }
    }
  }

  /// What is told when there is no header line.
  static func missing(_ fault: Fault, file: String, lineOffset: Int) -> Diagnostic {
    Diagnostic(
      .csvHeader, .error,
      fault == .badQuote ? "the header line has a quote that is not closed" : "the file is empty",
      at: .row(file: file, line: 1 + lineOffset, column: nil), help: "the first line must name the columns")
  }

  /// The place of each column of the plan in the header line, or nil when one is not there.
  func places(_ diagnostics: inout [Diagnostic]) -> [Int]? {
    if names.first?.unicodeScalars.first == "\u{FFFD}", names.contains(where: { $0.contains("\0") }) {
      diagnostics.append(
        told(
          .csvEncoding, .error, "`\(file)` is in UTF-16", "save it as UTF-8 (in spreadsheets: \"CSV UTF-8\")")
      )
      return nil
    }
    if foreign.isThere {
      let guess = foreign.guess.map { ", but probably " + $0 } ?? ""
      diagnostics.append(
        told(.csvEncoding, .error, "the header line of `\(file)` is not UTF-8\(guess)", TextEncoding.help))
      return nil
    }
    if names.contains(where: { $0.utf8.contains(0x0D) }) {
      diagnostics.append(
        told(
          .csvHeader, .error, "the lines of `\(file)` end in CR alone, so that the whole file is one line",
          "save it with the line ends of Unix (LF) or Windows (CR LF)"))
      return nil
    }
    var whole = true
    var seen: Set<String> = []
    var twice: Set<String> = []
    for name in names where !seen.insert(name).inserted && twice.insert(name).inserted {
      diagnostics.append(told(.csvHeader, .error, "column `\(name)` stands twice in the header line", nil))
      whole = false
    }
    let wanted = schema.columns.map(\.header)
    var places: [Int] = []
    for header in wanted {
      if let place = names.firstIndex(of: header) {
        places.append(place)
      } else {
        diagnostics.append(
          told(
            .columnMissing, .error, "`\(file)` has no column `\(header)`",
            separatorHelp() ?? Suggestion.help(for: header, in: names)))
        whole = false
      }
    }
    if !schema.ignoresOtherColumns {
      for name in names where !wanted.contains(name) && !twice.contains(name) {
        diagnostics.append(
          told(
            .columnUnknown, .warning, "column `\(name)` is not described by the plan and is not read",
            "describe it under `columns`, or state `other_columns: ignore`"))
      }
    }
    return whole ? places : nil
  }

  private func told(
    _ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ message: String, _ help: String?
  ) -> Diagnostic {
    Diagnostic(
      code, severity, message, at: .row(file: file, line: line, column: nil), help: help,
      related: schema.span.map { [(.source($0), "table `\(schema.name)` is described here")] } ?? [])
  }

  /// When the header line is one long name, another separator was probably meant.
  private func separatorHelp() -> String? {
    guard names.count == 1 else { return nil }
    let found = [(";", "\";\""), ("\t", "\"\\t\""), ("|", "\"|\"")].first { names[0].contains($0.0) }
    return found.map { "the fields seem to be parted otherwise: state `separator: \($0.1)` for the table" }
  }
}
