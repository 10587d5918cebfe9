import Diagnostics
import Expressions
import Money
import PlanCalendar
import PlanModel
import Tables
import YAMLSource

/// Reads `measures`: sums and counts of credited lines, against quotas.
struct MeasureReading {
  private enum Over: String, CaseIterable {
    case period, month, quarter, half, year
  }

  let context: ReadingContext
  /// The table of each credit rule.
  let ruleTables: [String: TableSchema]
  /// The split of each credit rule whose rows are shared, through any number of roll-ups.
  let ruleSplits: [String: Split]
  /// The plan's periods; nil when they are at fault.
  let calendar: PlanCalendar?
  let currency: Currency

  /// The measures as they are written.
  let written: [YAMLPair]

  private var formulas: FormulaReading { FormulaReading(context: context, measures: written) }

  func read() -> [Measure] {
    let found = written.compactMap { measure($0) }
    formulas.reportCycles(found)
    return found
  }

  /// A measure that is made of others; its window is that of its quota, and of what is paid by it.
  private func formulaMeasure(_ pair: YAMLPair, _ reader: inout MappingReader) -> Measure? {
    let formula = formulas.read(&reader)
    let (over, window, fits) = window(pair, &reader)
    let quota = reader.optional("quota").flatMap { QuotaReading(context: context).read($0, isToDate: fits) }
    let figures = FigureReading(
      context: context, currency: currency, tables: [], splits: [], isKnown: false)
    figures.refuseAll(of: reader.node["growth"] == nil ? "formula" : "growth", &reader)
    reader.finish()
    guard let formula, over != nil else { return nil }
    return Measure(
      name: Named(pair.key, pair.keySpan), total: .formula(formula), credits: [], condition: nil,
      window: window, quota: quota)
  }

  private func measure(_ pair: YAMLPair) -> Measure? {
    guard var reader = MappingReader(pair.value, "measure `\(pair.key)`", context) else { return nil }
    if formulas.reads(reader.node) { return formulaMeasure(pair, &reader) }
    let stated = reader.texts("credits")
    let credits = rules(stated, &reader)
    let tables = credits.compactMap { ruleTables[$0] }
    let isKnown = !credits.isEmpty && credits.count == context.withStages(stated?.map(\.text) ?? []).count
    let figures = FigureReading(
      context: context, currency: currency, tables: tables, splits: credits.map { ($0, ruleSplits[$0]) },
      isKnown: isKnown)
    let total =
      figures.isPlain(reader.node)
      ? total(&reader, tables, credits) : figures.read(&reader).map { .figure($0) }
    if figures.isPlain(reader.node) { figures.refuseRest(&reader) }
    let condition = reader.condition("where", names: isKnown ? context.lineNames(tables) : nil, day: "date")
    let (over, window, fits) = window(pair, &reader)
    let quota = reader.optional("quota").flatMap { QuotaReading(context: context).read($0, isToDate: fits) }
    reader.finish()
    guard let total, over != nil else { return nil }
    return Measure(
      name: Named(pair.key, pair.keySpan), total: total, credits: credits, condition: condition,
      window: window,
      quota: quota)
  }

  /// How long the measure adds up, the window that this is, and whether the plan's periods fit into it.
  private func window(
    _ pair: YAMLPair, _ reader: inout MappingReader
  ) -> (over: Over?, window: Grain?, fits: Bool) {
    let over = reader.statedWord("over", Over.self, asking: "how long it adds up before it starts anew")
    let window = over.flatMap { $0 == .period ? nil : Grain(rawValue: $0.rawValue) }
    return (over, window, window.map { checkEdges($0, reader.node["over"]?.span ?? pair.keySpan) } ?? false)
  }

  /// A window holds whole periods: none may reach from one window into the next.
  private func checkEdges(_ window: Grain, _ span: SourceSpan) -> Bool {
    guard let calendar, let cut = calendar.period(cutBy: window) else { return true }
    let good = Grain.allCases.filter { $0 != .week && calendar.period(cutBy: $0) == nil }.map {
      "`\($0.rawValue)`"
    }
    context.report(
      .calendarEdge,
      "period \(cut.label) (\(cut.start) to \(cut.lastDay)) does not lie in one \(window.rawValue)",
      at: span,
      help: "a window holds whole periods: write " + (["`period`"] + good).joined(separator: " or "))
    return false
  }

  private func rules(_ names: [Named]?, _ reader: inout MappingReader) -> [String] {
    guard let names else {
      reader.reportAbsent(
        "credits", .missingKey, "\(reader.what) has no `credits`", at: reader.node.span.firstLine,
        help: "name the credit rules whose lines are measured")
      return []
    }
    context.checkRules(names)
    return context.withStages(names.map(\.text)).filter { ruleTables[$0] != nil }
  }

  private func total(
    _ reader: inout MappingReader, _ tables: [TableSchema], _ credits: [String]
  ) -> Measure.Total? {
    let sum = reader.optionalText("sum")
    let count = reader.optionalText("count")
    switch (sum, count) {
    case (let sum?, nil):
      if sum.text == "amount" { return .amount }
      for table in tables { context.column(sum, of: table, wanted: [.number]) }
      if let rule = credits.first(where: { ruleSplits[$0].map { $0.quantities[sum.text] == nil } ?? false }) {
        context.report(
          .unstatedRule, Split.question(sum.text, rule: rule), at: sum.span, help: Split.help(sum.text))
      }
      return .column(sum.text)
    case (nil, let count?):
      if count.text != "lines" {
        context.report(.wrongValue, "`count` counts `lines`", at: count.span, help: "write `count: lines`")
      }
      return .count
    default:
      context.report(
        .missingKey, "\(reader.what) must have one of \(FigureReading.choices)",
        at: reader.node.span.firstLine,
        help: "write `sum: amount` or `count: lines`")
      return nil
    }
  }
}
