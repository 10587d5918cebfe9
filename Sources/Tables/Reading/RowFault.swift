import Diagnostics

/// What keeps one record of a text from being a row.
struct RowFault: Sendable {
  enum Kind: Sendable {
    case shape(RecordBatch.ShapeFault)
    /// A cell of the schema's column cannot be read; `shown` is how it begins.
    case cell(column: Int, ColumnBuilder.Fault, shown: String)
    /// What stands where a cell should, or in the place of a record, is none.
    case told(column: Int?, DiagnosticCode, String, help: String?)
  }

  /// Counted from 1 where the chunk begins.
  let line: Int32
  let kind: Kind

  /// The fault in words, for a row of the table.
  func rejected(_ schema: TableSchema, file: String, lineOffset: Int, width: Int?) -> RejectedRow {
    let (code, message, help): (DiagnosticCode, String, String?) =
      switch kind {
      case .shape(let fault): Self.words(fault, width ?? 0)
      case .cell(_, let fault, let shown): Self.words(fault, shown, isText: width != nil)
      case .told(_, let code, let message, let help): (code, message, help)
      }
    let column: String? =
      switch kind {
      case .shape: nil
      case .cell(let place, _, _): schema.columns[place].header
      case .told(let place, _, _, _): place.map { schema.columns[$0].header }
      }
    return RejectedRow(
      table: schema.name, file: file, line: Int(line) + lineOffset, column: column, code: code,
      message: message, help: help)
  }

  private static func words(
    _ fault: RecordBatch.ShapeFault, _ width: Int
  ) -> (DiagnosticCode, String, String?) {
    switch fault {
    case .unclosedQuote:
      (
        .csvQuote, "the quote opened here is never closed; nothing after it was read",
        "close it, or double a quote that belongs to the text"
      )
    case .strayQuote(let field):
      (
        .csvQuote, "field \(field + 1) has a quote in its middle",
        "put the whole field in quotes and double the quotes inside it"
      )
    case .fieldCount(let count):
      (
        .csvFieldCount, "this row has \(count) fields, the header line has \(width)",
        "put text that holds a separator in double quotes, and write numbers without separators"
      )
    }
  }

  private static func words(
    _ fault: ColumnBuilder.Fault, _ cell: String, isText: Bool
  ) -> (DiagnosticCode, String, String?) {
    switch fault {
    case .missing: (.valueMissing, "the cell is empty", "state `optional: true` if it may be")
    case .notNumber:
      (
        .badNumber, "`\(cell)` is not a number",
        NumberStyle.all.first { isText && $0.plain(Array(cell.utf8)) != nil }.map {
          "state `numbers: \"\($0.example)\"` of the table if its numbers are written so"
        } ?? "write plain digits with a point, like 1234.50"
      )
    case .notStyled(let example):
      (.badNumber, "`\(cell)` is not a number", "the table says that numbers are written like \(example)")
    case .tooManyPlaces(let places):
      (
        .badNumber, "`\(cell)` has more than \(places) digits after the point",
        "give the column more `places`; nothing is rounded while reading"
      )
    case .tooLarge: (.badNumber, "`\(cell)` is too large to hold exactly", nil)
    case .notDate(let format):
      (
        .badDate, "`\(cell)` is not a day",
        format.map { "the table says that days are written as \($0)" } ?? DateFormat.help(for: cell)
      )
    case .notBoolean: (.badBoolean, "`\(cell)` is neither true nor false", "write true, false, 1 or 0")
    case .notUTF8: (.csvEncoding, "`\(cell)` is not UTF-8", TextEncoding.help)
    }
  }
}
