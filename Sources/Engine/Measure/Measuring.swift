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
      measure: measure, places: places, quotaPlaces: quotaColumn?.places ?? 0,
      inPeriod: [Int64](repeating: 0, count: cells), value: [],
      periodQuota: [Int64?](repeating: nil, count: cells),
      quota: [], windows: windows)
    for lines in sources { try add(lines, places, &result.inPeriod) }
    result.value = try running(result.inPeriod, windows, places)
    if let quota = measure.quota {
      try addQuotas(quota, &result.periodQuota, &rejected, &notices)
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
    case .column(let name): sources.map { Quantities(name, of: $0, context)?.places ?? 0 }.max() ?? 0
    }
  }

  /// Adds the lines up, a stretch of whole payees at a time on all cores.
  private func add(_ lines: CreditedLines, _ places: Int, _ totals: inout [Int64]) throws(Diagnostic) {
    let periods = plan.calendar.periods.count
    let stretches = lines.stretches(size: 1 << 16)
    let sums = Parallel.map(stretches.count) { index -> (first: Int, cells: [Int64])? in
      let range = stretches[index]
      let first = Int(lines.payee[range.lowerBound])
      let last = Int(lines.payee[range.upperBound - 1])
      var cells = [Int64](repeating: 0, count: (last - first + 1) * periods)
      do {
        try add(lines, range, places, first * periods, &cells)
      } catch {
        return nil
      }
      return (first * periods, cells)
    }
    for sum in sums {
      guard let sum else { throw overflow() }
      for (offset, cell) in sum.cells.enumerated() where cell != 0 {
        let (total, carried) = totals[sum.first + offset].addingReportingOverflow(cell)
        if carried { throw overflow() }
        totals[sum.first + offset] = total
      }
    }
  }

  /// Adds a stretch of lines to the cells of its payees, which begin at the pair of number `first`.
  private func add(
    _ lines: CreditedLines, _ range: Range<Int>, _ places: Int, _ first: Int, _ cells: inout [Int64]
  ) throws(ArithmeticOverflow) {
    let periods = plan.calendar.periods.count
    let wanted = try measure.condition.map { condition throws(ArithmeticOverflow) in
      try LineColumns(lines: lines, range: range, context: context).mask(condition)
    }
    let addends = try addends(lines, range, places)
    for line in range where wanted?[line - range.lowerBound] ?? true {
      let place = Int(lines.payee[line]) * periods + Int(lines.period[line]) - first
      let (sum, carried) = cells[place].addingReportingOverflow(addends?[line - range.lowerBound] ?? 1)
      if carried { throw ArithmeticOverflow() }
      cells[place] = sum
    }
  }

  /// What each line adds; nil when each adds one.
  private func addends(
    _ lines: CreditedLines, _ range: Range<Int>, _ places: Int
  ) throws(ArithmeticOverflow) -> [Int64]? {
    switch measure.total {
    case .count: return nil
    case .amount:
      return try Self.scaled(
        Array(lines.amount[range]), by: Int64(truncatingIfNeeded: PowersOfTen[places - lines.places]))
    case .column(let name):
      guard let column = try Quantities(name, of: lines, context)?.column(lines, range) else {
        return [Int64](repeating: 0, count: range.count)
      }
      let cells: [Int64]
      switch column.values {
      case .integer(let numbers), .decimal(let numbers, _):
        cells =
          column.missing.map { missing in numbers.indices.map { missing[$0] ? 0 : numbers[$0] } } ?? numbers
      default: cells = [Int64](repeating: 0, count: range.count)
      }
      let factor = Int64(truncatingIfNeeded: PowersOfTen[places - column.places])
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

  private func addQuotas(
    _ quota: Quota, _ quotas: inout [Int64?], _ rejected: inout [RejectedRow], _ notices: inout [Diagnostic]
  ) throws(Diagnostic) {
    guard let table = context.tables[quota.table], let amounts = table[quota.amount] else { return }
    let periods = plan.calendar.periods.count
    let owners = context.people.finder.indices(of: table[quota.person])
    let placement = QuotaPlacement(quota.placement, table, plan.calendar)
    let places = amounts.places
    let isPlain = quota.scale == .one
    var outside: [Int] = []
    for row in 0..<table.rowCount where owners[row] >= 0 {
      // A quota of another year may be meant, and is told; a label that names no period is a fault.
      let period = placement.period(row)
      if period < 0 {
        switch quota.placement {
        case .label(let column): rejected.append(unplaced(table, row, column))
        case .date(let column): if !(table[column]?.isMissing(row) ?? true) { outside.append(row) }
        }
        continue
      }
      guard let number = amounts.number(row) else { continue }
      if number < .zero {
        rejected.append(negative(table, row, amounts))
        continue
      }
      let value: Int64
      if isPlain, let digits = Int64(exactly: number.coefficient) {
        value = digits
      } else {
        guard let scaled = try? number.multiplied(by: quota.scale).rescaled(to: places, rounding: .halfEven),
          let digits = Int64(exactly: scaled)
        else { throw overflow() }
        value = digits
      }
      let place = Int(owners[row]) * periods + period
      let (sum, carried) = (quotas[place] ?? 0).addingReportingOverflow(value)
      if carried { throw overflow() }
      quotas[place] = sum
    }
    guard case .date(let name) = quota.placement, let days = table[name] else { return }
    let notice = RowNotice.outside(
      outside, days, of: table, so: "the quota counts in no period",
      help: "mend the day, or leave the row out of the file")
    if let notice { notices.append(notice) }
  }

  private func negative(_ table: Table, _ row: Int, _ amounts: Column) -> RejectedRow {
    RejectedRow(
      table: table.name, file: table.file, line: Int(table.lines[row]), column: amounts.name,
      code: .badNumber,
      message: "a quota cannot be negative, and this one is \(amounts.display(row))",
      help: "write the quota itself; to lower one, write the lower figure in its row")
  }

  private func unplaced(_ table: Table, _ row: Int, _ column: String) -> RejectedRow {
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
