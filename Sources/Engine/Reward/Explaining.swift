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
    for component in result.components {
      if let part = try part(component.component.name.text, payee) { parts.append(part) }
    }
    return parts
  }

  var periodCount: Int { result.data.plan.calendar.periods.count }

  /// The figures of a component, and its batches; nil when it failed.
  func batching(_ name: String) -> (figures: ComponentResult.Figures, batching: Batching)? {
    guard let figures = result.component(name)?.figures, let contract = contracts[name],
      let component = result.component(name)?.component
    else { return nil }
    let batching = Batching(
      component: component, contract: contract, lines: figures.lines, from: figures.from,
      takesPart: figures.takesPart, tables: Batching.tables(contract, result.data), context: result.data)
    return (figures, batching)
  }

  /// What the module says of a batch.
  func explanation(_ batching: Batching, _ extent: Batching.Extent) throws(Diagnostic) -> Explanation {
    let batch = try batching.batch(extent)
    let explanation = try batching.located(extent) { () throws(ComponentFault) in
      try runner.explain(batching.component, batch)
    }
    guard explanation.lines.count == extent.lines.count, explanation.periods.count == extent.places.count
    else {
      let module = batching.component.module
      throw Diagnostic(
        .moduleProtocol, .error,
        "module `\(module.text)` explained \(explanation.lines.count) lines of \(extent.lines.count) "
          + "and \(explanation.periods.count) periods of \(extent.places.count)",
        at: module.span)
    }
    return explanation
  }

  private func part(_ name: String, _ payee: Int) throws(Diagnostic) -> Part? {
    guard let (_, batching) = batching(name) else { return nil }
    let own = batching.extent(payee: payee)
    // Where what one gets depends on the others, all of them cross, and the payee's part is picked out.
    let extent = contracts[name]?.gives.scope == .component ? batching.whole : own
    let explanation = try explanation(batching, extent)
    var periodSteps: [Int: [Step]] = [:]
    for place in own.places {
      periodSteps[Int(batching.places[place]) % periodCount] =
        explanation.periods[place - extent.places.lowerBound]
    }
    let first = extent.lines.lowerBound
    return Part(
      component: batching.component, lines: own.lines,
      lineSteps: Array(
        explanation.lines[own.lines.lowerBound - first..<own.lines.upperBound - first]),
      periodSteps: periodSteps)
  }
}
