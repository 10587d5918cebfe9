import Diagnostics
import PlanModel
import Tables

/// Reads how the cells of a table are written: `encoding`, `numbers` and `dates`.
struct CellFormatReading {
  struct Format {
    var encoding: String?
    var numbers = NumberStyle.plain
    var dates: DateFormat?
  }

  /// The encodings that a plan may name, beside UTF-8.
  static let encodings = [
    "gbk", "gb18030", "big5", "shift_jis", "euc-kr", "utf-16", "latin-1", "windows-1252", "windows-1251",
  ]

  let context: ReadingContext

  func read(_ reader: inout MappingReader) -> Format {
    var format = Format()
    if let encoding = reader.optionalText("encoding") {
      let name = encoding.text.lowercased()
      if Self.encodings.contains(name) {
        format.encoding = name
      } else if name != "utf-8" {
        context.report(
          .wrongValue, "`\(encoding.text)` is not an encoding that is known here", at: encoding.span,
          help: Suggestion.help(for: name, in: ["utf-8"] + Self.encodings))
      }
    }
    if let numbers = reader.optionalText("numbers") {
      if let style = NumberStyle.all.first(where: { $0.example == numbers.text }) {
        format.numbers = style
      } else {
        let examples = NumberStyle.all.map { "`\"\($0.example)\"`" }.joined(separator: ", ")
        context.report(
          .wrongValue, "`\(numbers.text)` is not a style of numbers", at: numbers.span,
          help: "show how a number is written by one of \(examples)")
      }
    }
    if let dates = reader.optionalText("dates") {
      format.dates = DateFormat(dates.text)
      if format.dates == nil {
        context.report(
          .wrongValue, "`\(dates.text)` is not a format of days", at: dates.span,
          help: "write it with YYYY, MM or M or MMM, and DD or D, like `DD.MM.YYYY`")
      }
      if dates.text == "YYYY-MM-DD" { format.dates = nil }
    }
    return format
  }
}
