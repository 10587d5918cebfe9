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
  /// What each component pays in each period of the calendar; nil for one that failed.
  private let sums: [String: PeriodSums?]
  /// The components that pay money, in the order of the plan.
  private let payingMoney: [String]
  /// In which periods each measure has a figure.
  private let measured: [String: PeriodSums]

  /// The preview of an outcome; what is as in an earlier preview of the same session is not added up again.
  package init(_ outcome: RunOutcome, after earlier: PayoutPreview? = nil) {
    self.outcome = outcome
    let result = outcome.result
    let count = result.data.plan.calendar.periods.count
    var sums: [String: PeriodSums?] = [:]
    var measured: [String: PeriodSums] = [:]
    for component in result.components {
      let name = component.component.name.text
      let number = result.memory.number(ofComponent: name)
      sums[name] = .some(
        component.figures.map { figures in
          PeriodSums(
            figures.total, places: figures.places, periods: count, number: number,
            after: earlier?.sums[name] ?? nil)
        })
    }
    for (name, measure) in result.data.measures {
      measured[name] = PeriodSums(
        measure.inPeriod, places: 0, periods: count, number: result.memory.number(ofMeasure: name),
        after: earlier?.measured[name])
    }
    (self.sums, self.measured) = (sums, measured)
    payingMoney = result.components.filter { $0.unit == nil }.map(\.component.name.text)
    let all = sums.values.compactMap { $0 } + measured.values
    latestPeriod =
      result.periods.last { period in all.contains { $0.isTelling[period] } } ?? result.periods.first
  }

  package var result: RunResult { outcome.result }

  /// The labels of the periods that have begun.
  package var periods: [String] {
    result.data.plan.calendar.periods[result.periods].map(\.label)
  }

  /// What a component pays in a period, or in all; nil when it failed.
  package func total(component: String, period: Int?) -> ExactDecimal? {
    guard let known = sums[component], let own = known else { return nil }
    let wanted = period.map { $0..<$0 + 1 } ?? result.periods
    return ExactDecimal(coefficient: own.cells[wanted].reduce(0, +), scale: own.places)
  }

  /// What all components that pay money pay in a period, or in all; nil when one failed.
  package func total(period: Int?) -> ExactDecimal? {
    payingMoney.reduce(ExactDecimal.zero as ExactDecimal?) { sum, name in
      guard let sum, let amount = total(component: name, period: period) else { return nil }
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

/// Figures of pairs of payee and period, added up by period.
private struct PeriodSums {
  /// The number of the work that they are of.
  let number: Int?
  /// The sum of each period of the calendar, in its last digit.
  let cells: [Int128]
  let places: Int
  /// Whether any figure of the period is not zero.
  let isTelling: [Bool]

  init(_ figures: [Int64], places: Int, periods: Int, number: Int?, after earlier: PeriodSums?) {
    if let earlier, number != nil, earlier.number == number {
      self = earlier
      return
    }
    var cells = [Int128](repeating: 0, count: periods)
    var isTelling = [Bool](repeating: false, count: periods)
    var period = 0
    for amount in figures {
      if amount != 0 {
        cells[period] += Int128(amount)
        isTelling[period] = true
      }
      period += 1
      if period == periods { period = 0 }
    }
    (self.number, self.cells, self.places, self.isTelling) = (number, cells, places, isTelling)
  }
}
