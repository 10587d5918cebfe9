import Diagnostics
import Expressions
import PlanModel
import YAMLSource

/// Reads `assigned`: who is in the plan, and when.
struct AssignmentReading {
  let context: ReadingContext

  func read(_ node: YAMLNode) -> Assignment? {
    guard var reader = MappingReader(node, "`assigned`", context) else { return nil }
    let payees = reader.condition("payees", names: names, day: "date")
    let from = reader.optionalDate("from")
    let to = reader.optionalDate("to")
    reader.finish()
    if let from, let to, to < from {
      context.report(
        .datesReversed, "the plan ends on \(to), before it begins on \(from)",
        at: node["to"]?.span ?? node.span)
    }
    return Assignment(payees: payees, from: from, to: to)
  }

  /// A component's own condition on payees together with that of the plan.
  func narrowed(_ payees: Expression?) -> Expression? {
    guard let assigned = context.assignment?.payees else { return payees }
    guard let payees else { return assigned }
    let text = "(\(assigned.text)\n) && (\(payees.text)\n)"
    guard let syntax = try? ExpressionParser.parse(text) else { return payees }
    let scope = ExpressionScope(columns: names, named: context.named, day: "date")
    return ExpressionChecker.check(syntax, text: text, scope: scope, wanted: .boolean).expression
  }

  private var names: [String: Expression.ValueType] {
    context.lineNames([]).filter { $0.key.hasPrefix("payee.") }
  }
}
