import ModuleKit
import ModuleProtocol
import Money

extension Walk {
  /// What a period adds to its lines, which earned `fromLines`: true-up, gate, floor and caps, in this order.
  mutating func settle(
    _ row: Int, _ lines: Range<Int>, _ fromLines: Int128, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) {
    var fromLines = fromLines
    var extra: Int128 = 0
    if words.needsDue {
      let exact = try Number.product(window.weighted, pricing.rates[reached])
      let due = Int128(try earnedRounding.rescaled(exact))
      let correction = due - window.due - fromLines
      let before = window.due + fromLines
      if correction != 0 {
        recorder.period(row) { words.due(Int128(window.weighted), reached, before, correction) }
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
    if let least = limits.periodFloor, fromLines + extra < least {
      let change = least - fromLines - extra
      recorder.period(row) { words.bound(terms.floor, "floor", "period", change) }
      extra += change
    }
    if let most = limits.periodCap, fromLines + extra > most {
      let change = most - fromLines - extra
      recorder.period(row) { words.bound(terms.cap, "cap", "period", change) }
      extra += change
    }
    if let most = limits.windowCap {
      window.uncapped += fromLines + extra
      let paid = min(window.uncapped, most)
      let change = paid - window.paid - fromLines - extra
      if change != 0 { recorder.period(row) { words.bound(terms.cap, "cap", "window", change) } }
      extra += change
      window.paid = paid
    }
    adjustment[row] = try Exact.narrow(extra)
  }
}
