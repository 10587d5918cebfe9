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
    let batching = Batching(
      component: component, contract: contract, lines: figures.lines, takesPart: figures.takesPart,
      context: result.data)
    let extent = batching.extent(payee: payee)
    let (lines, places) = (extent.lines, batching.places[extent.places])
    let batch = try batching.batch(extent)
    let explanation = try runner.explain(component, batch)
    guard explanation.lines.count == lines.count, explanation.periods.count == places.count else {
      throw Diagnostic(
        .moduleProtocol, .error,
        "module `\(component.module.text)` explained \(explanation.lines.count) lines of \(lines.count)",
        at: component.module.span)
    }
    var periodSteps: [Int: [Step]] = [:]
    for (place, steps) in zip(places, explanation.periods) { periodSteps[Int(place) % periods] = steps }
    return Part(component: component, lines: lines, lineSteps: explanation.lines, periodSteps: periodSteps)
  }
}
