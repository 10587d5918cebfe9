package import Engine
package import Money
import PlanCalendar
import PlanModel
import Reports

/// What a run pays, as it is shown while a plan is typed: of one period, or of all.
package struct PayoutPreview: Sendable {
  package let outcome: RunOutcome
  /// The last period in which anything is paid or measured; the first one when there is none.
  package let latestPeriod: Int?
  /// What each component pays in each period of the calendar, in its last digit; nil for one that failed.
  private let sums: [String: (cells: [Int128], places: Int)?]

  package init(_ outcome: RunOutcome) {
    self.outcome = outcome
    let result = outcome.result
    let count = result.data.plan.calendar.periods.count
    var sums: [String: (cells: [Int128], places: Int)?] = [:]
    var isTelling = [Bool](repeating: false, count: count)
    for component in result.components {
      guard let figures = component.figures else {
        sums[component.component.name.text] = .some(nil)
        continue
      }
      var cells = [Int128](repeating: 0, count: count)
      for (place, amount) in figures.total.enumerated() where amount != 0 {
        cells[place % count] += Int128(amount)
        isTelling[place % count] = true
      }
      sums[component.component.name.text] = (cells, figures.places)
    }
    for measured in result.data.measures.values {
      for (place, amount) in measured.inPeriod.enumerated() where amount != 0 {
        isTelling[place % count] = true
      }
    }
    self.sums = sums
    latestPeriod = result.periods.last { isTelling[$0] } ?? result.periods.first
  }

  package var result: RunResult { outcome.result }

  /// The labels of the periods that have begun.
  package var periods: [String] {
    result.data.plan.calendar.periods[result.periods].map(\.label)
  }

  /// What a component pays in a period, or in all; nil when it failed.
  package func total(component: String, period: Int?) -> ExactDecimal? {
    guard let known = sums[component], let (cells, places) = known else { return nil }
    let wanted = period.map { $0..<$0 + 1 } ?? result.periods
    return ExactDecimal(coefficient: cells[wanted].reduce(0, +), scale: places)
  }

  /// What all components that pay money pay in a period, or in all; nil when one failed.
  package func total(period: Int?) -> ExactDecimal? {
    result.components.filter { $0.unit == nil }.reduce(ExactDecimal.zero as ExactDecimal?) { sum, component in
      guard let sum, let amount = total(component: component.component.name.text, period: period) else {
        return nil
      }
      return try? sum.adding(amount)
    }
  }

  /// The money that a payee gets in a period, or in all; nil when a component failed.
  package func total(payee: Int, period: Int?) -> ExactDecimal? {
    StatementReport(result).totals(payee: payee, period: period).money
  }

  /// What a component pays in: the plan's currency, or a unit of its own.
  package func unit(of component: String) -> String {
    result.component(component)?.unit ?? result.data.plan.currency.code
  }
}
