import Diagnostics
import Tables
import Testing

/// Numbers and days as spreadsheets of other countries write them.
@Suite struct CellFormatTests {
  private static func style(_ example: String) -> NumberStyle {
    NumberStyle.all.first { $0.example == example } ?? .plain
  }

  private static func read(
    _ cell: String, _ type: ColumnType, numbers: NumberStyle = .plain, dates: String? = nil
  )
    -> (shown: String?, help: String?)
  {
    let schema = TableSchema(
      name: "t",
      columns: [
        ColumnSchema(name: "cell", type: type, numbers: numbers, dates: dates.flatMap { DateFormat($0) })
      ], separator: 0x7C)
    let result = CSVTableReader(schema, file: "t.csv").read(Array("cell\n\(cell)\n".utf8))
    return (
      result.table.rowCount == 1 ? result.table.columns[0].display(0) : nil, result.rejected.first?.help
    )
  }

  @Test(
    "numbers are read in the style that the table states",
    arguments: [
      ("1,234.56", "1,234.50", "1234.50"), ("1,234.56", "-1,234,567.5", "-1234567.50"),
      ("1,234.56", "(1,234.50)", "-1234.50"), ("1,234.56", "1,234.50-", "-1234.50"),
      ("1,234.56", "12", "12.00"),
      ("1.234,56", "1.234,5", "1234.50"), ("1.234,56", ",5", "0.50"),
      ("1.234,56", "( 1.234,50 )", "-1234.50"),
      ("1 234,56", "1 234,56", "1234.56"), ("1 234,56", "1\u{A0}234\u{A0}567,56", "1234567.56"),
      ("1 234,56", "1\u{202F}234,56", "1234.56"), ("1'234.56", "1'234.56", "1234.56"),
      ("1234,56", "1234,56", "1234.56"), ("1,234.56", "+7", "7.00"),
    ])
  func numbers(style: String, cell: String, wanted: String) {
    #expect(Self.read(cell, .decimal(places: 2), numbers: Self.style(style)).shown == wanted)
  }

  @Test(
    "groups of other lengths, and points in the wrong place, are no numbers",
    arguments: [
      ("1,234.56", "1,23.50"), ("1,234.56", "1234,567"), ("1,234.56", ",123"), ("1,234.56", "1,234.5.0"),
      ("1.234,56", "1.234.5"), ("1.234,56", "1.23"), ("1.234,56", "(-5)"), ("1.234,56", "--5"),
      ("1.234,56", "5,"), ("1.234,56", "()"), ("1 234,56", "1 23"), ("1,234.56", "0x10"),
    ])
  func noNumbers(style: String, cell: String) {
    let read = Self.read(cell, .decimal(places: 2), numbers: Self.style(style))
    #expect(read.shown == nil)
    #expect(read.help == "the table says that numbers are written like \(style)")
  }

  @Test("percentages are read in the style too")
  func percentages() {
    #expect(Self.read("7,5 %", .percent(places: 6), numbers: Self.style("1.234,56")).shown == "0.075000")
    #expect(Self.read("7,5", .percent(places: 6), numbers: Self.style("1.234,56")).shown == "0.075000")
  }

  @Test(
    "days are read in the format that the table states",
    arguments: [
      ("DD.MM.YYYY", "31.01.2026"), ("D.M.YYYY", "31.1.2026"), ("M/D/YYYY", "1/31/2026"),
      ("MM/DD/YYYY", "01/31/2026"), ("YYYY年M月D日", "2026年1月31日"), ("D-MMM-YYYY", "31-Jan-2026"),
      ("D MMM YYYY", "31 JAN 2026"), ("YYYYMMDD", "20260131"), ("YYYY-MM-DD *", "2026-01-31 23:59:59"),
      ("YYYY-MM-DD*", "2026-01-31T10:00:00Z"), ("YYYY/M/D", "2026/1/31"),
    ])
  func days(format: String, cell: String) {
    #expect(Self.read(cell, .date, dates: format).shown == "2026-01-31")
  }

  @Test(
    "what is no day of the format is refused",
    arguments: [
      ("DD.MM.YYYY", "31.1.2026"), ("DD.MM.YYYY", "30.02.2026"), ("M/D/YYYY", "31/1/2026"),
      ("M/D/YYYY", "1/31/26"), ("D-MMM-YYYY", "31-Mai-2026"), ("YYYYMMDD", "2026013"),
    ])
  func noDays(format: String, cell: String) {
    let read = Self.read(cell, .date, dates: format)
    #expect(read.shown == nil)
    #expect(read.help == "the table says that days are written as \(format)")
  }

  @Test(
    "a format names a year, a month and a day once each",
    arguments: ["DD.MM", "YYYY-MM", "YYYY-MM-DD DD", "* YYYY-MM-DD", "DD.MM.YY", ""])
  func noFormat(pattern: String) { #expect(DateFormat(pattern) == nil) }

  @Test("a cell that would be read by another style says which")
  func help() {
    #expect(
      Self.read("1.234,50", .decimal(places: 2)).help
        == "state `numbers: \"1.234,56\"` of the table if its numbers are written so")
    #expect(
      Self.read("3/4/2026", .date).help
        == "state `dates: M/D/YYYY` or `dates: D/M/YYYY` of the table if its days are written so")
    #expect(Self.read("soon", .date).help == "write days as YYYY-MM-DD")
  }
}
