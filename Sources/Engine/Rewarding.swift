import Diagnostics
import ModuleProtocol
import PlanCalendar
import PlanModel

/// Has a component computed by its module, batch by batch, and checks what comes back.
struct Rewarding {
  let component: Component
  let contract: ComponentContract
  let context: RunData
  let runner: any ComponentRunner
  let isCancelled: () -> Bool
  let progress: (RunProgress) -> Void

  func result() -> ComponentResult {
    do {
      return ComponentResult(component: component, state: .computed(try figures()))
    } catch {
      return ComponentResult(component: component, state: .failed(error))
    }
  }

  private func figures() throws(Diagnostic) -> ComponentResult.Figures {
    let input = try ComponentLines(component, context: context)
    let batching = Batching(
      component: component, contract: contract, lines: input.lines, takesPart: input.takesPart,
      context: context, rowsABatch: runner.batchRows(component))
    let places = batching.places()
    let cells = input.takesPart.count
    var figures = ComponentResult.Figures(
      lines: input.lines, rule: input.rule, takesPart: input.takesPart, earned: [], lineColumns: [:],
      total: [Int64](repeating: 0, count: cells), adjustment: [Int64](repeating: 0, count: cells),
      places: contract.gives.places)
    figures.earned.reserveCapacity(input.lines.count)
    var answers: [Frame] = []
    for range in batching.ranges(places) {
      if isCancelled() {
        throw Diagnostic(.runCancelled, .error, "the run was cancelled", at: component.name.span)
      }
      let batch = batching.batch(lines: range.lines, places: places[range.places])
      let earnings = try runner.calculate(component, batch)
      try check(earnings, batch)
      try add(earnings, range.lines, places[range.places], &figures)
      answers.append(earnings.lines)
      progress(
        RunProgress(component: component.name.text, done: range.lines.upperBound, total: input.lines.count))
    }
    figures.lineColumns = try joined(answers)
    return figures
  }

  /// The answer must have one cell a row of the kinds that the module promised.
  private func check(_ earnings: Earnings, _ batch: Batch) throws(Diagnostic) {
    guard earnings.lines.count == batch.lines.count, earnings.periods.count == batch.periods.count else {
      throw lie(
        "it answered \(earnings.lines.count) lines and \(earnings.periods.count) periods to a batch of "
          + "\(batch.lines.count) and \(batch.periods.count)")
    }
    try checkColumn(earnings.lines, "earned")
    try checkColumn(earnings.periods, "adjustment")
    for gift in contract.gives.lines {
      guard let column = earnings.lines[gift.name], column.count == batch.lines.count else {
        throw lie("it promised a column `\(gift.name)` and did not give it")
      }
    }
  }

  private func checkColumn(_ frame: Frame, _ name: String) throws(Diagnostic) {
    guard let column = frame[name] else { throw lie("its answer has no column `\(name)`") }
    guard case .decimal(let cells, let places) = column.values, cells.count == frame.count,
      places == contract.gives.places, column.missing == nil
    else {
      throw lie("column `\(name)` is not one decimal of \(contract.gives.places) places for each row")
    }
  }

  private func lie(_ what: String) -> Diagnostic {
    Diagnostic(
      .moduleProtocol, .error, "module `\(component.module.text)` broke the protocol: \(what)",
      at: component.module.span)
  }

  private func add(
    _ earnings: Earnings, _ lines: Range<Int>, _ places: ArraySlice<Int>,
    _ figures: inout ComponentResult.Figures
  ) throws(Diagnostic) {
    guard case .decimal(let earned, _)? = earnings.lines["earned"]?.values,
      case .decimal(let adjustments, _)? = earnings.periods["adjustment"]?.values
    else { return }
    let periods = context.plan.calendar.periods.count
    var overflow = false
    func addTo(_ place: Int, _ amount: Int64) {
      let (sum, carried) = figures.total[place].addingReportingOverflow(amount)
      figures.total[place] = sum
      overflow = overflow || carried
    }
    for (offset, line) in lines.enumerated() {
      addTo(Int(figures.lines.payee[line]) * periods + Int(figures.lines.period[line]), earned[offset])
    }
    for (offset, place) in places.enumerated() {
      figures.adjustment[place] = adjustments[offset]
      addTo(place, adjustments[offset])
    }
    if overflow {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the earnings of component `\(component.name.text)` are too large",
        at: component.name.span)
    }
    figures.earned += earned
  }

  /// The columns that the module gave in all its answers, end to end.
  private func joined(_ answers: [Frame]) throws(Diagnostic) -> [String: FrameColumn] {
    var columns: [String: FrameColumn] = [:]
    for gift in contract.gives.lines where !answers.isEmpty {
      guard let column = FrameColumn.joined(answers.compactMap { $0[gift.name] }) else {
        throw lie("column `\(gift.name)` changed its kind")
      }
      columns[gift.name] = column
    }
    return columns
  }
}
