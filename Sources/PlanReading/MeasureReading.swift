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

  func read(_ node: YAMLNode) -> [Measure] {
    guard let pairs = node.pairs else {
      context.report(.wrongType, "`measures` must be a mapping of names", at: node.span)
      return []
    }
    return pairs.compactMap { measure($0) }
  }

  private func measure(_ pair: YAMLPair) -> Measure? {
    guard var reader = MappingReader(pair.value, "measure `\(pair.key)`", context) else { return nil }
    let stated = reader.texts("credits")
    let credits = rules(stated, &reader)
    let tables = credits.compactMap { ruleTables[$0] }
    let isKnown = !credits.isEmpty && credits.count == stated?.count
    let figures = FigureReading(
      context: context, currency: currency, tables: tables, splits: credits.map { ($0, ruleSplits[$0]) },
      isKnown: isKnown)
    let total =
      figures.isPlain(reader.node)
      ? total(&reader, tables, credits) : figures.read(&reader).map { .figure($0) }
    if figures.isPlain(reader.node) { figures.refuseAll(&reader) }
    let condition = reader.condition("where", names: isKnown ? context.lineNames(tables) : nil, day: "date")
    let over = reader.statedWord("over", Over.self, asking: "how long it adds up before it starts anew")
    let window = over.flatMap { $0 == .period ? nil : Grain(rawValue: $0.rawValue) }
    let fits = window.map { checkEdges($0, reader.node["over"]?.span ?? pair.keySpan) } ?? false
    let quota = reader.optional("quota").flatMap { QuotaReading(context: context).read($0, isToDate: fits) }
    reader.finish()
    guard let total, over != nil else { return nil }
    return Measure(
      name: Named(pair.key, pair.keySpan), total: total, credits: credits, condition: condition,
      window: window,
      quota: quota)
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
    return names.map(\.text).filter { ruleTables[$0] != nil }
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
