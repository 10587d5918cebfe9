package import Diagnostics
import ModuleProtocol
package import Money
import PlanModel

/// What each term of a component's config pays, and to whom: the steps of the module's explanation, added up by their
/// place in the config.
package struct StepTally: Sendable {
  package struct Entry: Sendable {
    package internal(set) var amount = ExactDecimal.zero
    /// The numbers of the payees.
    package internal(set) var payees: Set<Int32> = []

    package init() {}

    /// Adds what another place pays.
    package mutating func add(_ other: Entry) throws(ArithmeticOverflow) {
      amount = try amount.adding(other.amount)
      payees.formUnion(other.payees)
    }
  }

  /// By JSON pointer; steps that name no place are left out.
  package internal(set) var entries: [String: Entry] = [:]

  mutating func add(_ steps: [Step], payee: Int32) throws(ArithmeticOverflow) {
    for step in steps {
      guard let pointer = step.pointer else { continue }
      let amount = try (entries[pointer]?.amount ?? .zero).adding(step.amount)
      entries[pointer, default: Entry()].amount = amount
      entries[pointer]?.payees.insert(payee)
    }
  }
}

extension Explaining {
  /// The tally of one component over some periods; nil when it failed or the work was cancelled.
  package func tally(
    _ component: String, periods: Range<Int>, isCancelled: () -> Bool
  ) throws(Diagnostic) -> StepTally? {
    guard let (figures, batching) = batching(component) else { return nil }
    let count = Int32(periodCount)
    var tally = StepTally()
    do {
      for extent in batching.extents(rows: 512) {
        if isCancelled() { return nil }
        let explanation = try explanation(batching, extent)
        for (line, steps) in zip(extent.lines, explanation.lines)
        where periods.contains(Int(figures.lines.period[line])) {
          try tally.add(steps, payee: figures.lines.payee[line])
        }
        for (place, steps) in zip(batching.places[extent.places], explanation.periods)
        where periods.contains(Int(place % count)) {
          try tally.add(steps, payee: place / count)
        }
      }
    } catch let fault as Diagnostic {
      throw fault
    } catch {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the steps of component `\(component)` are too large to add up",
        at: batching.component.name.span)
    }
    return tally
  }
}
