import Diagnostics
import Tables
import Testing

/// Texts that are hard to cut, with the rows and rejected rows that were worked out by hand.
@Suite struct ChunkingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The id, amount and day of each row, and the line on which it begins.
    let rows: [[String]]
    /// Line, column and code of each rejected row.
    let rejected: [String]
    let recordCount: Int
  }

  private static let cases = [
    Case(
      testDescription: "quotes with newlines, separators and quotes",
      text: "id,amount,day\n\"a,\n\"\"b\n\",1,\n\"\n\n\n\",\"2.5\",\"2026-01-02\"\nlast,3,\n",
      rows: [
        ["a,\n\"b\n", "1.00", "", "2"], ["\n\n\n", "2.50", "2026-01-02", "5"], ["last", "3.00", "", "9"],
      ],
      rejected: [], recordCount: 3),
    Case(
      testDescription: "CRLF, a byte order mark, empty lines and no newline at the end",
      text: "\u{FEFF}\r\n\r\nid,amount,day\r\n\r\na,1,\r\n\n\"b\r\nc\",2,\r\n\r\n\r\nd,3,2026-12-31",
      rows: [["a", "1.00", "", "5"], ["b\r\nc", "2.00", "", "7"], ["d", "3.00", "2026-12-31", "11"]],
      rejected: [], recordCount: 3),
    Case(
      testDescription: "texts of several bytes",
      text: "id,amount,day\né€😀,1,\n\"日本\n語\",2,\nü,x€y,\nß,3,\n",
      rows: [["é€😀", "1.00", "", "2"], ["日本\n語", "2.00", "", "3"], ["ß", "3.00", "", "6"]],
      rejected: ["5 amount bad-number"], recordCount: 4),
    Case(
      testDescription: "faults of every kind, told in the order of the lines",
      text:
        "id,amount,day\na,x,2026-13-01\nb,1\nc,1,,\n,1,\nd\"d,1,\n\"e\"e,1,\n\nf,1.005,\ng,1,\n\"h,1,\ni,2,\n",
      rows: [["g", "1.00", "", "10"]],
      rejected: [
        "2 amount bad-number", "2 day bad-date", "3 - csv-field-count", "4 - csv-field-count",
        "5 id value-missing", "6 - csv-quote", "7 - csv-quote", "9 amount bad-number", "11 - csv-quote",
      ], recordCount: 9),
    Case(
      testDescription: "quotes that mislead: in the middle of fields, and before and behind them",
      text:
        "id,amount,day\n5\" pipe,1,\n6\",\"2\",\n7,3,\n \"8\",4,\n\"9\" ,5,\n\"10\"\"\",6,\n11\n\"\n12,7,\n\",8,\nz,9,\n",
      rows: [
        ["7", "3.00", "", "4"], ["10\"", "6.00", "", "7"], ["\n12,7,\n", "8.00", "", "9"],
        ["z", "9.00", "", "12"],
      ],
      rejected: [
        "2 - csv-quote", "3 - csv-quote", "5 - csv-quote", "6 - csv-quote", "8 - csv-field-count",
      ], recordCount: 9),
    Case(
      testDescription: "carriage returns that end no line",
      text: "id,amount,day\na\rb,1,\r\n\"c\"\r,2,\nd,3,\r\r\n\r\ne,4,\r",
      rows: [["a\rb", "1.00", "", "2"], ["e", "4.00", "", "6"]],
      rejected: ["3 - csv-quote", "4 day bad-date"], recordCount: 4),
    Case(
      testDescription: "a header line alone", text: "id,amount,day", rows: [], rejected: [], recordCount: 0),
  ]

  private let schema = TableSchema(
    name: "t",
    columns: [
      ColumnSchema(name: "id", type: .text),
      ColumnSchema(name: "amount", type: .decimal(places: 2), isOptional: true),
      ColumnSchema(name: "day", type: .date, isOptional: true),
    ], key: ["id"])

  @Test("what is read depends on neither the size of the chunks nor the number of workers", arguments: cases)
  func cut(_ example: Case) {
    let bytes = Array(example.text.utf8)
    for size in Array(1...bytes.count + 1) + [1 << 20] {
      for workers in 1...3 {
        let result = CSVTableReader(schema, file: "t.csv", chunkBytes: size, workers: workers).read(bytes)
        let table = result.table
        let rows = (0..<table.rowCount).map { row in
          table.columns.map { $0.display(row) } + ["\(table.lines[row])"]
        }
        #expect(rows == example.rows, "chunks of \(size), \(workers) workers")
        let rejected = result.rejected.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue)" }
        #expect(rejected == example.rejected, "chunks of \(size), \(workers) workers")
        #expect(result.recordCount == example.recordCount && result.diagnostics.isEmpty)
      }
    }
  }

  @Test("texts are numbered by first sight in the file, whoever reads them")
  func numbering() {
    let ids = (0..<3000).map { $0 % 7 == 3 ? "twin" : "id \($0 * 7919 % 1000)" }
    var known: [String: Int32] = [:]
    let codes = ids.map { id in
      let next = Int32(known.count)
      let code = known[id] ?? next
      known[id] = code
      return code
    }
    let text = Array(("id,amount,day\n" + ids.map { "\($0),1,\n" }.joined()).utf8)
    for size in [1, 100, 1000, 10_000] {
      let table = CSVTableReader(schema, file: "t.csv", chunkBytes: size, workers: 3).read(text).table
      guard case .text(let read, let pool)? = table["id"]?.values else {
        Issue.record("no ids")
        return
      }
      #expect(read == codes && pool.count == known.count)
    }
  }

  @Test("ids that ascend stay ascending when chunks are joined")
  func ascending() {
    let ids = (10_000..<14_000).map { "id \($0)" }
    let text = Array(("id,amount,day\n" + ids.map { "\($0),1,\n" }.joined()).utf8)
    let table = CSVTableReader(schema, file: "t.csv", chunkBytes: 500, workers: 3).read(text).table
    guard case .text(let codes, let pool)? = table["id"]?.values else {
      Issue.record("no ids")
      return
    }
    #expect(pool.isAscending && codes == Array(0..<4000) && pool[3999] == "id 13999")
    #expect(Array(table.lines) == Array(2..<4002))
  }
}
