import Expressions
import Money
import Tables
import Testing

/// Whole columns and single rows give the same, whatever the expression.
@Suite struct SameByRowTests {
  /// A generator of expressions over the columns of a table, the same for the same seed.
  private struct Maker {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: (state >> 33) % UInt64(count))
    }

    mutating func one(_ items: [String]) -> String { items[below(items.count)] }

    mutating func number(_ depth: Int) -> String {
      if depth == 0 {
        return one(["a", "b", "n", "n", "0", "1", "2.5", "0.001", "-3", "9000000000000000.0"])
      }
      switch below(5) {
      case 0, 1: return "(\(number(depth - 1)) \(one(["+", "-", "*", "/", "%"])) \(number(depth - 1)))"
      case 2: return "-(\(number(depth - 1)))"
      case 3: return "(\(condition(depth - 1)) ? \(number(depth - 1)) : \(number(depth - 1)))"
      default: return "math.greatest(\(number(depth - 1)), \(number(depth - 1)))"
      }
    }

    mutating func condition(_ depth: Int) -> String {
      if depth == 0 {
        return one(["flag", "has(a)", "has(t)", "true", "t == 'x'", "t != null", "a == null", "d > e"])
      }
      let comparison = one(["==", "!=", "<", "<=", ">", ">="])
      switch below(9) {
      case 0, 1: return "(\(number(depth - 1)) \(comparison) \(number(depth - 1)))"
      case 2: return "(\(condition(depth - 1)) && \(condition(depth - 1)) && \(condition(0)))"
      case 3: return "(\(condition(depth - 1)) || \(condition(depth - 1)))"
      case 4: return "!(\(condition(depth - 1)))"
      case 5: return "(t \(comparison) \(one(["'x'", "'y'", "t"])))"
      case 6: return "(d \(comparison) \(one(["e", "date('2026-02-01')", "d.addDays(1)"])))"
      case 7: return "(\(condition(depth - 1)) ? \(condition(depth - 1)) : \(condition(depth - 1)))"
      default:
        return one([
          "t in ['x', 'z']", "t.startsWith('x')", "n in [1, 2]", "(int(t) > 0 || flag)", "t.size() > 1",
        ])
      }
    }
  }

  private static let table: Table = {
    var rows = "a,b,n,t,d,e,flag\n"
    var maker = Maker(state: 7)
    for _ in 0..<60 {
      rows +=
        [
          maker.one(["1.50", "-0.25", "0.00", "", "90000000000000.00"]),
          maker.one(["0.001", "7.000", "", "-2.500"]),
          maker.one(["0", "1", "2", "", "-7", "900000000000000000"]), maker.one(["x", "y", "xx", "12", ""]),
          maker.one(["2026-01-31", "2026-02-01", ""]), maker.one(["2026-02-01", "2026-03-01", ""]),
          maker.one(["true", "false", ""]),
        ].joined(separator: ",") + "\n"
    }
    let columns: [(String, ColumnType)] = [
      ("a", .decimal(places: 2)), ("b", .decimal(places: 3)), ("n", .integer), ("t", .text), ("d", .date),
      ("e", .date),
      ("flag", .boolean),
    ]
    let schema = TableSchema(
      name: "t", columns: columns.map { ColumnSchema(name: $0.0, type: $0.1, isOptional: true) })
    return CSVTableReader(schema, file: "t").read(Array(rows.utf8)).table
  }()

  private func outcome<Result>(_ body: () throws(EvaluationFault) -> Result) -> (Result?, EvaluationFault?) {
    do throws(EvaluationFault) { return (try body(), nil) } catch { return (nil, error) }
  }

  @Test("a thousand expressions come to the same by column and by row, faults included")
  func same() throws {
    let names = Dictionary(uniqueKeysWithValues: Self.table.columns.map { ($0.name, Self.kind($0)) })
    var maker = Maker(state: 20_261_125)
    var faults = 0
    for _ in 0..<1000 {
      let text = maker.condition(1 + maker.below(4))
      let outcome = ExpressionChecker.check(
        try ExpressionParser.parse(text), text: text, scope: ExpressionScope(columns: names), wanted: .boolean
      )
      try #require(outcome.faults.isEmpty, "\(text): \(outcome.faults)")
      func masks(byRow: Bool) -> ([Bool]?, EvaluationFault?) {
        self.outcome { () throws(EvaluationFault) in
          try ColumnEvaluator(outcome.expression, rowCount: Self.table.rowCount, byRow: byRow) {
            Self.table[$0]
          }.mask()
        }
      }
      let (fast, slow) = (masks(byRow: false), masks(byRow: true))
      #expect(fast.0 == slow.0, "\(text)")
      #expect(fast.1 == slow.1, "\(text)")
      if slow.1 != nil { faults += 1 }
    }
    #expect(faults > 50 && faults < 800, "\(faults) of the expressions fail, too few or too many to say much")
  }

  @Test("five hundred formulas come to the same numbers by column and by row")
  func sameNumbers() throws {
    let names = Dictionary(uniqueKeysWithValues: Self.table.columns.map { ($0.name, Self.kind($0)) })
    var maker = Maker(state: 42)
    for _ in 0..<500 {
      let text = maker.number(1 + maker.below(3))
      let outcome = ExpressionChecker.check(
        try ExpressionParser.parse(text), text: text, scope: ExpressionScope(columns: names), wanted: .number)
      try #require(outcome.faults.isEmpty, "\(text): \(outcome.faults)")
      func cells(byRow: Bool) -> ([String], [Int: EvaluationFault]) {
        let evaluator = ColumnEvaluator(outcome.expression, rowCount: Self.table.rowCount, byRow: byRow) {
          Self.table[$0]
        }
        let (column, faults) = evaluator.column("x", .decimal(places: 6), .halfEven)
        return ((0..<column.count).map { column.display($0) }, faults)
      }
      let (fast, slow) = (cells(byRow: false), cells(byRow: true))
      #expect(
        fast.0 == slow.0 && fast.1 == slow.1,
        "\(text): \(fast.1) \(slow.1)")
    }
  }

  private static func kind(_ column: Column) -> Expression.ValueType {
    switch column.values {
    case .text: .text
    case .integer, .decimal: .number
    case .date: .date
    case .boolean: .boolean
    }
  }
}
