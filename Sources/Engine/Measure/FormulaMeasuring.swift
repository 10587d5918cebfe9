import Diagnostics
import Expressions
import Money
import Parallelism
import PlanCalendar
import PlanModel
import Tables

/// Works out the figures of a measure that is made of others.
///
/// Worked number: of 120,000 in a quarter and 100,000 in the same one a year before `bookings / bookings.year_before - 1`
/// makes 0.2. A base of zero, or one before the plan's calendar, leaves what the plan states for it.
struct FormulaMeasuring {
  let formula: MeasureFormula
  let measure: Measure
  let context: RunData

  /// Whether the figures of the periods alone are taken, or those since the start of each measure's window.
  private enum Figures {
    case inPeriod, value
  }

  private var periods: [Period] { context.plan.calendar.periods }

  /// The figures of each payee and period: of the period alone, and from the start of the windows on.
  func figures() throws(Diagnostic) -> (inPeriod: [Int64], value: [Int64]) {
    let value = try digits(.value)
    let isPlain = measure.parts.compactMap { context.measures[$0] }.allSatisfy {
      $0.value == $0.inPeriod && $0.quota == $0.periodQuota
    }
    return (isPlain ? value : try digits(.inPeriod), value)
  }

  private func digits(_ figures: Figures) throws(Diagnostic) -> [Int64] {
    let size = max(1, (1 << 14) / periods.count)
    let stretches = stride(from: 0, to: context.people.count, by: size).map {
      $0 * periods.count..<min($0 + size, context.people.count) * periods.count
    }
    let found = Parallel.map(stretches.count) { index in
      Result { () throws(Diagnostic) in try digits(figures, stretches[index]) }
    }
    var cells: [Int64] = []
    for stretch in found { cells += try stretch.get() }
    return cells
  }

  private func digits(_ figures: Figures, _ places: Range<Int>) throws(Diagnostic) -> [Int64] {
    let (column, faults) = ColumnEvaluator(formula.expression, rowCount: places.count) {
      self.column($0, figures, places)
    }.column(measure.name.text, .decimal(places: formula.places), formula.rounding)
    for (row, fault) in faults.sorted(by: { $0.key < $1.key })
    where fault.message != EvaluationFault.divisionByZero.message {
      throw self.fault(fault, places.lowerBound + row)
    }
    guard case .decimal(var cells, _) = column.values else { return [] }
    let none = try digits(of: formula.none)
    for row in cells.indices where column.isMissing(row) || faults[row] != nil { cells[row] = none }
    return cells
  }

  private func digits(of number: ExactDecimal) throws(Diagnostic) -> Int64 {
    guard let digits = try? number.rescaled(to: formula.places, rounding: formula.rounding),
      let short = Int64(exactly: digits)
    else { throw measure.overflow }
    return short
  }

  private func fault(_ fault: EvaluationFault, _ place: Int) -> Diagnostic {
    let payee = context.people.ids[place / periods.count]
    return Diagnostic(
      .expressionValue, .error,
      "`\(formula.expression.text)` has no value for `\(payee)` in \(periods[place % periods.count].label): \(fault.message)",
      at: measure.name.span)
  }

  /// What the formula names, a cell a pair of payee and period.
  private func column(_ name: String, _ figures: Figures, _ places: Range<Int>) -> Column? {
    let words = name.split(separator: ".", maxSplits: 1).map(String.init)
    let days = { places.map { periods[$0 % periods.count].lastDay.day } }
    switch (words[0], words.last) {
    case ("payee", let attribute?): return context.attribute(attribute, places: Array(places))
    case ("period", "from"):
      return Column(name: name, values: .date(places.map { periods[$0 % periods.count].start.day }))
    case ("period", _): return Column(name: name, values: .date(days()))
    default: break
    }
    guard let measured = context.measures[words[0]] else { return nil }
    let whole = figures == .value ? measured.value : measured.inPeriod
    let part = words.count > 1 ? MeasureFormula.Part(rawValue: words[1]) : nil
    switch part {
    case nil:
      return Column(name: name, values: .decimal(Array(whole[places]), places: measured.places))
    case .quota:
      let quotas = (figures == .value ? measured.quota : measured.periodQuota)[places]
      return Column(
        name: name, values: .decimal(quotas.map { $0 ?? 0 }, places: measured.quotaPlaces),
        missing: quotas.map { $0 == nil })
    case .previous, .yearBefore:
      let earlier = context.plan.calendar.earlier(part == .previous ? measured.measure.window : .year)
      let bases = places.map { place in
        earlier[place % periods.count].map { whole[place - place % periods.count + $0] }
      }
      return Column(
        name: name, values: .decimal(bases.map { $0 ?? 0 }, places: measured.places),
        missing: bases.map { $0 == nil })
    }
  }
}
