import Expressions
import Money
import PlanCalendar
import Tables
import Testing

/// Constants and definitions of a plan in its expressions.
@Suite struct NamedTests {
  private func definition(_ name: String, _ parameters: [String], _ body: String) throws
    -> ExpressionScope.Meaning
  {
    .definition(
      Definition(name: name, parameters: parameters, body: try ExpressionParser.parse(body), source: body))
  }

  private func named() throws -> [String: ExpressionScope.Meaning] {
    let floor = NamedConstant(
      values: [
        (CalendarDate("2026-01-01"), .number(ExactDecimal(5))),
        (CalendarDate("2026-02-01"), .number(ExactDecimal.zero)),
      ], source: "5, then 0")
    let late = NamedConstant(values: [(CalendarDate("2026-02-01"), .number(ExactDecimal.one))], source: "1")
    return [
      "floor": .constant(floor), "late": .constant(late),
      "won": .constant(NamedConstant(values: [(nil, .list([.text("won")]))], source: "[won]")),
      "per_unit": try definition("per_unit", ["figure"], "figure / units"),
      "is_won": try definition("is_won", [], "status in won"),
      "any_of": try definition("any_of", ["list", "x"], "list.exists(n, n == x)"),
      "twice": try definition("twice", ["x"], "x + x"), "loop": try definition("loop", [], "!loop"),
      "bad": try definition("bad", [], "status > 1"),
    ]
  }

  private func mask(_ text: String) throws -> [Bool] {
    let outcome = try ExpressionTests.check(text, named: named())
    try #require(outcome.faults.isEmpty, "\(outcome.faults)")
    let table = ExpressionTests.table
    return try ColumnEvaluator(outcome.expression, rowCount: table.rowCount) { table[$0] }.mask()
  }

  @Test(
    "names of the plan stand for their values, dated ones by the row's day",
    arguments: [
      ("amount > floor", [true, true, false]), ("is_won", [true, false, false]),
      ("!is_won && has(status)", [false, true, false]),
      ("units > 0 && per_unit(amount) > 2.5", [true, false, false]),
      ("any_of([4, 5], units)", [true, false, false]),
      ("[4].exists(n, any_of([1, 4], n) && n == units)", [true, false, false]),
      ("twice(twice(amount)) == 40.4", [true, false, false]),
      ("amount > 10 || amount < late", [true, true, false]),
    ])
  func names(text: String, rows: [Bool]) throws { #expect(try mask(text) == rows) }

  @Test("a constant has no value before its first day")
  func early() {
    #expect { try mask("amount > late") } throws: {
      ($0 as? EvaluationFault) == EvaluationFault("constant `late` has no value on this day", row: 0)
    }
  }

  @Test(
    "what is wrong with a name is told where it is used",
    arguments: [
      ("loop", "in `loop`: `loop` is defined by itself"),
      ("twice(1, 2) > 1", "`twice` takes 1 values, here are 2"),
      ("twice > 1", "`twice` is a function"), ("big && bad", "in `bad`: a text is compared with a number"),
      ("per_unit(status) > 1", "in `per_unit`: this is a text, a number is wanted here"),
    ])
  func faults(text: String, message: String) throws {
    let faults = try ExpressionTests.check(text, named: named()).faults
    #expect(faults.map(\.message) == [message])
  }

  @Test("an expression is another one when a name that it uses has another value")
  func identity() throws {
    let first = try ExpressionTests.check("amount > floor", named: named()).expression
    var other = try named()
    #expect(try ExpressionTests.check("amount > floor", named: other).expression == first)
    other["floor"] = .constant(NamedConstant(values: [(nil, .number(.one))], source: "1"))
    #expect(try ExpressionTests.check("amount > floor", named: other).expression != first)
  }
}
