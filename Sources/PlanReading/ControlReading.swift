import Diagnostics
import Money
import PlanModel
import YAMLSource

/// Reads `control`: what the rows of a table must come to.
struct ControlReading {
  let context: ReadingContext

  func read(_ node: YAMLNode) -> ControlTotal? {
    guard var reader = MappingReader(node, "`control`", context) else { return nil }
    let place = reader.node["rows"].flatMap { node in node.scalar.map { Named($0.text, node.span) } }
    let count = reader.optionalInteger("rows", 0...Int(Int32.max))
    let sums = reader.optional("sums")
    reader.finish()
    let amounts = (sums?.pairs ?? []).compactMap { pair -> (column: Named, amount: ExactDecimal)? in
      guard let number = pair.value.scalar.flatMap({ ScalarNumber($0) }) else {
        context.report(.wrongType, "a number is wanted here", at: pair.value.span)
        return nil
      }
      return (Named(pair.key, pair.keySpan), number.value)
    }
    if let sums, sums.pairs == nil {
      context.report(
        .wrongType, "`sums` must map columns to what they add up to", at: sums.span,
        help: "write `sums: {amount: 12,345.67}`, on lines of their own where numbers have commas")
    }
    if place == nil, sums == nil {
      context.report(
        .missingKey, "`control` states nothing", at: node.span.firstLine, help: "state `rows`, `sums` or both"
      )
    }
    return ControlTotal(rows: count.flatMap { count in place.map { (count, $0) } }, sums: amounts)
  }
}
