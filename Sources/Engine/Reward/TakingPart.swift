import Diagnostics
import PlanCalendar
import PlanModel

/// In which pairs of payee and period a component pays, of neighbouring payees.
package struct TakingPart: Sendable {
  /// The pair that the first flag is of.
  let first: Int
  var flags: [Bool]

  /// Those of all payees, as far as no lines are needed to know.
  ///
  /// A payee takes part in a period on whose last day the module is switched on, and in which the component is in force
  /// when the condition on payees holds on its first or last day; lines on other days add to that.
  init(_ component: Component, _ context: RunData) throws(Diagnostic) {
    first = 0
    flags = try Self.inForce(component, context)
    guard let switching = ModuleSwitching(component, context) else { return }
    let periods = context.plan.calendar.periods
    for (index, period) in periods.enumerated() {
      let enabled = switching.everybody(on: period.lastDay)
      for payee in enabled.indices where !enabled[payee] { flags[payee * periods.count + index] = false }
    }
  }

  private init(first: Int, flags: [Bool]) { (self.first, self.flags) = (first, flags) }

  /// Those of several stretches of payees, each of which begins where the one before ends.
  init(joining parts: [TakingPart]) {
    self.init(first: parts[0].first, flags: parts.flatMap(\.flags))
  }

  /// Those of neighbouring payees, each of whom has a flag for each of so many periods.
  func of(_ payees: Range<Int>, periods: Int) -> TakingPart {
    let start = payees.lowerBound * periods
    return TakingPart(
      first: start, flags: Array(flags[start - first..<payees.upperBound * periods - first]))
  }

  /// The pairs, ascending.
  var places: [Int32] { flags.indices.compactMap { flags[$0] ? Int32(first + $0) : nil } }

  private static func inForce(_ component: Component, _ context: RunData) throws(Diagnostic) -> [Bool] {
    let periods = context.plan.calendar.periods
    let inForce = periods.map { period in
      (component.from.map { $0 < period.end } ?? true) && (component.to.map { $0 >= period.start } ?? true)
    }
    var flags = [Bool](repeating: false, count: context.people.count * periods.count)
    guard let condition = component.payees else {
      for place in flags.indices { flags[place] = inForce[place % periods.count] }
      return flags
    }
    for (index, period) in periods.enumerated() where inForce[index] {
      for day in [period.start, period.lastDay] {
        let mask = try LineColumns(everyoneOn: day, period: index, context: context)
          .mask(condition, component.name.span)
        for payee in mask.indices where mask[payee] { flags[payee * periods.count + index] = true }
      }
    }
    return flags
  }
}
