import Diagnostics
import JSONCore
import Tables
import Testing

/// JSON Lines as rows: the cells they have, and what is told of lines that are none.
@Suite struct JSONLinesReaderTests {
  private static let schema = TableSchema(
    name: "t",
    columns: [
      ColumnSchema(name: "id", type: .text),
      ColumnSchema(name: "amount", type: .decimal(places: 2), isOptional: true),
      ColumnSchema(name: "day", type: .date, isOptional: true),
      ColumnSchema(name: "owner", header: "owner.id", type: .text, isOptional: true),
      ColumnSchema(name: "won", type: .boolean, isOptional: true),
    ], key: ["id"])

  private func read(_ text: String, chunkBytes: Int = 1 << 20, workers: Int = 2) -> TableReading {
    JSONLinesReader(Self.schema, file: "t.jsonl", chunkBytes: chunkBytes, workers: workers)
      .read(Array(text.utf8))
  }

  private func rows(_ table: Table) -> [[String]] {
    (0..<table.rowCount).map { row in table.columns.map { $0.display(row) } + ["\(table.lines[row])"] }
  }

  private static let text = """
    \u{FEFF}{"id": "a", "amount": 1.50, "day": "2026-01-02", "owner": {"id": "ann", "x": {"y": [1]}}, "won": true}
    {"won":false,"owner":{"id":null},"id":17,"amount":"2.5"}\r

    {"id": "\\u00e9\\"\\n\\ud83d\\ude00", "amount": 1234567890123456.78, "owner.id": "dotted"}
    {"id": "\\"q\\"", "amount": null, "day": "", "extra": [1, {"a": "}"}]}
    {"id": "e", "amount": 1e2, "more": {"b": 1}, "extra": 1}
      {"id": "é😀", "amount": -0.5, "won": 1}
    """

  @Test("values are the cells that CSV would have, whatever the chunks and workers")
  func cells() {
    let count = Self.text.utf8.count
    for size in Array(1...40) + [count / 2, count, 1 << 20] {
      for workers in 1...3 {
        let result = read(Self.text, chunkBytes: size, workers: workers)
        #expect(
          rows(result.table) == [
            ["a", "1.50", "2026-01-02", "ann", "true", "1"], ["17", "2.50", "", "", "false", "2"],
            ["é\"\n😀", "1234567890123456.78", "", "dotted", "", "4"], ["\"q\"", "", "", "", "", "5"],
            ["e", "100.00", "", "", "", "6"], ["é😀", "-0.50", "", "", "true", "7"],
          ], "chunks of \(size), \(workers) workers")
        #expect(result.recordCount == 6 && result.rejected.isEmpty)
        // Each key without a column is told once, at its first row.
        #expect(
          result.diagnostics.map {
            "\($0.location?.description ?? "-") \($0.message.split(separator: "`")[1])"
          } == [
            "t.jsonl:5 extra", "t.jsonl:6 more", "t.jsonl:1 owner.x",
          ])
      }
    }
  }

  @Test(
    "what is no row is told with its line, its column and the place in the line",
    arguments: [
      (
        #"{"id": "a", "amount": 1.5,}"#,
        "2 - json-syntax character 27 of this line: a key in quotes should be here"
      ),
      (#"{"id": "é" "amount": 1}"#, "2 - json-syntax character 12 of this line: `,` or `}` should be here"),
      (#"["a", 1]"#, "2 - json-syntax character 1 of this line: an object, `{…}`, should be here"),
      (#"{"id": "a"} {}"#, "2 - json-syntax character 13 of this line: something follows the object"),
      (#"{"id": "a"#, "2 - json-syntax character 10 of this line: the text ends inside a string"),
      (#"{"id": "a", "amount": 01}"#, "2 - json-syntax character 23 of this line: a number begins with 0"),
      (
        #"{"id": "\ud800"}"#,
        "2 - json-syntax character 15 of this line: half of a surrogate pair stands alone"
      ),
      (#"{"id": "a", "amount": NaN}"#, "2 - json-syntax character 23 of this line: a value should be here"),
      (
        #"{"id": "a", "amount": 1.005}"#, "2 amount bad-number `1.005` has more than 2 digits after the point"
      ),
      (#"{"id": "a", "amount": "12x"}"#, "2 amount bad-number `12x` is not a number"),
      (#"{"id": "a", "amount": true}"#, "2 amount bad-number `true` is not a number"),
      (#"{"id": "a", "day": "2026-02-30"}"#, "2 day bad-date `2026-02-30` is not a day"),
      (#"{"amount": 1}"#, "2 id value-missing the cell is empty"),
      (#"{"id": null}"#, "2 id value-missing the cell is empty"),
      (#"{"id": ["a"]}"#, "2 id json-value a list is no single value"),
      (#"{"id": {"a": 1}}"#, "2 id json-value an object is no single value"),
      (#"{"id": "a", "id": "b"}"#, "2 id json-value the key stands twice in this row"),
      (
        #"{"id": "a", "owner": {"id": "x"}, "owner.id": "y"}"#,
        "2 owner.id json-value the key stands twice in this row"
      ),
    ])
  func faults(line: String, told: String) {
    let others = #"{"id": "z", "amount": 1, "day": "2026-01-01", "owner": {"id": "o"}, "won": true}"#
    for size in [1, 30, 1 << 20] {
      let result = read(others + "\n" + line + "\n" + others, chunkBytes: size)
      #expect(result.table.rowCount == 2 && result.recordCount == 3)
      #expect(
        result.rejected.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue) \($0.message)" } == [told])
    }
  }

  @Test("a key that no row has is told once, with the key that was probably meant")
  func missing() {
    let result = read("{\"ID\": \"a\", \"amuont\": 1}\n{\"ID\": \"b\"}\n")
    #expect(result.table.rowCount == 0 && result.rejected.isEmpty)
    let told = result.diagnostics.filter { $0.code == .columnMissing }.map {
      "\($0.severity) \($0.message) \($0.help ?? "-")"
    }
    #expect(
      told.prefix(2) == [
        "error no row of `t.jsonl` has the key `id` did you mean `ID`?",
        "warning no row of `t.jsonl` has the key `amount` did you mean `amuont`?",
      ])
  }

  @Test("a file without lines has no rows, and nothing is told")
  func empty() {
    let result = read("")
    #expect(result.table.rowCount == 0 && result.recordCount == 0 && result.diagnostics.isEmpty)
  }

  @Test("the walk takes what the parser takes, and refuses what it refuses")
  func grammar() {
    let seeds = [
      #"{"a": 1, "b": [true, null, {"c": "x\n"}], "d": -1.5e+3, "é": "\u00e9"}"#,
      #"{"id":"x","y":{"z":0.10}}"#,
    ]
    let bytes = Array("{}[]\",:\\ 0.e+-tn\u{1}".utf8)
    var state: UInt64 = 7
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    for _ in 0..<4000 {
      var text = Array(seeds[random(seeds.count)].utf8)
      for _ in 0...random(3) {
        let place = random(text.count)
        if random(2) == 0 { text[place] = bytes[random(bytes.count)] } else { text.remove(at: place) }
      }
      guard String(validating: text, as: UTF8.self) != nil else { continue }
      let isObject = (try? JSONValue.parse(text))?.object != nil
      #expect(Self.walks(text) == isObject, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  private static func walks(_ text: [UInt8]) -> Bool {
    var walk = JSONWalk(from: 0)
    do throws(JSONParsingError) {
      try walk.enter(text.span)
      var isFirst = true
      while try walk.key(text.span, isFirst: isFirst) != nil {
        isFirst = false
        _ = try walk.value(text.span)
      }
      try walk.end(text.span)
      return true
    } catch {
      return false
    }
  }
}
