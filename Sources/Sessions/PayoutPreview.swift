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

/// How the pay of people differs between two states of a plan.
package struct PayoutChange: Sendable {
  /// One payee's pay before and after.
  package struct Row: Sendable {
    package let payee: String
    package let name: String
    package let before: ExactDecimal
    package let after: ExactDecimal
    package let difference: ExactDecimal
  }

  /// Those who get more, the largest gain first; of equals, by id.
  package let better: [Row]
  /// Those who get less, the largest loss first; of equals, by id.
  package let worse: [Row]
  /// How many get the same.
  package let same: Int

  /// The change of a period, or of all, told apart by the ids of payees; nil when a component failed in either.
  ///
  /// Worked number: 12,000.00 at 10% and then at 12% is 1,200.00 and 1,440.00, better by 240.00.
  package init?(from old: PayoutPreview, to new: PayoutPreview, period label: String?) {
    func totals(_ preview: PayoutPreview) -> [String: (name: String, total: ExactDecimal)]? {
      let data = preview.result.data
      let period = label.flatMap { label in data.plan.calendar.periods.firstIndex { $0.label == label } }
      if label != nil, period == nil { return [:] }
      var totals: [String: (name: String, total: ExactDecimal)] = [:]
      let report = StatementReport(preview.result)
      for payee in 0..<data.people.count {
        guard let total = report.totals(payee: payee, period: period).money else { return nil }
        totals[data.people.ids[payee]] = (data.people.names[payee], total)
      }
      return totals
    }
    guard let before = totals(old), let after = totals(new) else { return nil }
    var rows: [Row] = []
    for id in Set(before.keys).union(after.keys) {
      let (first, second) = (before[id]?.total ?? .zero, after[id]?.total ?? .zero)
      guard let difference = try? second.subtracting(first) else { return nil }
      rows.append(
        Row(
          payee: id, name: after[id]?.name ?? before[id]?.name ?? id, before: first, after: second,
          difference: difference))
    }
    func inOrder(_ rows: [Row], _ isFirst: (Row, Row) -> Bool) -> [Row] {
      rows.sorted { a, b in a.difference == b.difference ? a.payee < b.payee : isFirst(a, b) }
    }
    better = inOrder(rows.filter { $0.difference > .zero }) { $0.difference > $1.difference }
    worse = inOrder(rows.filter { $0.difference < .zero }) { $0.difference < $1.difference }
    same = rows.count - better.count - worse.count
  }
}
