import Diagnostics
import Expressions
import Money
import Parallelism
import PlanCalendar
import PlanModel

/// The credited lines that a component pays on, and the payees and periods that take part.
struct ComponentLines {
  /// The lines of the component's credit rules in one order, amounts brought to the same places.
  private(set) var lines: CreditedLines
  /// Where each line comes from.
  private(set) var from: LineSources
  /// For each pair of payee and period, whether the component pays there.
  private(set) var takesPart: TakingPart

  /// The lines that the context has, or with `summed` their sums, a line a payee and period; `paysLines` says whether
  /// the module looks at lines at all, and `takesPart` who takes part beside those who have lines.
  init(
    _ component: Component, summed: Bool, paysLines: Bool, standing: Standing.Span?, takesPart: TakingPart,
    context: RunData
  ) throws(Diagnostic) {
    let sources = component.credits.compactMap { context.credited[$0] }
    let switching = ModuleSwitching(component, context)
    self.takesPart = takesPart
    do throws(ArithmeticOverflow) {
      (lines, from) = try LineMerging.merged(sources, context)
    } catch {
      throw Self.tooLarge(component)
    }
    try keepWanted(component, switching, paysLines: paysLines, context)
    if let standing, let measured = component.measure.flatMap({ context.measures[$0] }) {
      lines.standing = try Standing(measured, over: standing, context).figures(
        of: component.credits, from, count: lines.count)
    }
    if summed {
      guard let sums = lines.summed(payees: context.people.count, context.periodOfDay) else {
        throw Self.tooLarge(component)
      }
      lines = sums
    }
  }

  private static func tooLarge(_ component: Component) -> Diagnostic {
    Diagnostic(
      .arithmeticOverflow, .error, "the amounts of component `\(component.name.text)` are too large",
      at: component.name.span)
  }

  private mutating func keepWanted(
    _ component: Component, _ switching: ModuleSwitching?, paysLines: Bool, _ context: RunData
  ) throws(Diagnostic) {
    let isAlwaysInForce = component.from == nil && component.to == nil
    let periods = context.plan.calendar.periods.count
    if component.condition == nil, component.payees == nil, switching == nil, isAlwaysInForce { return }
    let lines = lines
    let stretches = lines.stretches(size: 1 << 16)
    let found = Parallel.map(stretches.count) { index -> Result<[Int32], Diagnostic> in
      Result { () throws(Diagnostic) in
        let range = stretches[index]
        let columns = LineColumns(lines: lines, range: range, context: context)
        let wanted = try component.condition.map { condition throws(Diagnostic) in
          try columns.mask(condition, component.name.span)
        }
        let payees = try component.payees.map { condition throws(Diagnostic) in
          try columns.mask(condition, component.name.span)
        }
        let enabled = switching?.mask(payees: Array(lines.payee[range]), days: Array(lines.day[range]))
        return range.compactMap { line in
          let place = line - range.lowerBound
          let isKept =
            (wanted?[place] ?? true) && (payees?[place] ?? true) && (enabled?[place] ?? true)
            && (isAlwaysInForce || component.isInForce(CalendarDate(day: lines.day[line])))
          return isKept ? Int32(line) : nil
        }
      }
    }
    var kept: [Int32] = []
    for stretch in found { kept += try stretch.get() }
    func place(_ line: Int32) -> Int {
      Int(lines.payee[Int(line)]) * periods + Int(lines.period[Int(line)]) - takesPart.first
    }
    if switching == nil || paysLines {
      for line in kept { takesPart.flags[place(line)] = true }
    } else {
      // Where a module pays by whole periods, the period's last day alone decides whether it is switched on.
      kept.removeAll { !takesPart.flags[place($0)] }
    }
    if kept.count == lines.count { return }
    from.keep(kept)
    self.lines.keep(kept)
  }
}

extension Component {
  /// Whether the component is in force on the day.
  func isInForce(_ day: CalendarDate) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
  }
}
