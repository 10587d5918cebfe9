import Expressions
import Money
import Tables
import Testing

@Suite struct ExpressionTests {
  private let table = CSVTableReader(
    TableSchema(
      name: "t",
      columns: [
        ColumnSchema(name: "status", type: .text, isOptional: true),
        ColumnSchema(name: "amount", type: .decimal(places: 2), isOptional: true),
        ColumnSchema(name: "day", type: .date), ColumnSchema(name: "big", type: .boolean),
      ]), file: "t"
  ).read(
    Array(
      "status,amount,day,big\nwon,10.10,2026-01-01,true\nlost,0.20,2026-02-01,false\n,,2026-03-01,true\n".utf8
    )
  ).table

  private func mask(_ text: String) throws -> [Bool] {
    try ColumnEvaluator(rowCount: table.rowCount) { self.table[$0] }.mask(try ExpressionParser.parse(text))
  }

  private let names: [String: Expression.ValueType] = [
    "status": .text, "amount": .number, "day": .date, "big": .boolean,
  ]

  @Test(
    "conditions select rows",
    arguments: [
      ("status == \"won\"", [true, false, false]), ("status != 'won'", [false, true, true]),
      ("has(status)", [true, true, false]),
      ("status == null", [false, false, true]), ("amount >= 10.1", [true, false, false]),
      ("amount < 5", [false, true, false]), ("amount != 10.1", [false, true, true]),
      ("amount >= 0.199", [true, true, false]), ("day < date(\"2026-02-01\")", [true, false, false]),
      ("!(amount < 5)", [true, false, true]), ("amount * 2 + 0.4 == 20.6", [true, false, false]),
      ("-amount < 0", [true, true, false]),
      ("day >= date(\"2026-02-01\")", [false, true, true]),
      ("big && has(amount) || status == 'lost'", [true, true, false]),
      ("status in [\"won\", \"lost\"]", [true, true, false]), ("amount in [0.2, 7]", [false, true, false]),
      ("status.startsWith('w')", [true, false, false]), ("status.contains('o')", [true, true, false]),
      ("big ? amount > 1 : status == 'lost'", [true, true, false]), ("true", [true, true, true]),
      ("big", [true, false, true]),
      ("amount <= amount", [true, true, false]), ("amount > 100%", [true, false, false]),
    ])
  func conditions(text: String, rows: [Bool]) throws { #expect(try mask(text) == rows, "\(text)") }

  @Test(
    "what cannot be read is told at its place",
    arguments: [
      ("status = 'won'", 7), ("status == ", 10), ("(amount > 1", 11), ("amount > 1 and big", 11),
      ("status == 'won", 10),
      ("amount > 1.2.3", 9), ("", 0), ("status.upper()", 7), ("amount # 1", 7),
    ])
  func syntax(text: String, offset: Int) {
    #expect { try ExpressionParser.parse(text) } throws: { ($0 as? Expression.Fault)?.offset == offset }
  }

  @Test(
    "values of the wrong kind and unknown names are told",
    arguments: [
      ("staus == 'won'", "did you mean `status`?"), ("amount == 'x'", nil),
      ("day == '2026-01-01'", "write a day as `date(\"2026-03-31\")`"),
      ("amount", nil), ("big > true", nil), ("status in amount", "write `[\"a\", \"b\"]`"),
      ("amount && big", nil), ("status + 1 == 2", nil),
    ])
  func types(text: String, help: String?) throws {
    let faults = ExpressionChecker.faults(
      in: try ExpressionParser.parse(text), names: names, wanted: .boolean)
    #expect(faults.count == 1 && faults.first?.help == help, "\(faults)")
  }

  @Test("deep nesting is refused, not crashed on")
  func depth() {
    #expect(throws: Expression.Fault.self) {
      try ExpressionParser.parse(String(repeating: "(", count: 100_000))
    }
    #expect(throws: Expression.Fault.self) {
      try ExpressionParser.parse(String(repeating: "!", count: 100_000) + "true")
    }
  }
}
