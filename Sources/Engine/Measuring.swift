import Diagnostics
import Expressions
package import Money
import PlanCalendar
package import PlanModel
import Tables

/// What a measure came to, for each payee and period; the place of a pair is `payee * periods + period`.
package struct Measured: Sendable {
  package let measure: Measure
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

  func measured(rejected: inout [RejectedRow]) throws(Diagnostic) -> Measured {
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
    for lines in sources { try add(lines, places, &result.inPeriod) }
    result.value = try running(result.inPeriod, windows, places)
    if let quota = measure.quota {
      try addQuotas(quota, &result.periodQuota, &rejected)
      result.quota = try targets(result.periodQuota, windows, quota)
    } else {
      result.quota = result.periodQuota
    }
    return result
  }

  private func places(_ sources: [CreditedLines]) -> Int {
    switch measure.total {
    case .count: 0
    case .amount: sources.map(\.places).max() ?? plan.currency.places
    case .column(let name): sources.map { Self.places(context.tables[$0.table]?[name]) }.max() ?? 0
    }
  }

  private static func places(_ column: Column?) -> Int {
    if case .decimal(_, let places)? = column?.values { places } else { 0 }
  }

  private func add(_ lines: CreditedLines, _ places: Int, _ totals: inout [Int64]) throws(Diagnostic) {
    let periods = plan.calendar.periods.count
    var wanted: [Bool]?
    if let condition = measure.condition {
      do {
        wanted = try LineColumns(lines: lines, context: context).mask(condition)
      } catch {
        throw overflow()
      }
    }
    let column: Column? =
      if case .column(let name) = measure.total { context.tables[lines.table]?[name] } else { nil }
    let amountFactor = Int64(truncatingIfNeeded: PowersOfTen[max(0, places - lines.places)])
    for line in 0..<lines.count where wanted?[line] ?? true {
      let addend: (Int64, Bool)
      switch measure.total {
      case .count: addend = (1, false)
      case .amount: addend = lines.amount[line].multipliedReportingOverflow(by: amountFactor)
      case .column:
        let row = Int(lines.row[line])
        guard row >= 0, let number = column?.number(row) else { continue }
        guard let scaled = try? number.rescaled(to: places, rounding: .halfEven),
          let value = Int64(exactly: scaled)
        else { throw overflow() }
        addend = (value, false)
      }
      let place = Int(lines.payee[line]) * periods + Int(lines.period[line])
      let (sum, carried) = totals[place].addingReportingOverflow(addend.0)
      if addend.1 || carried { throw overflow() }
      totals[place] = sum
    }
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

  private func addQuotas(
    _ quota: Quota, _ quotas: inout [Int64?], _ rejected: inout [RejectedRow]
  ) throws(Diagnostic) {
    guard let table = context.tables[quota.table], let amounts = table[quota.amount] else { return }
    let periods = plan.calendar.periods
    let owners = context.people.finder.indices(of: table[quota.person])
    let labels = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1.label, $0) })
    let places = Self.places(amounts)
    for row in 0..<table.rowCount where owners[row] >= 0 {
      let period: Int?
      let column: String
      switch quota.placement {
      case .date(let name):
        // A quota of another year is no fault; a label that names no period is.
        guard let found = table[name]?.date(row).flatMap({ plan.calendar.index(of: $0) }) else { continue }
        (period, column) = (found, name)
      case .label(let name): (period, column) = (labels[table[name]?.display(row) ?? ""], name)
      }
      guard let period else {
        rejected.append(outside(table, row, column))
        continue
      }
      guard let number = amounts.number(row) else { continue }
      guard let scaled = try? number.multiplied(by: quota.scale).rescaled(to: places, rounding: .halfEven),
        let value = Int64(exactly: scaled)
      else { throw overflow() }
      let place = Int(owners[row]) * periods.count + period
      let (sum, carried) = (quotas[place] ?? 0).addingReportingOverflow(value)
      if carried { throw overflow() }
      quotas[place] = sum
    }
  }

  private func outside(_ table: Table, _ row: Int, _ column: String) -> RejectedRow {
    let word = table[column]?.display(row) ?? ""
    return RejectedRow(
      table: table.name, file: table.file, line: Int(table.lines[row]), column: column, code: .noPeriod,
      message: "`\(word)` is in no period of the plan",
      help: Suggestion.nearest(to: word, in: plan.calendar.periods.map(\.label)).map {
        "did you mean `\($0)`?"
      })
  }

  /// The quotas that the figures are held against, by window.
  private func targets(_ quotas: [Int64?], _ windows: [Int], _ quota: Quota) throws(Diagnostic) -> [Int64?] {
    let periods = windows.count
    var targets = quotas
    for place in targets.indices where place % periods > 0 {
      let period = place % periods
      guard windows[period] == windows[period - 1], let before = targets[place - 1] else { continue }
      let (sum, carried) = before.addingReportingOverflow(targets[place] ?? 0)
      if carried { throw overflow() }
      targets[place] = sum
    }
    if quota.target == .full {
      for place in targets.indices.reversed() where place % periods + 1 < periods {
        let period = place % periods
        if windows[period] == windows[period + 1] { targets[place] = targets[place + 1] }
      }
    }
    switch quota.zero {
    case .unmet: return targets.map { $0 == 0 ? nil : $0 }
    case .passed: return targets.map { $0 ?? 0 }
    }
  }

  private func overflow() -> Diagnostic {
    Diagnostic(
      .arithmeticOverflow, .error,
      "the figures of measure `\(measure.name.text)` are too large to add up exactly",
      at: measure.name.span)
  }
}
