import ModuleProtocol
import PlanCalendar
import PlanModel

/// Finds the columns of pairs of payee and period that a component may name.
///
/// `payee.x` is an attribute on the period's last day, `payee.period_target` of the period; `period.from`, `period.to`, `period.label`, `period.year` and
/// `period.year_left` are of the calendar; `value` and so on are of the component's own measure, `NAME.value` of another; `NAME.earned` is what
/// another component paid, and `NAME.x` a column that it gives.
struct PeriodColumns: Sendable {
  let component: Component
  let context: RunData
  /// The pairs, each as payee times periods plus period.
  let places: [Int32]

  private var periods: [Period] { context.plan.calendar.periods }

  /// The column of this name, or nil when there is none.
  func column(_ name: String) -> FrameColumn? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard let field = parts.last, parts.count == 2 else {
      return component.measure.flatMap { context.measures[$0] }.flatMap { ofMeasure($0, name, name) }
    }
    switch parts[0] {
    case "payee": return attribute(field, name)
    case "period": return ofCalendar(field, name)
    default:
      if let measured = context.measures[parts[0]] { return ofMeasure(measured, field, name) }
      return context.figures[parts[0]].flatMap { ofComponent($0, field, name) }
    }
  }

  private func attribute(_ field: String, _ name: String) -> FrameColumn? {
    context.attribute(field, places: places.map(Int.init)).map { FrameColumn($0, name: name) }
  }

  private func ofCalendar(_ field: String, _ name: String) -> FrameColumn? {
    let numbers = places.map { $0 % Int32(periods.count) }
    switch field {
    case "from": return FrameColumn(name: name, values: .date(numbers.map { periods[Int($0)].start.day }))
    case "to": return FrameColumn(name: name, values: .date(numbers.map { periods[Int($0)].lastDay.day }))
    case "label": return FrameColumn(name: name, values: .text(numbers, dictionary: periods.map(\.label)))
    case "year":
      let years = context.plan.calendar.windows(.year)
      return FrameColumn(name: name, values: .integer(numbers.map { Int64(years[Int($0)]) }))
    case "year_left":
      let left = Self.left(context.plan.calendar.windows(.year))
      return FrameColumn(name: name, values: .integer(numbers.map { left[Int($0)] }))
    default: return nil
    }
  }

  private func ofComponent(
    _ figures: ComponentResult.Figures, _ field: String, _ name: String
  ) -> FrameColumn? {
    if field == "earned" {
      return FrameColumn(
        name: name, values: .decimal(places.map { figures.total[Int($0)] }, places: figures.places))
    }
    return figures.givenPeriods.first { $0.name == field }.map { given in
      let missing = places.map { given.missing[Int($0)] }
      return FrameColumn(
        name: name, values: .decimal(places.map { given.cells[Int($0)] }, places: given.places),
        missing: missing.contains(true) ? missing : nil)
    }
  }

  private func ofMeasure(_ measured: Measured, _ field: String, _ name: String) -> FrameColumn? {
    switch field {
    case "value":
      return FrameColumn(
        name: name, values: .decimal(places.map { measured.value[Int($0)] }, places: measured.places))
    case "in_period":
      return FrameColumn(
        name: name, values: .decimal(places.map { measured.inPeriod[Int($0)] }, places: measured.places))
    case "quota":
      let missing = places.map { measured.quota[Int($0)] == nil }
      return FrameColumn(
        name: name,
        values: .decimal(places.map { measured.quota[Int($0)] ?? 0 }, places: measured.quotaPlaces),
        missing: missing.contains(true) ? missing : nil)
    case "window":
      return FrameColumn(
        name: name, values: .integer(places.map { Int64(measured.windows[Int($0) % periods.count]) }))
    case "periods_left":
      let left = Self.left(measured.windows)
      return FrameColumn(name: name, values: .integer(places.map { left[Int($0) % periods.count] }))
    default: return nil
    }
  }

  /// For each period, how many of its window come after it.
  private static func left(_ windows: [Int]) -> [Int64] {
    var last = [Int](repeating: 0, count: windows.count)
    for (period, window) in windows.enumerated() { last[window] = period }
    return windows.enumerated().map { Int64(last[$1] - $0) }
  }
}
