import Diagnostics
import Expressions
import Money
import Parallelism
import PlanCalendar
import PlanModel

/// Works out the figures of a measure with a formula.
///
/// Worked number: of lines with margins of 20.00 and 10.00 on amounts of 100.00 and 200.00 the ratio is 30.00 by 300.00,
/// 0.1, and the average margin 15.00.
struct FigureMeasuring {
  let figure: Figure
  let measure: Measure
  let context: RunData

  private var periods: Int { context.plan.calendar.periods.count }

  /// The figures of each payee and period: of the period alone, and from the start of its window on.
  func figures(_ sources: [CreditedLines], _ windows: [Int]) throws(Diagnostic) -> (
    inPeriod: [Int64], value: [Int64]
  ) {
    var parts = [FigurePart](repeating: FigurePart(), count: context.people.count * periods)
    for lines in sources { try add(lines, &parts) }
    var inPeriod = [Int64](repeating: 0, count: parts.count)
    var value = inPeriod
    for place in parts.indices {
      let period = place % periods
      inPeriod[place] = try digits(parts[place])
      if period > 0, windows[period] == windows[period - 1] {
        var window = parts[place - 1]
        do { try window.merge(parts[place], figure.kind) } catch { throw measure.overflow }
        parts[place] = window
      }
      value[place] = try digits(parts[place])
    }
    return (inPeriod, value)
  }

  /// Takes in the lines of a credit rule, a stretch of whole payees at a time on all cores.
  private func add(_ lines: CreditedLines, _ parts: inout [FigurePart]) throws(Diagnostic) {
    let stretches = LineStretches(lines, size: 1 << 16, inOrder: true)
    let found = Parallel.map(stretches.count) { index in
      Result { () throws(Diagnostic) in try self.parts(of: stretches[index]) }
    }
    for stretch in found {
      let (first, cells) = try stretch.get()
      for (offset, cell) in cells.enumerated() {
        do { try parts[first + offset].merge(cell, figure.kind) } catch { throw measure.overflow }
      }
    }
  }

  /// What a stretch of lines gives to its payees, whose cells begin at the pair of number `first`.
  private func parts(
    of stretch: LineStretches.Stretch
  ) throws(Diagnostic) -> (first: Int, cells: [FigurePart]) {
    let (lines, range) = (stretch.lines, stretch.range)
    let first = stretch.payees.lowerBound * periods
    var cells = [FigurePart](repeating: FigurePart(), count: stretch.payees.count * periods)
    let columns = LineColumns(lines: lines, range: range, context: context)
    let span = measure.name.span
    let wanted = try measure.condition.map { condition throws(Diagnostic) in try columns.mask(condition, span)
    }
    func place(_ line: Int) -> Int { Int(lines.payee[line]) * periods + Int(lines.period[line]) - first }
    if figure.kind.tellsApart {
      let values = try columns.identities(figure.value, only: wanted, span)
      let bases = try figure.base.map { base throws(Diagnostic) in
        try columns.identities(base, only: wanted, span)
      }
      for (offset, line) in range.enumerated() where wanted?[offset] ?? true {
        cells[place(line)].add(values[offset], base: bases?[offset])
      }
      return (first, cells)
    }
    let values = try columns.decimals(figure.value, only: wanted, span)
    let bases = try figure.base.map { base throws(Diagnostic) in
      try columns.decimals(base, only: wanted, span)
    }
    for (offset, line) in range.enumerated() where wanted?[offset] ?? true {
      do {
        try cells[place(line)].add(
          figure.kind, value: values[offset], base: bases?[offset], day: lines.day[line])
      } catch {
        throw measure.overflow
      }
    }
    return (first, cells)
  }

  /// The figure as an integer of its last digit.
  private func digits(_ part: FigurePart) throws(Diagnostic) -> Int64 {
    do throws(ArithmeticOverflow) {
      let exact = try part.value(figure.kind) ?? ExactFraction(figure.none ?? .zero)
      let rounded = try exact.rounded(to: figure.places, figure.rounding ?? .halfEven)
      if figure.rounding != nil || ExactFraction(rounded) == exact {
        guard let digits = Int64(exactly: rounded.coefficient) else { throw ArithmeticOverflow() }
        return digits
      }
    } catch {
      throw measure.overflow
    }
    throw Diagnostic(
      .expressionValue, .error,
      "a figure of measure `\(measure.name.text)` has more than \(figure.places) digits after the point",
      at: measure.name.span, help: "state `round: {places: …, mode: …}` of the measure")
  }
}
