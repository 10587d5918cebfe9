package import Diagnostics
import ModuleProtocol
package import PlanCalendar
package import PlanModel
import Tables

/// Runs a plan over its tables: credit, measure, reward.
///
/// Pure: the same input gives the same result, whatever is taken over from an earlier run.
package struct Run {
  private let plan: Plan
  private let tables: VersionedTables
  private let contracts: [String: ComponentContract]
  private let runner: any ComponentRunner
  private let asOf: CalendarDate?
  private let earlier: RunMemory
  private let watch: RunWatch
  private let demand: LineDemand
  private let sink: LineSink?
  private let streaming: LineDemand.Streaming

  /// A run; `contracts` holds what each component's module said of it, and components without one fail.
  ///
  /// Without `keepsLines` the result has no single lines of credit rules of which only the sums are wanted. A `sink` is
  /// handed the lines as they are made, where that can be; `linesWereTaken` of the result says whether it was.
  package init(
    plan: Plan, tables: VersionedTables, contracts: [String: ComponentContract], runner: any ComponentRunner,
    asOf: CalendarDate? = nil, keepsLines: Bool = true, after earlier: RunMemory = RunMemory(),
    lines sink: LineSink? = nil,
    isCancelled: @escaping () -> Bool = { false }, progress: @escaping (RunProgress) -> Void = { _ in }
  ) {
    self.sink = sink
    watch = RunWatch(isCancelled: isCancelled, progress: progress)
    demand = LineDemand(plan, contracts, keepsLines: keepsLines)
    streaming = sink == nil ? LineDemand.Streaming() : demand.streaming(plan, contracts)
    self.plan = plan
    self.tables = tables
    self.contracts = contracts
    self.runner = runner
    self.asOf = asOf
    self.earlier = earlier
  }

  /// What the stages have made so far.
  private struct Progress {
    var memory: RunMemory
    /// The tables with the columns that the plan works out.
    var tables: VersionedTables
    var data: RunData
    var rejected: [RejectedRow] = []
    var components: [String: ComponentResult] = [:]

    /// Takes in what a component came to when its lines were not kept, which no later run can take over.
    mutating func add(
      _ state: ComponentResult.State, of component: Component, _ contract: ComponentContract
    ) {
      let name = component.name.text
      memory.components[name] = nil
      components[name] = ComponentResult(component: component, unit: contract.gives.unit, state: state)
      data.figures[name] = components[name]?.figures
    }

    /// Takes in the rows and warnings that a stage's work came with.
    mutating func note<Value>(_ work: RunMemory.Work<Value>) {
      rejected += work.rejected
      for notice in work.notices { data.tell(notice) }
    }
  }

  private var frame: StageDefinition.Frame {
    StageDefinition.Frame(
      calendar: plan.calendar, currency: plan.currency, tablesOfOthers: plan.tablesOfOthers,
      assignment: plan.assignment)
  }

  /// Runs all stages; a fault that stops a stage is thrown, a failed component is part of the result.
  package func result() throws(Diagnostic) -> RunResult {
    var progress = try begin()
    try credit(&progress)
    try measure(&progress)
    try refuseIfCancelled()
    var waiting = plan.components.filter { !streaming.components.contains($0.name.text) }
    try reward(&waiting, &progress)
    let last = plan.components.filter { streaming.components.contains($0.name.text) }
    let linesWereTaken = try stream(last, &progress)
    if !linesWereTaken {
      progress.data.credited = progress.data.credited.mapValues(\.inOrder)
      waiting += last.filter { progress.components[$0.name.text] == nil }
      try reward(&waiting, &progress)
    }
    for component in waiting {
      progress.components[component.name.text] = .skipped(
        component, unit: contracts[component.name.text]?.gives.unit)
    }
    let results = plan.components.compactMap { progress.components[$0.name.text] }
    let failures = results.compactMap { result in
      if case .failed(let diagnostic) = result.state { diagnostic } else { nil }
    }
    let settlement = try plan.settle.flatMap { settle throws(Diagnostic) in
      try Settling.settlement(
        settle, progress.data, results, periods: RunResult.periods(of: plan, asOf: asOf), asOf: asOf)
    }
    // Rules and measures that read one table reject the same rows of it.
    var told: Set<RejectedRow> = []
    return RunResult(
      data: progress.data, components: results, settlement: settlement,
      rejected: progress.rejected.filter { told.insert($0).inserted },
      diagnostics: progress.data.notices + failures + (settlement?.faults ?? []), asOf: asOf,
      linesWereTaken: linesWereTaken, memory: progress.memory)
  }

  private func refuseIfCancelled() throws(Diagnostic) {
    if watch.isCancelled() { throw watch.cancellation(plan.name) }
  }

  private func begin() throws(Diagnostic) -> Progress {
    var memory = earlier.next()
    var rejected: [RejectedRow] = []
    let tables = try computed(&memory, &rejected)
    let people = try memory.work(
      earlier.people, .people(plan.people, ignoring: plan.tablesOfOthers),
      inputs: tables.versions(plan.people.tables)
    ) { rejected, notices in
      let people = Payees(plan, tables: tables.tables, rejected: &rejected)
      notices = people.notices
      return people
    }
    memory.people = people
    var progress = Progress(
      memory: memory, tables: tables, data: RunData(plan: plan, tables: tables.tables, people: people.value))
    progress.rejected = rejected
    progress.note(people)
    progress.data.targets = try PeriodTargets(progress.data)
    for team in ModuleSwitching.unknownTeams(plan, people.value) {
      progress.data.tell(
        Diagnostic(
          .unknownName, .warning, "no payee is ever in team `\(team.text)`", at: team.span,
          help: Suggestion.nearest(to: team.text, in: Array(people.value.values(of: plan.teams.attribute)))
            .map { "did you mean `\($0)`?" }))
    }
    return progress
  }

  /// The tables with the columns that the plan works out.
  private func computed(
    _ memory: inout RunMemory, _ rejected: inout [RejectedRow]
  ) throws(Diagnostic) -> VersionedTables {
    var all = tables
    for name in plan.computedTables {
      guard let table = tables.tables[name] else { continue }
      let columns = plan.computed.filter { $0.table == name }
      let others = all.tables
      let work = try memory.work(
        earlier.tables[name], .table(columns),
        inputs: all.versions([name] + columns.compactMap(\.otherTable))
      ) { rejected, _ throws(Diagnostic) in
        try ComputedColumns(columns: columns, others: others).added(to: table, rejected: &rejected)
      }
      memory.tables[name] = work
      rejected += work.rejected
      // INVARIANT: versions of tables are positive, so that a worked-out one is never taken for one that was read.
      all.replace(name, with: work.value, version: -1 - work.number)
    }
    return all
  }

  private func peopleNumber(_ progress: Progress) -> Int { progress.memory.people?.number ?? 0 }

  // MARK: Credit

  /// Makes the lines of each credit rule whose origin is there.
  private func credit(_ progress: inout Progress) throws(Diagnostic) {
    var changed = true
    while changed {
      changed = false
      for rule in plan.credits where progress.data.credited[rule.name.text] == nil {
        guard let work = try lines(rule, &progress) else { continue }
        progress.memory.credits[rule.name.text] = work
        progress.data.credited[rule.name.text] = work.value
        progress.note(work)
        changed = true
      }
    }
  }

  private func lines(
    _ rule: CreditRule, _ progress: inout Progress
  ) throws(Diagnostic) -> RunMemory.Work<CreditedLines>? {
    let definition = StageDefinition.credit(
      rule.source, frame, isSummed: demand.isSummed(rule), isDealt: streaming.rules.contains(rule.name.text),
      asOf: asOf)
    let earlier = earlier.credits[rule.name.text]
    let data = progress.data
    switch rule.source {
    case .rows(let credit):
      let ranks = try ranks(credit, &progress)
      return try progress.memory.work(
        earlier, definition, inputs: progress.tables.versions(credit.tables) + [peopleNumber(progress)]
      ) { rejected, notices throws(Diagnostic) in
        try RowCrediting(
          rule: rule, credit: credit, plan: plan, tables: data.tables, people: data.people, ranks: ranks,
          periods: data.periodOfDay, isDealt: streaming.rules.contains(rule.name.text), asOf: asOf
        ).lines(rejected: &rejected, notices: &notices)
      }
    case .rollUp(let rollUp):
      let origin: CreditedLines?
      let number: Int?
      switch rollUp.origin {
      case .credits(let name):
        (origin, number) = (data.credited[name], progress.memory.credits[name]?.number)
      case .earnings(let name):
        origin = progress.components[name]?.figures?.asCredit(plan.calendar)
        number = progress.memory.components[name]?.number
      }
      guard let origin, let number else { return nil }
      return try progress.memory.work(
        earlier, definition, inputs: [number, peopleNumber(progress)]
      ) { _, notices throws(Diagnostic) in
        if let notice = data.people.unknownManagers { notices.append(notice) }
        let rollingUp = RollingUp(
          rule: rule, rollUp: rollUp, people: data.people,
          ranks: data.ranks[origin.table] ?? RowRanks(), periods: data.periodOfDay)
        return try demand.isSummed(rule) ? rollingUp.sums(of: origin) : rollingUp.lines(of: origin)
      }
    }
  }

  /// The order of the ids of a credited table.
  private func ranks(_ credit: RowCredit, _ progress: inout Progress) throws(Diagnostic) -> RowRanks {
    if let ranks = progress.data.ranks[credit.table] { return ranks }
    let ids = progress.data.tables[credit.table]?[credit.id]
    let work = try progress.memory.work(
      earlier.ranks[credit.table], .ranks(table: credit.table, id: credit.id),
      inputs: progress.tables.versions([credit.table])
    ) { _, _ in ids.map(RowCrediting.ranks) ?? RowRanks() }
    progress.memory.ranks[credit.table] = work
    progress.data.ranks[credit.table] = work.value
    return work.value
  }

  // MARK: Measure

  /// Makes the measures whose lines are there, and those that are made of them.
  private func measure(_ progress: inout Progress) throws(Diagnostic) {
    var made = -1
    while made < progress.data.measures.count {
      made = progress.data.measures.count
      try measureReady(&progress)
    }
  }

  private func measureReady(_ progress: inout Progress) throws(Diagnostic) {
    for measure in plan.measures where progress.data.measures[measure.name.text] == nil {
      let name = measure.name.text
      guard measure.credits.allSatisfy({ progress.data.credited[$0] != nil }),
        measure.parts.allSatisfy({ progress.data.measures[$0] != nil })
      else { continue }
      let data = progress.data
      let inputs =
        measure.credits.compactMap { progress.memory.credits[$0]?.number } + [-1]
        + measure.parts.compactMap { progress.memory.measures[$0]?.number } + [-1]
        + progress.tables.versions(measure.quota?.tables ?? []) + [peopleNumber(progress)]
      let work = try progress.memory.work(
        earlier.measures[name], StageDefinition(measure, frame), inputs: inputs
      ) { rejected, notices throws(Diagnostic) in
        if let quota = measure.quota, case .person(let column) = quota.holder,
          let table = data.tables[quota.table], !plan.ignoresOtherPeople(of: quota.table),
          let notice = RowNotice.strangers(
            table[column], of: table, people: data.people.finder, so: "the quota counts for nobody")
        {
          notices.append(notice)
        }
        return try Measuring(measure: measure, plan: plan, context: data)
          .measured(rejected: &rejected, notices: &notices)
      }
      progress.memory.measures[name] = work
      progress.data.measures[name] = work.value.of(measure)
      progress.note(work)
    }
  }

  // MARK: Reward

  /// Computes the components that can be, and leaves those that wait for one that failed.
  private func reward(_ waiting: inout [Component], _ progress: inout Progress) throws(Diagnostic) {
    // What a component looks at of others is there once they are computed: go round until nothing is left.
    while !waiting.isEmpty {
      let ready = waiting.filter { isReady($0, progress.data) }
      if ready.isEmpty { break }
      for component in ready {
        progress.components[component.name.text] = reward(component, &progress)
        try refuseIfCancelled()
      }
      waiting.removeAll { component in ready.contains { $0.name.text == component.name.text } }
      try credit(&progress)
      try measure(&progress)
    }
  }

  /// Computes components block by block, their lines going to the sink; false where that cannot be or one of them fails.
  ///
  /// Then the others have yet to be computed.
  private func stream(_ components: [Component], _ progress: inout Progress) throws(Diagnostic) -> Bool {
    let data = progress.data
    guard let sink, !components.isEmpty, data.people.count > 0, components.allSatisfy({ isReady($0, data) })
    else { return false }
    var parts: [Rewarding] = []
    for component in components {
      guard let contract = contracts[component.name.text],
        let part = try? Rewarding(
          component: component, contract: contract, context: data, runner: runner, isSummed: false,
          watch: watch)
      else { return false }
      parts.append(part)
    }
    do {
      let figures = try LineStreaming(parts, data, asOf: asOf, watch: watch).figures(sink)
      for (part, figures) in zip(parts, figures) {
        for notice in strangers(part.contract, data) { progress.data.tell(notice) }
        progress.add(.computed(figures), of: part.component, part.contract)
      }
      return true
    } catch {
      try refuseIfCancelled()
      guard let contract = contracts[error.component.name.text] else { return false }
      progress.add(.failed(error.diagnostic), of: error.component, contract)
      return false
    }
  }

  /// Whether all that the component looks at has been made.
  private func isReady(_ component: Component, _ data: RunData) -> Bool {
    guard component.credits.allSatisfy({ data.credited[$0] != nil }) else { return false }
    guard let contract = contracts[component.name.text] else { return true }
    return contract.measures(of: component, in: plan).allSatisfy { data.measures[$0] != nil }
      && contract.components(in: plan).allSatisfy { data.figures[$0] != nil }
  }

  private func reward(_ component: Component, _ progress: inout Progress) -> ComponentResult {
    guard let contract = contracts[component.name.text] else { return .withoutContract(component) }
    let name = component.name.text
    let data = progress.data
    let measures = contract.measures(of: component, in: plan)
      .compactMap { progress.memory.measures[$0]?.number }
    let others = contract.components(in: plan).compactMap { progress.memory.components[$0]?.number }
    let credits = component.credits.compactMap { progress.memory.credits[$0]?.number }
    let isSummed = demand.isSummed(component)
    do throws(Diagnostic) {
      let work = try progress.memory.work(
        earlier.components[name], StageDefinition(component, isSummed: isSummed, plan.teams, frame),
        inputs: credits + [-1] + measures + [-1] + others + [-1]
          + progress.tables.versions(contract.needs.tables.map(\.name)) + [peopleNumber(progress)]
      ) { _, notices throws(Diagnostic) in
        notices += strangers(contract, data)
        return try Rewarding(
          component: component, contract: contract, context: data, runner: runner, isSummed: isSummed,
          watch: watch
        ).figures(data)
      }
      progress.memory.components[name] = work
      progress.data.figures[name] = work.value
      progress.note(work)
      return ComponentResult(component: component, unit: contract.gives.unit, state: .computed(work.value))
    } catch {
      progress.memory.components[name] = nil
      return ComponentResult(component: component, unit: contract.gives.unit, state: .failed(error))
    }
  }

  /// Warnings of rows for people who are not in the plan, in the tables that the component needs by person.
  private func strangers(_ contract: ComponentContract, _ data: RunData) -> [Diagnostic] {
    contract.needs.tables.compactMap { need in
      guard let person = need.person, let table = data.tables[need.name],
        !plan.ignoresOtherPeople(of: need.name)
      else { return nil }
      return RowNotice.strangers(
        table[person], of: table, people: data.people.finder, so: "the row holds for nobody")
    }
  }
}
