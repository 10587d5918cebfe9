import Diagnostics
import PlanModel
import Tables
import YAMLSource

/// Reads `outputs`: the columns of the result files.
struct OutputReading {
  static let statementWords = [
    "payee", "name", "period", "start", "end", "paid_on", "total", "currency", "notes",
  ]
  static let lineWords = [
    "transaction", "payee", "name", "period", "date", "credit", "credited", "from", "total", "source",
  ]

  /// What a path of a result file may be.
  private struct Figures {
    /// All of them by name.
    let names: [String]
    /// Names before the point of which any figure may be: a module alone knows what its component gives.
    let open: [String]
    /// Columns of which nothing is known, since their description has a fault.
    let isFaulty: (String) -> Bool
    let help: String
  }

  let context: ReadingContext
  let measures: [String]
  let components: [String]
  /// The steps of `settle`; nil where the plan settles nothing.
  let steps: [String]?
  /// The table of each credit rule's lines; nil where faults leave it open.
  let tables: [(rule: String, table: TableSchema?)]

  func read(_ node: YAMLNode?) -> Outputs {
    guard let node, var reader = MappingReader(node, "`outputs`", context) else {
      return Outputs(statements: nil, lines: nil, lineCredits: nil)
    }
    var statements: [Outputs.Column]?
    var lines: [Outputs.Column]?
    var credits: [Named]?
    if let part = reader.optional("statements"), var inner = MappingReader(part, "`statements`", context) {
      statements = inner.optional("columns").map { columns($0, statementFigures) }
      inner.finish()
    }
    if let part = reader.optional("lines"), var inner = MappingReader(part, "`lines`", context) {
      credits = inner.texts("credits")
      lines = inner.optional("columns").map { columns($0, lineFigures(credits?.map(\.text))) }
      inner.finish()
    }
    reader.finish()
    for name in credits ?? [] { context.checkRule(name) }
    return Outputs(
      statements: statements, lines: lines, lineCredits: credits.map { context.withStages($0.map(\.text)) })
  }

  private func columns(_ node: YAMLNode, _ figures: Figures) -> [Outputs.Column] {
    if node.pairs == nil {
      context.report(
        .wrongType, "`columns` must be a mapping of headings to figures", at: node.span.firstLine,
        help: "write `Pay: total`")
    }
    return (node.pairs ?? []).compactMap { pair in
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
      check(scalar.text, figures, value.span)
      let path = scalar.text.split(separator: ".").map(String.init)
      return Outputs.Column(heading: pair.key, path: path, rounding: rounding, span: value.span)
    }
  }

  private func check(_ name: String, _ figures: Figures, _ span: SourceSpan) {
    if figures.names.contains(name) || figures.isFaulty(name) { return }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, figures.open.contains(String(parts[0])) { return }
    context.report(
      .unknownName, "there is no figure `\(name)` to show", at: span,
      help: Suggestion.nearest(to: name, in: figures.names).map { "did you mean `\($0)`?" } ?? figures.help)
  }

  private var statementFigures: Figures {
    let ofMeasures = measures.flatMap { name in
      ["value", "in_period", "quota", "period_quota", "attainment"].map { "\(name).\($0)" }
    }
    let ofComponents = components.flatMap { ["\($0).earned", "\($0).adjustment"] }
    let ofSettle =
      steps.map {
        ["payable", "paid", "pay_currency", "paid_in_currency"]
          + $0.flatMap { ["\($0).amount", "\($0).open"] }
      } ?? []
    return Figures(
      names: Self.statementWords + ofSettle
        + (context.attributes.keys + context.periodAttributes).map { "payee.\($0)" } + ofMeasures
        + ofComponents,
      open: components, isFaulty: { _ in false },
      help:
        "write `payee`, `name`, `period`, `total`, `payee.ATTRIBUTE`, `MEASURE.value`, `MEASURE.attainment`, `COMPONENT.earned`"
    )
  }

  private func lineFigures(_ credits: [String]?) -> Figures {
    let wanted = tables.filter { credits?.contains($0.rule) ?? true }
    let known = wanted.compactMap(\.table)
    let isUnsure = known.count < wanted.count || wanted.isEmpty
    let columns = Set(known.flatMap { $0.columns.map(\.name) })
    let faulty = context.faultyColumns
    return Figures(
      names: Self.lineWords + columns.map { "row.\($0)" } + components.map { "\($0).earned" },
      open: components + (isUnsure ? ["row"] : []),
      isFaulty: { name in
        known.contains { faulty.contains($0.name + "." + name.split(separator: ".").dropFirst().joined()) }
      },
      help: "write `transaction`, `payee`, `date`, `credited`, `total`, `row.COLUMN`, `COMPONENT.earned`")
  }
}
