import Diagnostics
import Expressions
import Money
import PlanCalendar
import PlanModel

/// The credited lines that a component pays on, and the payees and periods that take part.
struct ComponentLines {
  /// The lines of the component's credit rules in one order, amounts brought to the same places.
  private(set) var lines: CreditedLines
  /// For each line, which of the component's credit rules gave it.
  private(set) var rule: [Int32]
  /// For each pair of payee and period, whether the component pays there.
  private(set) var takesPart: [Bool]

  init(_ component: Component, context: RunData) throws(Diagnostic) {
    let sources = component.credits.compactMap { context.credited[$0] }
    do {
      takesPart = try Self.participation(component, context)
      (lines, rule) = try Self.merged(sources, context)
      try keepWanted(component, context)
    } catch {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the amounts of component `\(component.name.text)` are too large",
        at: component.name.span)
    }
  }

  private static func merged(
    _ sources: [CreditedLines], _ context: RunData
  ) throws(ArithmeticOverflow) -> (CreditedLines, [Int32]) {
    guard var merged = sources.first else {
      return (CreditedLines(rule: "", table: "", idColumn: "", places: 0), [])
    }
    var rule = [Int32](repeating: 0, count: merged.count)
    if sources.count == 1 { return (merged, rule) }
    let places = sources.map(\.places).max() ?? 0
    merged = CreditedLines(rule: "", table: merged.table, idColumn: merged.idColumn, places: places)
    rule = []
    for (index, source) in sources.enumerated() {
      let factor = Int64(truncatingIfNeeded: PowersOfTen[places - source.places])
      for line in 0..<source.count {
        let (amount, overflow) = source.amount[line].multipliedReportingOverflow(by: factor)
        if overflow { throw ArithmeticOverflow() }
        merged.append(
          payee: source.payee[line], row: source.row[line], day: source.day[line],
          period: source.period[line],
          amount: amount, share: source.share[line], from: source.from[line])
        rule.append(Int32(index))
      }
    }
    let rank = context.ranks[merged.table] ?? []
    func key(_ line: Int) -> (Int32, Int32, Int32, Int32, Int32) {
      let row = merged.row[line]
      return (
        merged.payee[line], merged.day[line], row < 0 ? Int32.max : rank[Int(row)], rule[line],
        merged.from[line]
      )
    }
    let order = Array(0..<merged.count).sorted { key($0) < key($1) }
    rule = order.map { rule[$0] }
    merged.reorder(order)
    return (merged, rule)
  }

  private mutating func keepWanted(_ component: Component, _ context: RunData) throws(ArithmeticOverflow) {
    let columns = LineColumns(lines: lines, context: context)
    let wanted = try component.condition.map { condition throws(ArithmeticOverflow) in
      try columns.mask(condition)
    }
    let payees = try component.payees.map { condition throws(ArithmeticOverflow) in
      try columns.mask(condition)
    }
    let periods = context.plan.calendar.periods.count
    let kept = (0..<lines.count).filter { line in
      (wanted?[line] ?? true) && (payees?[line] ?? true)
        && component.isInForce(CalendarDate(day: lines.day[line]))
    }
    for line in kept { takesPart[Int(lines.payee[line]) * periods + Int(lines.period[line])] = true }
    if kept.count == lines.count { return }
    rule = kept.map { rule[$0] }
    lines.reorder(kept)
  }

  /// A payee takes part in a period in which the component is in force when the condition on payees holds on its
  /// first or last day; lines on other days add to that.
  private static func participation(
    _ component: Component, _ context: RunData
  ) throws(ArithmeticOverflow) -> [Bool] {
    let periods = context.plan.calendar.periods
    let inForce = periods.map { period in
      (component.from.map { $0 < period.end } ?? true) && (component.to.map { $0 >= period.start } ?? true)
    }
    var flags = [Bool](repeating: false, count: context.people.count * periods.count)
    guard let condition = component.payees else {
      for place in flags.indices { flags[place] = inForce[place % periods.count] }
      return flags
    }
    for (index, period) in periods.enumerated() where inForce[index] {
      for day in [period.start, period.end.adding(days: -1)] {
        var everyone = CreditedLines(rule: "", table: "", idColumn: "", places: 0)
        for payee in 0..<context.people.count {
          everyone.append(payee: Int32(payee), row: -1, day: day.day, period: Int32(index), amount: 0)
        }
        let mask = try LineColumns(lines: everyone, context: context).mask(condition)
        for payee in mask.indices where mask[payee] { flags[payee * periods.count + index] = true }
      }
    }
    return flags
  }
}

extension Component {
  /// Whether the component is in force on the day.
  func isInForce(_ day: CalendarDate) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
  }
}
