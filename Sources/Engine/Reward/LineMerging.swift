import Money

/// Merges the lines of several credit rules into one order, amounts brought to the same places.
struct LineMerging {
  let sources: [CreditedLines]
  let ranks: RowRanks

  /// The lines of several rules in one order, and where each comes from.
  static func merged(
    _ sources: [CreditedLines], _ context: RunData
  ) throws(ArithmeticOverflow) -> (CreditedLines, LineSources) {
    guard let first = sources.first else {
      return (CreditedLines(rule: "", table: "", idColumn: "", places: 0), LineSources.whole)
    }
    if sources.count == 1 { return (first, LineSources.whole) }
    return try LineMerging(sources: sources, ranks: context.ranks[first.table] ?? RowRanks()).merged()
  }

  /// The merged lines, and where each comes from.
  func merged() throws(ArithmeticOverflow) -> (CreditedLines, LineSources) {
    let places = sources.map(\.places).max() ?? 0
    var merged = CreditedLines(
      rule: "", table: sources[0].table, idColumn: sources[0].idColumn, places: places)
    let count = sources.reduce(0) { $0 + $1.count }
    var from = LineSources.merging(count)
    let hasShares = sources.contains { !$0.shares.isEmpty }
    let hasOrigins = sources.contains { !$0.origins.isEmpty }
    let factors = sources.map { Int64(truncatingIfNeeded: PowersOfTen[places - $0.places]) }
    var next = [Int](repeating: 0, count: sources.count)
    for _ in 0..<count {
      // Each rule's lines are in order, so the next line of all is the least of their next ones.
      var best = -1
      for index in sources.indices where next[index] < sources[index].count {
        if best < 0 || key(index, next[index]) < key(best, next[best]) { best = index }
      }
      let (source, line) = (sources[best], next[best])
      next[best] += 1
      let (amount, overflow) = source.amount[line].multipliedReportingOverflow(by: factors[best])
      if overflow { throw ArithmeticOverflow() }
      merged.payee.append(source.payee[line])
      merged.row.append(source.row[line])
      merged.day.append(source.day[line])
      merged.period.append(source.period[line])
      merged.amount.append(amount)
      if hasShares { merged.shares.append(source.share(line)) }
      if hasOrigins { merged.origins.append(source.origin(line)) }
      from.append(rule: best, line: line)
    }
    return (merged, from)
  }

  private func key(_ source: Int, _ line: Int) -> (Int32, Int32, Int32) {
    let lines = sources[source]
    return (lines.payee[line], lines.day[line], ranks[lines.row[line]])
  }
}
