import Diagnostics
import Tables
import Testing

@Suite struct CSVTableReaderTests {
  private let schema = TableSchema(
    name: "t",
    columns: [
      ColumnSchema(name: "id", type: .text),
      ColumnSchema(name: "amount", type: .decimal(places: 2), isOptional: true),
      ColumnSchema(name: "day", type: .date, isOptional: true),
    ], key: ["id"])

  private func read(_ text: String) -> CSVTableReader.Result {
    CSVTableReader(schema, file: "t.csv").read(Array(text.utf8))
  }

  private func rows(_ table: Table) -> [[String]] {
    (0..<table.rowCount).map { row in table.columns.map { $0.display(row) } }
  }

  @Test(
    "RFC 4180 in all its forms gives the same rows",
    arguments: [
      "id,amount,day\na,1.5,2026-01-02\n\"b,\"\"x\"\"\ny\",-2,\n",
      "id,amount,day\r\na,1.50,2026-01-02\r\n\"b,\"\"x\"\"\ny\",-2.00,",
      "\u{FEFF}id,amount,day\n\n\"a\",\"1.5\",\"2026-01-02\"\n\n\"b,\"\"x\"\"\ny\",-2,\n\n",
      "day,id,amount\n2026-01-02,a, 1.5 \n,\"b,\"\"x\"\"\ny\",-2\n",
    ])
  func forms(text: String) {
    let result = read(text)
    #expect(result.rejected.isEmpty && result.diagnostics.isEmpty)
    #expect(rows(result.table) == [["a", "1.50", "2026-01-02"], ["b,\"x\"\ny", "-2.00", ""]])
  }

  @Test(
    "a bad cell rejects its row, at its line and column",
    arguments: [
      ("id,amount,day\na,x,\n", 2, "amount", .badNumber),
      ("id,amount,day\n\"a\nb\",1,\nc,1.005,\n", 4, "amount", .badNumber),
      ("id,amount,day\na,1,2026-02-30\n", 2, "day", .badDate),
      ("id,amount,day\n,1,\n", 2, "id", .valueMissing),
      ("id,amount,day\na,1\n", 2, nil, .csvFieldCount), ("id,amount,day\na,\"1\"2,\n", 2, nil, .csvQuote),
      ("id,amount,day\na,1,\n\"b,1,\n", 3, nil, .csvQuote),
      ("id,amount,day\na,99999999999999999999,\n", 2, "amount", .badNumber),
    ] as [(String, Int, String?, DiagnosticCode)])
  func rejects(text: String, line: Int, column: String?, code: DiagnosticCode) {
    let result = read(text)
    #expect(result.rejected.map(\.line) == [line])
    #expect(result.rejected.first?.column == column && result.rejected.first?.code == code)
    #expect(result.table.rowCount + 1 == result.recordCount)
  }

  @Test("missing and unknown columns are told, with what was meant")
  func header() {
    let result = read("id,amuont,day\na,1,\n")
    #expect(result.diagnostics.first?.code == .columnMissing)
    #expect(result.diagnostics.first?.help == "did you mean `amuont`?")
    #expect(result.diagnostics.contains { $0.code == .columnUnknown && $0.severity == .warning })
  }

  @Test("all rows of a doubled key go, and those that point at them")
  func keys() {
    var tables = ["t": read("id,amount,day\na,1,\na,2,\nb,3,\n").table]
    let other = TableSchema(
      name: "u", columns: [ColumnSchema(name: "t", type: .text)], references: [.init(column: "t", table: "t")]
    )
    tables["u"] = CSVTableReader(other, file: "u.csv").read(Array("t\na\nb\nbb\n".utf8)).table
    let rejected = TableKeys([schema, other]).enforce(&tables)
    #expect(rejected.map(\.code) == [.duplicateKey, .duplicateKey, .danglingKey, .danglingKey])
    #expect(tables["t"]?.rowCount == 1 && tables["u"]?.rowCount == 1)
  }

  @Test("numbers are read exactly, however they are written and however long they are")
  func numbers() {
    // What is written, and the number in hundredths; nil where it is none or does not fit.
    let cells: [(String, Int64?)] = [
      ("0", 0), ("0.00", 0), ("-0.00", 0), ("7", 700), ("-7", -700), ("1.5", 150), ("1.50", 150),
      ("1.500", 150),
      (".25", 25), ("-.25", -25), ("5.", 500), ("+3.10", 310), ("9.99", 999), ("12.34", 1234),
      ("-123.45", -12345),
      ("1234567.89", 123_456_789), ("-123456.78", -12_345_678), ("12345678.90", 1_234_567_890),
      ("123456789.01", 12_345_678_901), ("-1234567.01", -123_456_701), ("00012.30", 1230), ("1e3", 100_000),
      ("2.5E-1", 25), ("9999999999999999.99", 999_999_999_999_999_999), ("10000000000000000.00", nil),
      ("9999999999999999", 999_999_999_999_999_900), ("12345678901234567890", nil), ("1.005", nil),
      ("1,5", nil),
      ("1.2.3", nil), ("--1", nil), ("1-2.00", nil), ("-", nil), (".", nil), ("1.x5", nil), ("x.50", nil),
      ("1/.50", nil),
      ("1:.50", nil), ("12345:7.00", nil), ("1.5/", nil), ("1.5:", nil), ("1 2.00", nil), ("é.50", nil),
      ("1.0\u{0}", nil),
    ]
    let numbers = TableSchema(name: "t", columns: [ColumnSchema(name: "n", type: .decimal(places: 2))])
    for (cell, hundredths) in cells {
      for text in ["n\n\"\(cell)\"\n", "n\n\(cell)\n", "n\n \(cell) "]
      where !cell.contains(",") || text.contains("\"") {
        let table = CSVTableReader(numbers, file: "t.csv").read(Array(text.utf8)).table
        guard case .decimal(let read, places: 2)? = table["n"]?.values else {
          Issue.record("no numbers")
          return
        }
        #expect(read == (hundredths.map { [$0] } ?? []), "\(text)")
      }
    }
  }

  @Test("a file whose lines end in CR alone is told once")
  func oldMacLines() {
    let result = read("id,amount,day\ra,1,\rb,2,\ra,1,\r")
    #expect(result.diagnostics.map(\.code) == [.csvHeader])
    #expect(result.diagnostics.first?.message.contains("CR alone") == true)
  }

  // 编号 and 金额 in GBK.
  @Test("a header line in another encoding is told, with what it probably is")
  func foreignHeader() {
    let header: [UInt8] = [0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE, 0x0A]
    let result = CSVTableReader(schema, file: "t.csv").read(header + Array("a,1\n".utf8))
    #expect(result.diagnostics.map(\.code) == [.csvEncoding])
    #expect(result.diagnostics.first?.message.contains("probably GBK") == true)
  }
}
