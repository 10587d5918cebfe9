import Diagnostics
import PlanModel
import YAMLSource

/// Reads `outputs`: the columns of the result files.
struct OutputReading {
  let context: ReadingContext
  let measures: [String]
  let components: [String]

  func read(_ node: YAMLNode?) -> Outputs {
    guard let node, var reader = MappingReader(node, "`outputs`", context) else {
      return Outputs(statements: nil, lines: nil, lineCredits: nil)
    }
    var statements: [Outputs.Column]?
    var lines: [Outputs.Column]?
    var credits: [Named]?
    if let part = reader.optional("statements"), var inner = MappingReader(part, "`statements`", context) {
      statements = inner.optional("columns").map { columns($0) { self.isStatementPath($0) } }
      inner.finish()
    }
    if let part = reader.optional("lines"), var inner = MappingReader(part, "`lines`", context) {
      credits = inner.texts("credits")
      lines = inner.optional("columns").map { columns($0) { self.isLinePath($0) } }
      inner.finish()
    }
    reader.finish()
    for name in credits ?? [] { context.checkRule(name) }
    return Outputs(statements: statements, lines: lines, lineCredits: credits?.map(\.text))
  }

  private func columns(_ node: YAMLNode, _ isKnown: ([String]) -> Bool) -> [Outputs.Column] {
    (node.pairs ?? []).compactMap { pair in
      var rounding: Rounding?
      var value = pair.value
      if value.pairs != nil, var reader = MappingReader(value, "column `\(pair.key)`", context) {
        let inner = reader.required("value")
        rounding = reader.rounding("round", places: 2)
        reader.finish()
        guard let inner else { return nil }
        value = inner
      }
      guard let scalar = value.scalar else {
        context.report(.wrongType, "the name of a figure is wanted here", at: value.span)
        return nil
      }
      let path = scalar.text.split(separator: ".").map(String.init)
      if !isKnown(path) {
        context.report(
          .unknownName, "there is no figure `\(scalar.text)` to show", at: value.span,
          help:
            "write `payee`, `name`, `period`, `total`, `MEASURE.value`, `MEASURE.attainment`, `COMPONENT.earned`"
        )
      }
      return Outputs.Column(heading: pair.key, path: path, rounding: rounding, span: value.span)
    }
  }

  private func isStatementPath(_ path: [String]) -> Bool {
    if path.count == 1 {
      return ["payee", "name", "period", "start", "end", "total", "currency"].contains(path[0])
    }
    guard path.count == 2 else { return false }
    if path[0] == "payee" { return context.attributes[path[1]] != nil }
    if measures.contains(path[0]) {
      return ["value", "in_period", "quota", "period_quota", "attainment"].contains(path[1])
    }
    return components.contains(path[0]) && ["earned", "adjustment"].contains(path[1])
  }

  private func isLinePath(_ path: [String]) -> Bool {
    if path.count == 1 {
      return [
        "transaction", "payee", "name", "period", "date", "credit", "credited", "from", "total", "source",
      ]
      .contains(path[0])
    }
    guard path.count == 2 else { return false }
    // `row.x` is a column of the credited table; which columns a component gives is known to its module alone.
    return path[0] == "row" || components.contains(path[0])
  }
}
