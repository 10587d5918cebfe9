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
      component: component, contract: contract, lines: figures.lines, from: figures.from,
      takesPart: figures.takesPart,
      context: result.data)
    let own = batching.extent(payee: payee)
    // Where what one gets depends on the others, all of them cross, and the payee's part is picked out.
    let extent = contract.gives.scope == .component ? batching.whole : own
    let explanation = try runner.explain(component, try batching.batch(extent))
    guard
      explanation.lines.count == extent.lines.count, explanation.periods.count == extent.places.count
    else {
      throw Diagnostic(
        .moduleProtocol, .error,
        "module `\(component.module.text)` explained \(explanation.lines.count) lines of \(extent.lines.count) "
          + "and \(explanation.periods.count) periods of \(extent.places.count)",
        at: component.module.span)
    }
    var periodSteps: [Int: [Step]] = [:]
    for place in own.places {
      periodSteps[Int(batching.places[place]) % periods] =
        explanation.periods[place - extent.places.lowerBound]
    }
    let first = extent.lines.lowerBound
    return Part(
      component: component, lines: own.lines,
      lineSteps: Array(
        explanation.lines[own.lines.lowerBound - first..<own.lines.upperBound - first]),
      periodSteps: periodSteps)
  }
}
