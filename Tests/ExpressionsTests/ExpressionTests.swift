import Expressions
import Money
import Tables
import Testing

@Suite struct ExpressionTests {
  static let table = CSVTableReader(
    TableSchema(
      name: "t",
      columns: [
        ColumnSchema(name: "status", type: .text, isOptional: true),
        ColumnSchema(name: "amount", type: .decimal(places: 2), isOptional: true),
        ColumnSchema(name: "day", type: .date), ColumnSchema(name: "big", type: .boolean),
        ColumnSchema(name: "units", type: .integer, isOptional: true),
      ]), file: "t"
  ).read(
    Array(
      """
      status,amount,day,big,units
      won,10.10,2026-01-01,true,4
      lost,0.20,2026-02-01,false,0
      ,,2026-03-01,true,

      """.utf8)
  ).table

  static let names: [String: Expression.ValueType] = [
    "status": .text, "amount": .number, "day": .date, "big": .boolean, "units": .number,
  ]

  static func check(
    _ text: String, wanted: Expression.ValueType? = .boolean, named: [String: ExpressionScope.Meaning] = [:]
  ) throws -> ExpressionChecker.Outcome {
    ExpressionChecker.check(
      try ExpressionParser.parse(text), text: text,
      scope: ExpressionScope(columns: names, named: named, day: "day"), wanted: wanted)
  }

  private func mask(_ text: String) throws -> [Bool] {
    let expression = try Self.check(text).expression
    return try ColumnEvaluator(expression, rowCount: Self.table.rowCount) { Self.table[$0] }.mask()
  }

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
      ("amount == units", [false, false, true]), ("amount == null", [false, false, true]),
      ("units / 8 == 0.5", [true, false, false]), ("units % 3 == 1", [true, false, false]),
      ("units != 0 && amount / units > 2.5", [true, false, false]),
      ("amount / units > 2.5 || big || units == 0", [true, true, true]),
      ("amount / 3 * 3 == amount", [true, true, true]),
      ("status.matches('^(won|lost)$')", [true, true, false]), ("status.size() == 3", [true, false, false]),
      ("size(status) == 4", [false, true, false]), ("day.month() == 2", [false, true, false]),
      ("day.addMonths(1) == date(\"2026-03-01\")", [false, true, false]),
      ("day + duration('24h') == date('2026-01-02')", [true, false, false]),
      ("day - date('2025-12-31') > duration('36h')", [false, true, true]),
      ("[1, 2, 4].exists(n, n == units)", [true, false, false]),
      ("{'won': 10, 'lost': 1}[has(status) ? status : 'won'] > 5", [true, false, true]),
      ("math.greatest(amount, 5) > 5", [true, false, false]),
      ("math.round(amount, 1, 'up') == 10.1", [true, false, false]),
      ("status.upperAscii() + '!' == 'WON!'", [true, false, false]),
      ("string(amount) == '10.1'", [true, false, false]), ("10%5 == 0", [true, true, true]),
      ("amount > 10% && amount < 20 %3", [false, true, false]),
    ])
  func conditions(text: String, rows: [Bool]) throws { #expect(try mask(text) == rows, "\(text)") }

  @Test(
    "what cannot be read is told at its place",
    arguments: [
      ("status = 'won'", 7), ("status == ", 10), ("(amount > 1", 11), ("amount > 1 and big", 11),
      ("status == 'won", 10), ("amount > 1.2.3", 9), ("", 0), ("amount # 1", 7), ("status == '\\q'", 11),
      ("amount > 99999999999999999999", 9), ("[1, 2", 5), ("{1: 2, 3}", 8), ("a ? b", 5),
    ])
  func syntax(text: String, offset: Int) {
    #expect { try ExpressionParser.parse(text) } throws: { ($0 as? Expression.Fault)?.offset == offset }
  }

  @Test(
    "values of the wrong kind and unknown names are told",
    arguments: [
      ("staus == 'won'", 0, "did you mean `status`?"), ("amount == 'x'", 0, nil),
      ("day == '2026-01-01'", 0, "write a day as `date(\"2026-03-31\")`"),
      ("amount", 0, nil), ("null > 1", 0, nil), ("status in amount", 10, "write `[\"a\", \"b\"]`"),
      ("amount && big", 0, nil),
      ("status + 1 == 2", 0, "`string(…)` makes a text of a number, `decimal(…)` a number of a text"),
      ("status.uper() == 'x'", 0, nil), ("status.startWith('w')", 0, "did you mean `startsWith`?"),
      ("status.matches('(')", 15, nil), ("math.round(amount, 2, 'half_even') > 1", 22, nil),
      ("status.size(1) == 1", 0, "it is called `size(text)` or `size(bytes)` or `size(list)` or `size(map)`"),
      ("[1, 2].exists(n, n)", 17, nil), ("[1].map(status == 'x', 1) == [1]", 0, "write `list.map(x, …)`"),
      ("date('2026-02-30') == day", 5, nil), ("startsWith(status, 'w')", 0, "write `x.startsWith(…)`"),
    ])
  func types(text: String, offset: Int, help: String?) throws {
    let faults = try Self.check(text).faults
    #expect(faults.count == 1 && faults.first?.offset == offset && faults.first?.help == help, "\(faults)")
  }

  @Test(
    "what has no value is told with its row",
    arguments: [
      ("amount / units > 1", 1, "division by zero"), ("[1, 2][units] > 0", 0, "a list of 2 has no place 4"),
      ("{'won': 1}[status] == 1", 1, "no such key"),
      (
        "amount * 9999999999999999999999999999999999999.0 > 1", 0, "a number is too large to compute exactly"
      ),
      ("9223372036854775807 + 1 > 0", 0, "a number is too large to compute exactly"),
      ("int(status) > 1", 0, "`won` is not a whole number"),
      (
        "string(amount / 3) == ''", 0,
        "101/30 has no end as a decimal; say how to round it: `math.round(x, 4)`"
      ),
    ])
  func faults(text: String, row: Int, message: String) throws {
    #expect { try mask(text) } throws: { ($0 as? EvaluationFault) == EvaluationFault(message, row: row) }
  }

  @Test("deep nesting, long chains and endless work are refused, not crashed on")
  func limits() throws {
    for text in [
      String(repeating: "(", count: 10_000), String(repeating: "!", count: 10_000) + "true",
      String(repeating: "1 + ", count: 4_000) + "1", String(repeating: "[", count: 500),
      String(repeating: "x", count: 30_000), String(repeating: "-", count: 5_000) + "1",
    ] {
      #expect(throws: Expression.Fault.self) { try ExpressionParser.parse(text) }
    }
    let list = "[" + (1...60).map(String.init).joined(separator: ",") + "]"
    let endless = "\(list).all(a, \(list).all(b, \(list).all(c, a + b + c > 0)))"
    #expect { try mask(endless) } throws: {
      ($0 as? EvaluationFault)?.message == "the expression takes more than 100000 steps"
    }
    let doubled = (0..<40).reduce("'ab'") { text, _ in "(\(text)).replace('a', 'aaaa')" }
    #expect(throws: EvaluationFault.self) { try mask("\(doubled) == ''") }
  }

  @Test("no pattern takes long: nested repetitions over a long text are done at once")
  func patterns() throws {
    let text = String(repeating: "a", count: 2_000)
    #expect(try mask("!'\(text)'.matches('^(a+)+$b|(a*)*c|(a|a)*d')") == [true, true, true])
    for (pattern, text, found) in [
      ("^ab{2,3}c$", "abbc", true), ("^ab{2,3}c$", "abc", false), ("^ab{2}$", "abbb", false),
      ("[^0-9]x", "1x", false), ("[a-c\\d]+$", "zab1", true), ("\\bno\\b", "say no!", true),
      ("\\bno\\b", "snow", false),
      ("(?i)HeLLo", "say hello", true), ("(?i:A)b", "aB", false), ("a.c", "a\nc", false), ("a|b|", "", true),
      ("^$", "", true), ("x*?y", "xxy", true), ("[]a]", "]", true), ("\\.", "a", false),
      ("(?P<n>a)", "a", true),
      ("{", "{", true), ("日本+", "日本本", true), ("[^a]", "a", false), ("\\W\\s\\D", "! x", true),
    ] {
      let quoted = pattern.replacing("\\", with: "\\\\")
      let escaped = text.replacing("\n", with: "\\n")
      #expect(try mask("'\(escaped)'.matches('\(quoted)')")[0] == found, "\(pattern) in \(text)")
    }
    for pattern in [
      "a{2}{3}", "a**", "+", "[b-a]", "[a", "a)", "\\p{L}", "a{1001}", "(?=a)", "[[:alpha:]]",
    ] {
      #expect(!(try Self.check("'x'.matches(r'''\(pattern)''')").faults.isEmpty), "\(pattern)")
    }
  }
}
