package import Diagnostics
package import ModuleProtocol
import PlanCalendar
package import PlanModel

/// Asks modules for the steps behind the figures of a payee.
package struct Explaining {
  /// The steps of one component for one payee.
  package struct Part: Sendable {
    package let component: Component
    /// The payee's lines among the component's lines, and the steps of each.
    package let lines: Range<Int>
    package let lineSteps: [[Step]]
    /// The steps of each period's adjustment, by the period's place in the calendar.
    package let periodSteps: [Int: [Step]]
  }

  private let result: RunResult
  private let contracts: [String: ComponentContract]
  private let runner: any ComponentRunner

  package init(_ result: RunResult, contracts: [String: ComponentContract], runner: any ComponentRunner) {
    self.result = result
    self.contracts = contracts
    self.runner = runner
  }

  /// The parts of the payee's pay, in the order of the plan; failed components are left out.
  package func parts(payee: Int) throws(Diagnostic) -> [Part] {
    var parts: [Part] = []
    for result in result.components {
      if let figures = result.figures, let contract = contracts[result.component.name.text] {
        parts.append(try part(result.component, figures, contract, payee))
      }
    }
    return parts
  }

  private func part(
    _ component: Component, _ figures: ComponentResult.Figures, _ contract: ComponentContract, _ payee: Int
  ) throws(Diagnostic) -> Part {
    let periods = result.data.plan.calendar.periods.count
    let places = (payee * periods..<(payee + 1) * periods).filter { figures.takesPart[$0] }
    let lines = Self.lines(of: Int32(payee), figures.lines.payee)
    let batch = Batching(
      component: component, contract: contract, lines: figures.lines, takesPart: figures.takesPart,
      context: result.data
    ).batch(lines: lines, places: places[...])
    let explanation = try runner.explain(component, batch)
    guard explanation.lines.count == lines.count, explanation.periods.count == places.count else {
      throw Diagnostic(
        .moduleProtocol, .error,
        "module `\(component.module.text)` explained \(explanation.lines.count) lines of \(lines.count)",
        at: component.module.span)
    }
    var periodSteps: [Int: [Step]] = [:]
    for (place, steps) in zip(places, explanation.periods) { periodSteps[place % periods] = steps }
    return Part(component: component, lines: lines, lineSteps: explanation.lines, periodSteps: periodSteps)
  }

  /// The payee's stretch of a column that ascends.
  private static func lines(of payee: Int32, _ column: [Int32]) -> Range<Int> {
    func first(notBelow value: Int32) -> Int {
      var low = 0
      var high = column.count
      while low < high {
        let middle = (low + high) / 2
        if column[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return first(notBelow: payee)..<first(notBelow: payee + 1)
  }
}
