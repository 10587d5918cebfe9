import Parallelism

/// The sums of lines by payee and period, for components of which nobody looks at single lines.
struct LineSums: Sendable {
  private var amounts: [Int64]
  private var counts: [Int32]
  private(set) var isTooLarge = false

  /// Sums of nothing for that many pairs of payee and period.
  init(cells: Int) {
    amounts = [Int64](repeating: 0, count: cells)
    counts = [Int32](repeating: 0, count: cells)
  }

  /// Adds a line to the sum of a pair.
  @inline(__always)
  mutating func add(_ amount: Int64, at place: Int, lines: Int32 = 1) {
    let (sum, overflow) = amounts[place].addingReportingOverflow(amount)
    amounts[place] = sum
    counts[place] += lines
    isTooLarge = isTooLarge || overflow
  }

  /// Adds other sums, the first of which is that of the pair of number `first`.
  mutating func add(_ other: LineSums, from first: Int = 0) {
    for place in other.amounts.indices where other.counts[place] > 0 {
      add(other.amounts[place], at: first + place, lines: other.counts[place])
    }
    isTooLarge = isTooLarge || other.isTooLarge
  }

  /// A line for each pair that any line was added to, on the last day of its period.
  func lines(like empty: CreditedLines, _ periods: PeriodOfDay) -> CreditedLines {
    var lines = empty
    var count = 0
    for place in amounts.indices where counts[place] > 0 {
      let period = place % periods.count
      lines.payee.append(Int32(place / periods.count))
      lines.row.append(-1)
      lines.day.append(periods.lastDays[period])
      lines.period.append(Int32(period))
      lines.amount.append(amounts[place])
      count += Int(counts[place])
    }
    lines.summed = count
    return lines
  }
}

extension CreditedLines {
  /// The sums of these lines, a line a payee and period; nil when they are too large.
  func summed(payees: Int, _ periods: PeriodOfDay) -> CreditedLines? {
    if summed != nil { return self }
    let stretches = LineStretches(self, size: 1 << 18, inOrder: false)
    let parts = Parallel.map(stretches.count) { index in
      let stretch = stretches[index]
      let first = Int32(stretch.payees.lowerBound)
      let (payee, period, amount) = (stretch.lines.payee, stretch.lines.period, stretch.lines.amount)
      var sums = LineSums(cells: stretch.payees.count * periods.count)
      for line in stretch.range {
        sums.add(amount[line], at: Int(payee[line] - first) * periods.count + Int(period[line]))
      }
      return (first: Int(first) * periods.count, sums: sums)
    }
    var whole = LineSums(cells: payees * periods.count)
    for part in parts { whole.add(part.sums, from: part.first) }
    if whole.isTooLarge { return nil }
    return whole.lines(
      like: CreditedLines(rule: rule, table: table, idColumn: idColumn, places: places), periods)
  }
}
