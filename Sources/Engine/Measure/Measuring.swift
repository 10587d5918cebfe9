import Diagnostics
import Expressions
package import Money
import Parallelism
import PlanCalendar
package import PlanModel
import Tables

/// What a measure came to, for each payee and period; the place of a pair is `payee * periods + period`.
package struct Measured: Sendable {
  package private(set) var measure: Measure
  /// Digits after the point of the figures.
  package let places: Int
  /// Digits after the point of the quotas.
  package let quotaPlaces: Int
  /// The figure of the period alone.
  package internal(set) var inPeriod: [Int64]
  /// The figure from the start of the window through the period.
  package internal(set) var value: [Int64]
  /// The quota of the period alone; nil where there is none.
  package internal(set) var periodQuota: [Int64?]
  /// The quota that the figure is held against; nil where there is none.
  package internal(set) var quota: [Int64?]
  /// For each period, the number of the window that it lies in.
  package let windows: [Int]

  /// The same figures for a measure that the plan defines alike at another place.
  func of(_ measure: Measure) -> Measured {
    var measured = self
    measured.measure = measure
    return measured
  }

  /// The attainment, value over quota, as an exact pair; nil where the quota is zero or none.
  package func attainment(_ place: Int) -> (value: ExactDecimal, quota: ExactDecimal)? {
    guard let quota = quota[place], quota != 0 else { return nil }
    return (
      ExactDecimal(coefficient: Int128(value[place]), scale: places),
      ExactDecimal(coefficient: Int128(quota), scale: quotaPlaces)
    )
  }
}

/// Adds up credited lines into measures and sets them against quotas.
struct Measuring {
  let measure: Measure
  let plan: Plan
  let context: RunData

  func measured(
    rejected: inout [RejectedRow], notices: inout [Diagnostic]
  ) throws(Diagnostic) -> Measured {
    let periods = plan.calendar.periods.count
    let cells = context.people.count * periods
    let sources = measure.credits.compactMap { context.credited[$0] }
    let places = self.places(sources)
    let windows = plan.calendar.windows(measure.window)
    let quotaColumn = measure.quota.flatMap { context.tables[$0.table]?[$0.amount] }
    var result = Measured(
      measure: measure, places: places, quotaPlaces: Self.places(quotaColumn),
      inPeriod: [Int64](repeating: 0, count: cells), value: [],
      periodQuota: [Int64?](repeating: nil, count: cells),
      quota: [], windows: windows)
    switch measure.total {
    case .figure(let figure):
      (result.inPeriod, result.value) = try FigureMeasuring(
        figure: figure, measure: measure, context: context
      )
      .figures(sources, windows)
    case .formula(let formula):
      (result.inPeriod, result.value) = try FormulaMeasuring(
        formula: formula, measure: measure, context: context
      )
      .figures()
    case .amount, .column, .count:
      for (rule, lines) in zip(measure.credits, sources) {
        try add(lines, of: rule, places, &result.inPeriod)
      }
      result.value = try running(result.inPeriod, windows, places)
    }
    if let quota = measure.quota {
      let quotas = Quotas(quota: quota, measure: measure, plan: plan, context: context)
      result.periodQuota = try quotas.ofPeriods(rejected: &rejected, notices: &notices)
      result.quota = try quotas.targets(result.periodQuota, windows)
    } else {
      result.quota = result.periodQuota
    }
    return result
  }

  private func places(_ sources: [CreditedLines]) -> Int {
    switch measure.total {
    case .count: 0
    case .figure(let figure): figure.places
    case .formula(let formula): formula.places
    case .amount: sources.map(\.places).max() ?? plan.currency.places
    case .column(let name):
      zip(measure.credits, sources).map { Quantities(name, of: $1, [$0], context)?.places ?? 0 }.max() ?? 0
    }
  }

  static func places(_ column: Column?) -> Int {
    if case .decimal(_, let places)? = column?.values { places } else { 0 }
  }

  /// Adds the lines up, a stretch of whole payees at a time on all cores.
  private func add(
    _ lines: CreditedLines, of rule: String, _ places: Int, _ totals: inout [Int64]
  ) throws(Diagnostic) {
    let periods = plan.calendar.periods.count
    // The first row of which a condition cannot be told is the first one in the order of lines.
    let stretches = LineStretches(lines, size: 1 << 16, inOrder: measure.condition != nil)
    let sums = Parallel.map(stretches.count) { index -> Result<(first: Int, cells: [Int64]), Diagnostic> in
      let stretch = stretches[index]
      let first = stretch.payees.lowerBound * periods
      var cells = [Int64](repeating: 0, count: stretch.payees.count * periods)
      return Result { () throws(Diagnostic) in
        try add(stretch.lines, of: rule, stretch.range, places, first, &cells)
        return (first, cells)
      }
    }
    for sum in sums {
      let sum = try sum.get()
      for (offset, cell) in sum.cells.enumerated() where cell != 0 {
        let (total, carried) = totals[sum.first + offset].addingReportingOverflow(cell)
        if carried { throw overflow() }
        totals[sum.first + offset] = total
      }
    }
  }

  /// Adds a stretch of lines to the cells of its payees, which begin at the pair of number `first`.
  private func add(
    _ lines: CreditedLines, of rule: String, _ range: Range<Int>, _ places: Int, _ first: Int,
    _ cells: inout [Int64]
  ) throws(Diagnostic) {
    let periods = plan.calendar.periods.count
    let wanted = try measure.condition.map { condition throws(Diagnostic) in
      try LineColumns(lines: lines, range: range, context: context).mask(condition, measure.name.span)
    }
    let addends: [Int64]?
    do { addends = try self.addends(lines, of: rule, range, places) } catch { throw overflow() }
    for line in range where wanted?[line - range.lowerBound] ?? true {
      let place = Int(lines.payee[line]) * periods + Int(lines.period[line]) - first
      let (sum, carried) = cells[place].addingReportingOverflow(addends?[line - range.lowerBound] ?? 1)
      if carried { throw overflow() }
      cells[place] = sum
    }
  }

  /// What each line adds; nil when each adds one.
  private func addends(
    _ lines: CreditedLines, of rule: String, _ range: Range<Int>, _ places: Int
  ) throws(ArithmeticOverflow) -> [Int64]? {
    switch measure.total {
    case .count, .figure, .formula: return nil
    case .amount:
      return try Self.scaled(
        Array(lines.amount[range]), by: Int64(truncatingIfNeeded: PowersOfTen[places - lines.places]))
    case .column(let name):
      guard let column = try Quantities(name, of: lines, [rule], context)?.column(lines, range, .whole) else {
        return [Int64](repeating: 0, count: range.count)
      }
      let cells: [Int64]
      switch column.values {
      case .integer(let numbers), .decimal(let numbers, _):
        cells =
          column.missing.map { missing in numbers.indices.map { missing[$0] ? 0 : numbers[$0] } } ?? numbers
      default: cells = [Int64](repeating: 0, count: range.count)
      }
      let factor = Int64(truncatingIfNeeded: PowersOfTen[places - Self.places(column)])
      return try Self.scaled(cells, by: factor)
    }
  }

  private static func scaled(_ cells: [Int64], by factor: Int64) throws(ArithmeticOverflow) -> [Int64] {
    if factor == 1 { return cells }
    var scaled: [Int64] = []
    scaled.reserveCapacity(cells.count)
    for cell in cells {
      let (product, overflow) = cell.multipliedReportingOverflow(by: factor)
      if overflow { throw ArithmeticOverflow() }
      scaled.append(product)
    }
    return scaled
  }

  /// The sums from the start of each window.
  private func running(_ figures: [Int64], _ windows: [Int], _ places: Int) throws(Diagnostic) -> [Int64] {
    var sums = figures
    let periods = windows.count
    for place in sums.indices {
      let period = place % periods
      guard period > 0, windows[period] == windows[period - 1] else { continue }
      let (sum, carried) = sums[place].addingReportingOverflow(sums[place - 1])
      if carried { throw overflow() }
      sums[place] = sum
    }
    return sums
  }

  private func overflow() -> Diagnostic { measure.overflow }
}

extension Measure {
  /// The fault of figures beyond what is counted exactly.
  var overflow: Diagnostic {
    Diagnostic(
      .arithmeticOverflow, .error,
      "the figures of measure `\(name.text)` are too large to add up exactly",
      at: name.span)
  }
}
