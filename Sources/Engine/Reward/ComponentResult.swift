package import Diagnostics
import PlanCalendar
package import PlanModel

/// What a component came to.
package struct ComponentResult: Sendable {
  /// The figures of a component that was computed.
  package struct Figures: Sendable {
    /// A further column that the module gives a line, for the plan's `outputs`.
    package struct Given: Sendable {
      package let name: String
      package let cells: [Int64]
      package let places: Int
    }

    /// A further column that the module gives a period.
    package struct GivenPeriods: Sendable {
      package let name: String
      /// A cell for each pair of payee and period.
      package let cells: [Int64]
      /// Which of them are empty: those of pairs that take no part, and those that the module left so.
      package let missing: [Bool]
      package let places: Int
      /// What it is counted in; nil for the component's unit.
      package let unit: String?
      package let summary: String?
    }

    /// The lines that it paid on.
    package let lines: CreditedLines
    /// Where each line comes from.
    package let from: LineSources
    /// In which pairs of payee and period the component pays.
    package let takesPart: TakingPart
    /// What each line earned.
    package let earned: [Int64]
    package let given: [Given]
    package let givenPeriods: [GivenPeriods]
    /// What each pair of payee and period earned, of those that `takesPart` has: the sum of its lines and the adjustment.
    package let total: [Int64]
    /// Caps, floors, true-ups and rounding: what a pair of payee and period earned beside its lines.
    package let adjustment: [Int64]
    /// Digits after the point of all amounts.
    package let places: Int
  }

  package enum State: Sendable {
    case computed(Figures)
    case failed(Diagnostic)
  }

  package let component: Component
  /// What it pays in; nil for money in the plan's currency, and where its module did not say.
  package let unit: String?
  package let state: State

  /// A component that waits for one that failed.
  static func skipped(_ component: Component, unit: String?) -> ComponentResult {
    ComponentResult(
      component: component, unit: unit,
      state: .failed(
        Diagnostic(
          .componentSkipped, .error,
          "component `\(component.name.text)` was not computed: a component that it builds on failed",
          at: component.name.span)))
  }

  /// A component whose module gave no contract for it.
  static func withoutContract(_ component: Component) -> ComponentResult {
    ComponentResult(
      component: component, unit: nil,
      state: .failed(
        Diagnostic(
          .moduleFailed, .error,
          "component `\(component.name.text)` was not computed: its module is not there or refused its terms",
          at: component.module.span)))
  }

  /// The figures, or nil when the component failed.
  package var figures: Figures? { if case .computed(let figures) = state { figures } else { nil } }
}

extension ComponentResult.Figures {
  /// The figures of the periods alone.
  var withoutLines: Self {
    var given = given
    for index in given.indices {
      given[index] = Given(name: given[index].name, cells: [], places: given[index].places)
    }
    return Self(
      lines: CreditedLines(
        rule: lines.rule, table: lines.table, idColumn: lines.idColumn, places: lines.places),
      from: .whole, takesPart: takesPart, earned: [], given: given, givenPeriods: givenPeriods, total: total,
      adjustment: adjustment, places: places)
  }

  /// The figures of the periods of all payees, from those of neighbouring ones, which come in order.
  ///
  /// - Precondition: there is at least one part, and none has lines.
  init(joining parts: [Self]) {
    let first = parts[0]
    lines = first.lines
    from = .whole
    takesPart = TakingPart(joining: parts.map(\.takesPart))
    earned = []
    given = first.given
    givenPeriods = first.givenPeriods.indices.map { index in
      let columns = parts.map { $0.givenPeriods[index] }
      return GivenPeriods(
        name: columns[0].name, cells: columns.flatMap(\.cells), missing: columns.flatMap(\.missing),
        places: columns[0].places, unit: columns[0].unit, summary: columns[0].summary)
    }
    total = parts.flatMap(\.total)
    adjustment = parts.flatMap(\.adjustment)
    places = first.places
  }

  /// The earnings as lines that can be passed on: one a line, and one for each period's adjustment on its last day.
  ///
  /// By which share, and from whom, the payee had the credit is the payee's own: their manager is told the payee.
  func asCredit(_ calendar: PlanCalendar) -> CreditedLines {
    var earnings = CreditedLines(
      rule: lines.rule, table: lines.table, idColumn: lines.idColumn, places: places)
    (earnings.payee, earnings.row, earnings.day) = (lines.payee, lines.row, lines.day)
    (earnings.period, earnings.amount) = (lines.period, earned)
    for place in adjustment.indices where adjustment[place] != 0 {
      let period = place % calendar.periods.count
      earnings.payee.append(Int32(place / calendar.periods.count))
      earnings.row.append(-1)
      earnings.day.append(calendar.periods[period].lastDay.day)
      earnings.period.append(Int32(period))
      earnings.amount.append(adjustment[place])
    }
    return earnings
  }
}
