package import Diagnostics
package import PlanCalendar
package import PlanModel
package import Tables

/// What a run gave: every stage's figures, and what went wrong.
package struct RunResult: Sendable {
  package let data: RunData
  /// The components, in the order of the plan.
  package let components: [ComponentResult]
  /// Rows that the stages of the run could not use.
  package let rejected: [RejectedRow]
  package let diagnostics: [Diagnostic]
  /// The day as of which the run looked at the data, if it was not all of it.
  package let asOf: CalendarDate?

  /// The places of the periods that have begun.
  package var periods: Range<Int> {
    guard let asOf else { return data.plan.calendar.periods.indices }
    return 0..<data.plan.calendar.periods.prefix { $0.start <= asOf }.count
  }

  /// The component with this name.
  package func component(_ name: String) -> ComponentResult? {
    components.first { $0.component.name.text == name }
  }
}

/// Runs a plan over its tables: credit, measure, reward.
///
/// Pure: the same input gives the same result.
package struct Run {
  private let plan: Plan
  private let tables: [String: Table]
  private let contracts: [String: ComponentContract]
  private let runner: any ComponentRunner
  private let asOf: CalendarDate?
  private let watch: RunWatch
  private let demand: LineDemand

  /// A run; `contracts` holds what each component's module said of it, and components without one fail.
  ///
  /// Without `keepsLines` the result has no single lines of credit rules of which only the sums are wanted.
  package init(
    plan: Plan, tables: [String: Table], contracts: [String: ComponentContract], runner: any ComponentRunner,
    asOf: CalendarDate? = nil, keepsLines: Bool = true, isCancelled: @escaping () -> Bool = { false },
    progress: @escaping (RunProgress) -> Void = { _ in }
  ) {
    watch = RunWatch(isCancelled: isCancelled, progress: progress)
    demand = LineDemand(plan, contracts, keepsLines: keepsLines)
    self.plan = plan
    self.tables = tables
    self.contracts = contracts
    self.runner = runner
    self.asOf = asOf
  }

  /// Runs all stages; a fault that stops a stage is thrown, a failed component is part of the result.
  package func result() throws(Diagnostic) -> RunResult {
    var rejected: [RejectedRow] = []
    var data = RunData(
      plan: plan, tables: tables, people: Payees(plan, tables: tables, rejected: &rejected))
    for notice in data.people.notices { data.tell(notice) }
    var done: [String: ComponentResult] = [:]
    var waiting = plan.components
    try credit(&data, &rejected, done)
    try measure(&data, &rejected)
    try refuseIfCancelled()
    // Credit passed on from earnings is there once its component is computed: go round until nothing is left.
    while !waiting.isEmpty {
      let ready = waiting.filter { component in component.credits.allSatisfy { data.credited[$0] != nil } }
      if ready.isEmpty { break }
      for component in ready {
        done[component.name.text] = reward(component, data)
        try refuseIfCancelled()
      }
      waiting.removeAll { component in ready.contains { $0.name.text == component.name.text } }
      try credit(&data, &rejected, done)
      try measure(&data, &rejected)
    }
    for component in waiting { done[component.name.text] = skipped(component) }
    let results = plan.components.compactMap { done[$0.name.text] }
    let failures = results.compactMap { result in
      if case .failed(let diagnostic) = result.state { diagnostic } else { nil }
    }
    // Rules and measures that read one table reject the same rows of it.
    var told: Set<RejectedRow> = []
    return RunResult(
      data: data, components: results, rejected: rejected.filter { told.insert($0).inserted },
      diagnostics: data.notices + failures, asOf: asOf)
  }

  private func refuseIfCancelled() throws(Diagnostic) {
    if watch.isCancelled() { throw watch.cancellation(plan.name) }
  }

  private func reward(_ component: Component, _ data: RunData) -> ComponentResult {
    guard let contract = contracts[component.name.text] else {
      return ComponentResult(
        component: component,
        state: .failed(
          Diagnostic(
            .moduleFailed, .error,
            "component `\(component.name.text)` was not computed: its module is not there or refused its terms",
            at: component.module.span)))
    }
    return Rewarding(
      component: component, contract: contract, context: data, runner: runner, watch: watch
    ).result()
  }

  private func skipped(_ component: Component) -> ComponentResult {
    ComponentResult(
      component: component,
      state: .failed(
        Diagnostic(
          .componentSkipped, .error,
          "component `\(component.name.text)` was not computed: a component that it builds on failed",
          at: component.name.span)))
  }

  /// Makes the lines of each credit rule whose origin is there.
  private func credit(
    _ data: inout RunData, _ rejected: inout [RejectedRow], _ done: [String: ComponentResult]
  ) throws(Diagnostic) {
    var changed = true
    while changed {
      changed = false
      for rule in plan.credits where data.credited[rule.name.text] == nil {
        guard let lines = try lines(rule, &data, &rejected, done) else { continue }
        data.credited[rule.name.text] = lines
        changed = true
      }
    }
  }

  private func lines(
    _ rule: CreditRule, _ data: inout RunData, _ rejected: inout [RejectedRow],
    _ done: [String: ComponentResult]
  ) throws(Diagnostic) -> CreditedLines? {
    switch rule.source {
    case .rows(let credit):
      if data.ranks[credit.table] == nil, let ids = tables[credit.table]?[credit.id] {
        data.ranks[credit.table] = RowCrediting.ranks(ids)
      }
      return try RowCrediting(
        rule: rule, credit: credit, plan: plan, tables: tables, people: data.people,
        ranks: data.ranks[credit.table] ?? RowRanks(), periods: data.periodOfDay, asOf: asOf
      ).lines(rejected: &rejected, notices: &data.notices)
    case .rollUp(let rollUp):
      let origin: CreditedLines?
      switch rollUp.origin {
      case .credits(let name): origin = data.credited[name]
      case .earnings(let name): origin = done[name]?.figures?.asCredit(plan.calendar)
      }
      guard let origin else { return nil }
      if let notice = data.people.unknownManagers { data.tell(notice) }
      let rollingUp = RollingUp(
        rule: rule, levels: rollUp.levels, people: data.people,
        ranks: data.ranks[origin.table] ?? RowRanks(), periods: data.periodOfDay)
      return try demand.isSummed(rule) ? rollingUp.sums(of: origin) : rollingUp.lines(of: origin)
    }
  }

  private func measure(_ data: inout RunData, _ rejected: inout [RejectedRow]) throws(Diagnostic) {
    for measure in plan.measures where data.measures[measure.name.text] == nil {
      guard measure.credits.allSatisfy({ data.credited[$0] != nil }) else { continue }
      if let quota = measure.quota, let table = tables[quota.table],
        !plan.ignoresOtherPeople(of: quota.table),
        let notice = RowNotice.strangers(
          table[quota.person], of: table, people: data.people.finder, so: "the quota counts for nobody")
      {
        data.tell(notice)
      }
      var notices: [Diagnostic] = []
      data.measures[measure.name.text] = try Measuring(measure: measure, plan: plan, context: data)
        .measured(rejected: &rejected, notices: &notices)
      for notice in notices { data.tell(notice) }
    }
  }
}

extension ComponentResult.Figures {
  /// The earnings as lines that can be passed on: one a line, and one for each period's adjustment on its last day.
  func asCredit(_ calendar: PlanCalendar) -> CreditedLines {
    var earnings = CreditedLines(
      rule: lines.rule, table: lines.table, idColumn: lines.idColumn, places: places)
    (earnings.payee, earnings.row, earnings.day) = (lines.payee, lines.row, lines.day)
    (earnings.period, earnings.amount) = (lines.period, earned)
    for place in adjustment.indices where adjustment[place] != 0 {
      let period = place % calendar.periods.count
      earnings.payee.append(Int32(place / calendar.periods.count))
      earnings.row.append(-1)
      earnings.day.append(calendar.periods[period].end.adding(days: -1).day)
      earnings.period.append(Int32(period))
      earnings.amount.append(adjustment[place])
    }
    return earnings
  }
}
