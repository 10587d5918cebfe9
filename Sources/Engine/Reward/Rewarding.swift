import Diagnostics
import ModuleProtocol
import Parallelism
import PlanCalendar
import PlanModel
import Synchronization

/// Has a component computed by its module, several batches at once, and gathers what comes back.
struct Rewarding: Sendable {
  let component: Component
  let contract: ComponentContract
  private let runner: any ComponentRunner
  /// Whether the sums of the lines are enough.
  private let isSummed: Bool
  private let watch: RunWatch
  private let takesPart: TakingPart
  private let tables: [String: TableRows]

  /// A component that is ready to be computed over these people and tables.
  init(
    component: Component, contract: ComponentContract, context: RunData, runner: any ComponentRunner,
    isSummed: Bool, watch: RunWatch
  ) throws(Diagnostic) {
    (self.component, self.contract, self.runner) = (component, contract, runner)
    (self.isSummed, self.watch) = (isSummed, watch)
    takesPart = try TakingPart(component, context)
    tables = Batching.tables(contract, context)
  }

  /// How many rows a batch should have.
  var batchRows: Int { runner.batchRows(component) }

  /// What the component comes to, for all payees.
  func figures(_ context: RunData) throws(Diagnostic) -> ComponentResult.Figures {
    try figures(context, takesPart, tellsProgress: true)
  }

  /// What the component comes to for neighbouring payees, whose lines and no others the context has.
  func figures(_ context: RunData, of payees: Range<Int>) throws(Diagnostic) -> ComponentResult.Figures {
    try figures(
      context, takesPart.of(payees, periods: context.plan.calendar.periods.count), tellsProgress: false)
  }

  private func figures(
    _ context: RunData, _ takesPart: TakingPart, tellsProgress: Bool
  ) throws(Diagnostic) -> ComponentResult.Figures {
    let input = try ComponentLines(
      component, summed: isSummed, paysLines: !contract.needs.lines.isEmpty, standing: contract.standing,
      takesPart: takesPart, context: context)
    let batching = Batching(
      component: component, contract: contract, lines: input.lines, from: input.from,
      takesPart: input.takesPart, tables: tables, context: context)
    var totals: [Result<PeriodTotals, Diagnostic>] = []
    let columns = Self.columns(1 + contract.gives.lines.count, rows: input.lines.count) { columns in
      totals = computed(batching, columns, tellsProgress)
    }
    let first = input.takesPart.first
    var total = [Int64](repeating: 0, count: input.takesPart.flags.count)
    var adjustment = total
    var cells = [[Int64]](repeating: total, count: contract.gives.periods.count)
    var missing = [[Bool]](
      repeating: [Bool](repeating: true, count: total.count), count: contract.gives.periods.count)
    for part in totals {
      let part = try part.get()
      for (offset, pair) in batching.places[part.places].enumerated() {
        let place = Int(pair) - first
        total[place] = part.totals[offset]
        adjustment[place] = part.adjustments[offset]
        for (gift, column) in part.periods.enumerated() {
          cells[gift][place] = column.cells[offset]
          missing[gift][place] = column.missing?[offset] ?? false
        }
      }
    }
    let given = zip(contract.gives.lines, columns.dropFirst()).map { gift, cells in
      ComponentResult.Figures.Given(name: gift.name, cells: cells, places: gift.places)
    }
    let givenPeriods = contract.gives.periods.enumerated().map { index, gift in
      ComponentResult.Figures.GivenPeriods(
        name: gift.name, cells: cells[index], missing: missing[index], places: gift.places, unit: gift.unit,
        summary: gift.summary)
    }
    return ComponentResult.Figures(
      lines: input.lines, from: input.from, takesPart: input.takesPart, earned: columns[0], given: given,
      givenPeriods: givenPeriods,
      total: total, adjustment: adjustment, places: contract.gives.places)
  }

  /// Computes the batches; each puts its lines' figures into its part of the columns, `earned` and those given.
  private func computed(
    _ batching: Batching, _ columns: [Filling<Int64>], _ tellsProgress: Bool
  ) -> [Result<PeriodTotals, Diagnostic>] {
    let extents = batching.extents(rows: runner.batchRows(component))
    let done = Mutex(0)
    let failed = Mutex(Int.max)
    return Parallel.map(extents.count) { index in
      let extent = extents[index]
      // Once a batch has failed, later ones change nothing; earlier ones may yet be the first that failed.
      if failed.withLock({ $0 < index }) { return .failure(watch.cancellation(component.name)) }
      do throws(Diagnostic) {
        if watch.isCancelled() { throw watch.cancellation(component.name) }
        let batch = try batching.batch(extent)
        let answer = try EarningsCheck(component: component, contract: contract).checked(
          try batching.located(extent) { () throws(ComponentFault) in try runner.calculate(component, batch)
          },
          batch)
        for (column, cells) in zip(columns, answer.lines) {
          column.fill(extent.lines) { places in for line in cells.indices { places[line] = cells[line] } }
        }
        let lines = done.withLock { done in
          done += extent.lines.count
          return done
        }
        if tellsProgress {
          watch.progress(
            RunProgress(component: component.name.text, done: lines, total: batching.lines.count))
        }
        return .success(try totals(answer, batching, extent))
      } catch {
        failed.withLock { $0 = min($0, index) }
        return .failure(error)
      }
    }
  }

  /// What the periods of a batch came to.
  private struct PeriodTotals: Sendable {
    let places: Range<Int>
    let totals: [Int64]
    let adjustments: [Int64]
    /// The columns given of the periods, and which of their cells are empty.
    let periods: [(cells: [Int64], missing: [Bool]?)]
  }

  private func totals(
    _ answer: EarningsCheck.Answer, _ batching: Batching, _ extent: Batching.Extent
  ) throws(Diagnostic) -> PeriodTotals {
    var totals = answer.adjustments
    var overflow = false
    for (line, row) in answer.periodRows.enumerated() where row >= 0 {
      let (sum, carried) = totals[Int(row)].addingReportingOverflow(answer.lines[0][line])
      totals[Int(row)] = sum
      overflow = overflow || carried
    }
    if overflow {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the earnings of component `\(component.name.text)` are too large",
        at: component.name.span)
    }
    return PeriodTotals(
      places: extent.places, totals: totals, adjustments: answer.adjustments, periods: answer.periods)
  }

  /// `count` columns of `rows` cells that `body` fills.
  private static func columns(
    _ count: Int, rows: Int, _ fillings: [Filling<Int64>] = [], _ body: ([Filling<Int64>]) -> Void
  ) -> [[Int64]] {
    if count == 0 {
      body(fillings)
      return []
    }
    var rest: [[Int64]] = []
    let own = [Int64](count: rows) { rest = columns(count - 1, rows: rows, fillings + [$0], body) }
    return [own] + rest
  }
}
