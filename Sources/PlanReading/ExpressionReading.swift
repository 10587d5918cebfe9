import Diagnostics
import Expressions
import YAMLSource

/// Reads conditions and formulas, and tells their faults at their places in the plan.
struct ExpressionReading {
  let context: ReadingContext

  /// The expression over these names; without names, because of faults elsewhere, it is only read.
  func read(
    _ node: YAMLNode, names: [String: Expression.ValueType]?, day: String?, wanted: Expression.ValueType
  ) -> Expression? {
    guard let scalar = node.scalar else {
      context.report(
        .wrongType, "\(wanted == .boolean ? "a condition" : "a formula") is wanted here", at: node.span)
      return nil
    }
    guard let syntax = syntax(node), let names else { return nil }
    let scope = ExpressionScope(columns: names, named: context.named, day: day)
    let outcome = ExpressionChecker.check(syntax, text: scalar.text, scope: scope, wanted: wanted)
    for fault in outcome.faults { report(fault, node) }
    return outcome.faults.isEmpty ? outcome.expression : nil
  }

  /// The tree of an expression whose names are not looked at yet.
  func syntax(_ node: YAMLNode) -> Syntax? {
    guard let scalar = node.scalar else { return nil }
    do {
      return try ExpressionParser.parse(scalar.text)
    } catch {
      report(error, node)
      return nil
    }
  }

  private func report(_ fault: Expression.Fault, _ node: YAMLNode) {
    var span = node.span
    if let scalar = node.scalar, scalar.style != .block, span.start.line == span.end.line {
      let start = span.start.column + fault.offset + (scalar.style == .quoted ? 1 : 0)
      span = SourceSpan(
        file: span.file, start: SourcePosition(line: span.start.line, column: start),
        end: SourcePosition(line: span.start.line, column: start + max(1, fault.length)))
    }
    context.report(
      fault.isSyntax ? .expressionSyntax : .expressionType, fault.message, at: span, help: fault.help)
  }
}
