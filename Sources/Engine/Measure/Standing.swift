import Diagnostics
import Money
import Parallelism
import PlanCalendar
import PlanModel

/// How far a component's measure had come before each of the component's lines.
///
/// A measure may hold more than a component pays on: what was sold before the payee had the role that is paid, other
/// products, days on which the component was not in force. Bands by attainment are walked from where the measure
/// stands, so that what is paid agrees with the attainment that is shown.
struct Standing: Sendable {
  /// How far back the figure reaches.
  enum Span: String, CaseIterable {
    /// To the start of the measure's window.
    case window = "measure.before"
    /// To the start of the line's period.
    case period = "measure.before_in_period"
  }

  /// For each credit rule of the measure, the figure before each of the rule's lines.
  private let before: [String: [Int64]]
  private let places: Int

  init(_ measured: Measured, over span: Span, _ context: RunData) throws(Diagnostic) {
    let measure = measured.measure
    let sources = measure.credits.compactMap { context.credited[$0] }
    let (lines, from): (CreditedLines, LineSources)
    do { (lines, from) = try LineMerging.merged(sources, context) } catch { throw measure.overflow }
    let starts = span == .window ? measured.windows : Array(measured.windows.indices)
    let stretches = lines.stretches(size: 1 << 16)
    let found = Parallel.map(stretches.count) { index -> Result<[Int64], Diagnostic> in
      Result { () throws(Diagnostic) in
        try Self.figures(lines, stretches[index], starts, measure, context)
      }
    }
    var before: [String: [Int64]] = [:]
    var line = 0
    for stretch in found {
      for figure in try stretch.get() {
        before[measure.credits[from.rule(line)], default: []].append(figure)
        line += 1
      }
    }
    self.before = before
    places = lines.places
  }

  /// What the lines of a stretch of whole payees come to before each of them.
  private static func figures(
    _ lines: CreditedLines, _ range: Range<Int>, _ starts: [Int], _ measure: Measure, _ context: RunData
  ) throws(Diagnostic) -> [Int64] {
    let counts = try measure.condition.map { condition throws(Diagnostic) in
      try LineColumns(lines: lines, range: range, context: context).mask(condition, measure.name.span)
    }
    var figures: [Int64] = []
    figures.reserveCapacity(range.count)
    var sum: Int64 = 0
    for line in range {
      if line == range.lowerBound || lines.payee[line] != lines.payee[line - 1]
        || starts[Int(lines.period[line])] != starts[Int(lines.period[line - 1])]
      {
        sum = 0
      }
      figures.append(sum)
      guard counts?[line - range.lowerBound] ?? true else { continue }
      let (next, overflow) = sum.addingReportingOverflow(lines.amount[line])
      if overflow { throw measure.overflow }
      sum = next
    }
    return figures
  }

  /// A cell a line, and the digits after the point.
  struct Figures: Sendable {
    var cells: [Int64]
    let places: Int
  }

  /// The figures before the lines of a component.
  ///
  /// - Precondition: each is a line of one of the measure's rules; the columns are offered to no other component.
  func figures(of rules: [String], _ from: LineSources, count: Int) -> Figures {
    let columns = rules.map { before[$0] ?? [] }
    return Figures(cells: (0..<count).map { columns[from.rule($0)][from.line($0)] }, places: places)
  }
}
