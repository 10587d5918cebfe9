import ModuleKit
import ModuleProtocol
import Money

extension Walk {
  /// What a period adds to its lines, which earned `fromLines`: its own amount, true-up, gate, floor and caps, in this order.
  mutating func settle(
    _ row: Int, _ lines: Range<Int>, _ fromLines: Int128, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) {
    var fromLines = fromLines
    var extra: Int128 = 0
    if let periodAmounts {
      var before = window.amountDue
      extra += try periodAmounts.pay(row, &before, terms.round, &recorder)
      window.amountDue = before
    }
    if words.needsDue {
      let band = max(reached, pricing.kind == .overage ? input.bands?.tiers.firstBeyond ?? 0 : 0)
      let exact = band < window.dueByBand.count ? window.dueByBand[band] : 0
      let due = Int128(try earnedRounding.rescaled(exact))
      let correction = due - window.due - fromLines
      let before = window.due + fromLines
      if correction != 0 {
        recorder.period(row) { words.due(Int128(window.weighted), Int128(exact), band, before, correction) }
      }
      extra += correction
      window.due = due
    }
    if let gate, try !gate.isOpen(row) {
      window.withheld += fromLines + extra
      for line in lines where earned[line] != 0 {
        recorder.line(line) { words.step(gate.words(row), -Int128(earned[line]), "/gate") }
        earned[line] = 0
      }
      if extra != 0 { recorder.period(row) { words.step(gate.words(row), -extra, "/gate") } }
      (fromLines, extra) = (0, 0)
    } else if gate?.terms.missed == .later {
      let withheld = window.withheld
      if withheld != 0 {
        recorder.period(row) { words.step("earned while the gate was closed", withheld, "/gate/missed") }
      }
      extra += withheld
      window.withheld = 0
    }
    if limits.bounds(.period) {
      let (paid, isFloor) = limits.within(.period, fromLines + extra, row, isEnd: true)
      extra += bound(row, .period, isFloor, by: paid - fromLines - extra, &recorder)
    }
    var totals = window.totals
    extra += bound(row, .window, &totals, fromLines + extra, &recorder)
    window.totals = totals
    totals = year
    extra += bound(row, .year, &totals, fromLines + extra, &recorder)
    year = totals
    adjustment[row] = try Exact.narrow(extra)
  }

  /// What the bounds of a longer span change of what a period pays.
  ///
  /// With a cap of 10,000 a year, periods of 6,000, 7,000 and -4,000 pay 6,000, 4,000 and -1,000: 9,000 in all. With a
  /// floor of 20,000, the last period of the year pays what is missing.
  private func bound(
    _ row: Int, _ span: Terms.Bound.Span, _ totals: inout SpanTotals, _ amount: Int128,
    _ recorder: inout some WalkRecorder
  ) -> Int128 {
    guard limits.bounds(span) else { return 0 }
    totals.unbounded += amount
    let (due, isFloor) = limits.within(span, totals.unbounded, row, isEnd: input.isEnd(of: span, row))
    let change = due - totals.paid - amount
    totals.paid = due
    return bound(row, span, isFloor, by: change, &recorder)
  }

  private func bound(
    _ row: Int, _ span: Terms.Bound.Span, _ isFloor: Bool, by change: Int128,
    _ recorder: inout some WalkRecorder
  ) -> Int128 {
    if change != 0 { recorder.period(row) { words.bound(isFloor: isFloor, span, row, change) } }
    return change
  }
}
