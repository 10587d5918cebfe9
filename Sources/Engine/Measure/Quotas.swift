import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// The quotas that a measure's figures are held against, by payee and period.
struct Quotas {
  let quota: Quota
  let measure: Measure
  let plan: Plan
  let context: RunData

  private var periods: Int { plan.calendar.periods.count }

  /// The quotas of the periods alone; nil where there is none.
  func ofPeriods(
    rejected: inout [RejectedRow], notices: inout [Diagnostic]
  ) throws(Diagnostic) -> [Int64?] {
    guard let table = context.tables[quota.table], let amounts = table[quota.amount] else {
      return [Int64?](repeating: nil, count: context.people.count * periods)
    }
    var quotas: [Int64?]
    switch quota.holder {
    case .person(let column):
      let owners = context.people.finder.indices(of: table[column])
      quotas = try sums(table, amounts, owners, count: context.people.count, &rejected, &notices)
    case .attribute(let name, let column):
      var pool = TextPool()
      let cells = table[column]
      let holders = (0..<table.rowCount).map { row -> Int32 in
        guard let cells, !cells.isMissing(row) else { return -1 }
        return pool.code(cells.display(row))
      }
      let ofHolders = try sums(table, amounts, holders, count: pool.count, &rejected, &notices)
      quotas =
        quota.change == .byDay
        ? try spreadByDay(ofHolders, pool, attribute: name) : spread(ofHolders, pool, attribute: name)
    }
    try QuotaParts(quota, plan.calendar, context).apply(to: &quotas, measure)
    return quotas
  }

  /// The quotas that the figures are held against, by window.
  func targets(_ quotas: [Int64?], _ windows: [Int]) throws(Diagnostic) -> [Int64?] {
    var targets = quotas
    for place in targets.indices where place % periods > 0 {
      let period = place % periods
      guard windows[period] == windows[period - 1], let before = targets[place - 1] else { continue }
      let (sum, carried) = before.addingReportingOverflow(targets[place] ?? 0)
      if carried { throw measure.overflow }
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

  /// The sums of the rows of each holder, of whom there are `count`, and period.
  private func sums(
    _ table: Table, _ amounts: Column, _ holders: [Int32], count: Int, _ rejected: inout [RejectedRow],
    _ notices: inout [Diagnostic]
  ) throws(Diagnostic) -> [Int64?] {
    var quotas = [Int64?](repeating: nil, count: count * periods)
    let placement = QuotaPlacement(quota.placement, table, plan.calendar)
    let places = Measuring.places(amounts)
    let converting = QuotaConverting(quota, table, plan, context, &rejected)
    let isPlain = quota.scale == .one && converting == nil
    var outside: [Int] = []
    for row in 0..<table.rowCount where holders[row] >= 0 {
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
        guard let rate = converting.map({ $0.rate(of: row, in: period) }) ?? .one else {
          if let converting { rejected.append(converting.rejection(of: row, in: period)) }
          continue
        }
        guard
          let scaled = try? number.multiplied(by: quota.scale).multiplied(by: rate)
            .rescaled(to: places, rounding: .halfEven),
          let digits = Int64(exactly: scaled)
        else { throw measure.overflow }
        value = digits
      }
      let place = Int(holders[row]) * periods + period
      let (sum, carried) = (quotas[place] ?? 0).addingReportingOverflow(value)
      if carried { throw measure.overflow }
      quotas[place] = sum
    }
    if case .date(let name) = quota.placement, let days = table[name] {
      let notice = RowNotice.outside(
        outside, days, of: table, so: "the quota counts in no period",
        help: "mend the day, or leave the row out of the file")
      if let notice { notices.append(notice) }
    }
    return quotas
  }

  /// The quotas of those who have the attribute on the last day of each period.
  private func spread(_ ofHolders: [Int64?], _ pool: TextPool, attribute: String) -> [Int64?] {
    let everybody = Array(0..<Int32(context.people.count))
    var quotas = [Int64?](repeating: nil, count: everybody.count * periods)
    for (number, period) in plan.calendar.periods.enumerated() {
      let days = [Int32](repeating: period.end.day - 1, count: everybody.count)
      guard let values = context.people.attribute(attribute, payees: everybody, days: days) else { continue }
      for payee in everybody.indices where !values.isMissing(payee) {
        guard let holder = pool.find(values.display(payee)) else { continue }
        quotas[payee * periods + number] = ofHolders[Int(holder) * periods + number]
      }
    }
    return quotas
  }

  /// The quotas of what people are on each day of each period, by the days.
  ///
  /// Worked number: 30,000 for a rep and 60,000 for a senior in June, with a change on the 16th, is 15 days of each:
  /// 45,000. It is rounded once, half-even, to the digits of the quotas.
  private func spreadByDay(
    _ ofHolders: [Int64?], _ pool: TextPool, attribute: String
  ) throws(Diagnostic) -> [Int64?] {
    let everybody = Array(0..<Int32(context.people.count))
    var quotas = [Int64?](repeating: nil, count: everybody.count * periods)
    for (number, period) in plan.calendar.periods.enumerated() {
      var sums = [Int128?](repeating: nil, count: everybody.count)
      for day in period.start.day..<period.end.day {
        let days = [Int32](repeating: day, count: everybody.count)
        guard let values = context.people.attribute(attribute, payees: everybody, days: days) else {
          continue
        }
        for payee in everybody.indices where !values.isMissing(payee) {
          guard let holder = pool.find(values.display(payee)),
            let whole = ofHolders[Int(holder) * periods + number]
          else { continue }
          sums[payee] = (sums[payee] ?? 0) + Int128(whole)
        }
      }
      let count = Int128(period.end.day - period.start.day)
      for payee in everybody.indices {
        guard let sum = sums[payee] else { continue }
        guard let part = Int64(exactly: RoundingMode.halfEven.quotient(sum, count)) else {
          throw measure.overflow
        }
        quotas[payee * periods + number] = part
      }
    }
    return quotas
  }

  private func negative(_ table: Table, _ row: Int, _ amounts: Column) -> RejectedRow {
    RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: amounts.name,
      code: .badNumber,
      message: "a quota cannot be negative, and this one is \(amounts.display(row))",
      help: "write the quota itself; to lower one, write the lower figure in its row")
  }

  private func unplaced(_ table: Table, _ row: Int, _ column: String) -> RejectedRow {
    let word = table[column]?.display(row) ?? ""
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: column,
      code: .noPeriod,
      message: "`\(word)` is in no period of the plan",
      help: Suggestion.nearest(to: word, in: plan.calendar.periods.map(\.label)).map {
        "did you mean `\($0)`?"
      })
  }
}
