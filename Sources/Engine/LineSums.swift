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

  /// Adds other sums of the same pairs.
  mutating func add(_ other: LineSums) {
    for place in amounts.indices where other.counts[place] > 0 {
      add(other.amounts[place], at: place, lines: other.counts[place])
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
