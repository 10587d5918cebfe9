package import Engine
package import Money
import PlanCalendar
import PlanModel
import Reports

/// What a run pays, as it is shown while a plan is typed: of one period, or of all.
package struct PayoutPreview: Sendable {
  package let outcome: RunOutcome

  package init(_ outcome: RunOutcome) { self.outcome = outcome }

  package var result: RunResult { outcome.result }

  /// The labels of the periods that have begun.
  package var periods: [String] {
    result.data.plan.calendar.periods[result.periods].map(\.label)
  }

  /// The last period in which anything is paid or measured; the first one when there is none.
  package var latestPeriod: Int? {
    let count = result.data.plan.calendar.periods.count
    let columns =
      result.components.compactMap(\.figures?.total) + result.data.measures.values.map(\.inPeriod)
    let last = result.periods.last { period in
      columns.contains { cells in
        stride(from: period, to: cells.count, by: count).contains { cells[$0] != 0 }
      }
    }
    return last ?? result.periods.first
  }

  /// What a component pays in a period, or in all; nil when it failed.
  package func total(component: String, period: Int?) -> ExactDecimal? {
    StatementReport(result).totals(period: period).components.first { $0.name == component }?.amount
  }

  /// What all components that pay money pay in a period, or in all; nil when one failed.
  package func total(period: Int?) -> ExactDecimal? { StatementReport(result).totals(period: period).money }

  /// The money that a payee gets in a period, or in all; nil when a component failed.
  package func total(payee: Int, period: Int?) -> ExactDecimal? {
    StatementReport(result).totals(payee: payee, period: period).money
  }

  /// What a component pays in: the plan's currency, or a unit of its own.
  package func unit(of component: String) -> String {
    result.component(component)?.unit ?? result.data.plan.currency.code
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
