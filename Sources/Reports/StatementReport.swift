package import Engine
package import Money
import PlanCalendar
import PlanModel
import Tables

/// A row a payee and period: what was measured, what each component earned, the total.
package struct StatementReport: Sendable {
  private let result: RunResult
  private let columns: [Outputs.Column]

  package init(_ result: RunResult) {
    self.result = result
    let plan = result.data.plan
    columns = plan.outputs.statements ?? Self.usualColumns(plan) + Self.settledColumns(plan)
  }

  /// The rows of all payees, or of one, over all periods, or one.
  package func report(payee: Int? = nil, period: Int? = nil) -> Report {
    let payees = payee.map { $0..<$0 + 1 } ?? 0..<result.data.people.count
    let periods = period.map { $0..<$0 + 1 } ?? result.periods
    let count = result.data.plan.calendar.periods.count
    return report(places: payees.flatMap { payee in periods.map { Int32(payee * count + $0) } })
  }

  /// The rows at these places: the payee's number times the count of the calendar's periods, and the period's.
  package func report(places rows: [Int32]) -> Report {
    let words: Set<String> = [
      "payee", "name", "period", "start", "end", "paid_on", "currency", "pay_currency", "notes",
    ]
    return Report(
      headings: columns.map(\.heading), isFigure: columns.map { !words.contains($0.path[0]) },
      sections: [
        Report.Section(columns: columns.map { cells($0).rounded($0.rounding) }, rows: Report.Rows(rows))
      ])
  }

  /// One figure of a payee's period: `[commission, earned]`, `[bookings, value]`, `[total]`.
  package func figure(_ path: [String], payee: Int, period: Int) -> Cell {
    let column = Outputs.Column(
      heading: path.joined(separator: "."), path: path, rounding: nil, span: result.data.plan.name.span)
    return cells(column).cell(payee * result.data.plan.calendar.periods.count + period)
  }

  /// Sums over all payees and periods, or those asked for.
  package struct Totals: Sendable {
    /// Each component, and what it pays in; without an amount where it failed.
    package let components: [(name: String, unit: String, amount: ExactDecimal?)]
    /// All components that pay in one unit, money first; without an amount where one of them failed.
    package let units: [(unit: String, amount: ExactDecimal?)]
    /// What is payable and paid of the money, where the plan settles it; without amounts where a component failed.
    package let settled: (payable: ExactDecimal?, paid: ExactDecimal?)?
    /// All components that pay money.
    package var money: ExactDecimal? { units[0].amount }
  }

  /// The sums of the components over all payees and periods, or those asked for.
  package func totals(payee: Int? = nil, period: Int? = nil) -> Totals {
    let periods = result.data.plan.calendar.periods.count
    let payees = payee.map { $0..<$0 + 1 } ?? 0..<result.data.people.count
    let wanted = period.map { $0..<$0 + 1 } ?? result.periods
    return totals(
      places: payees.lazy.flatMap { payee in wanted.lazy.map { Int32(payee * periods + $0) } })
  }

  /// The sums of the components over these places, which are counted as those of `report(places:)`.
  package func totals(places: some Collection<Int32>) -> Totals {
    var parts: [(name: String, unit: String, amount: ExactDecimal?)] = []
    var units: [(unit: String, amount: ExactDecimal?)] = [(result.data.plan.currency.code, .zero)]
    for component in result.components {
      let amount = component.figures.map { figures in
        var sum = Int128(0)
        for place in places { sum += Int128(figures.total[Int(place)]) }
        return ExactDecimal(coefficient: sum, scale: figures.places)
      }
      let unit = component.unit ?? result.data.plan.currency.code
      parts.append((component.component.name.text, unit, amount))
      let place = units.firstIndex { $0.unit == unit } ?? units.endIndex
      if place == units.endIndex { units.append((unit, .zero)) }
      units[place].amount = units[place].amount.flatMap { sum in amount.flatMap { try? sum.adding($0) } }
    }
    return Totals(
      components: parts, units: units,
      settled: result.data.plan.settle == nil
        ? nil : (settled(\.payable, places), settled(\.paid, places)))
  }

  /// The sum of an amount of the settlement; nil where none could be made.
  private func settled(_ amounts: (Settlement) -> [Int64], _ places: some Collection<Int32>) -> ExactDecimal?
  {
    result.settlement.map { settlement in
      let amounts = amounts(settlement)
      let sum = places.reduce(Int128(0)) { $0 + Int128(amounts[Int($1)]) }
      return ExactDecimal(coefficient: sum, scale: settlement.places)
    }
  }

  private static func usualColumns(_ plan: Plan) -> [Outputs.Column] {
    var columns: [Outputs.Column] = []
    func add(_ heading: String, _ path: [String], _ rounding: Rounding? = nil) {
      columns.append(Outputs.Column(heading: heading, path: path, rounding: rounding, span: plan.name.span))
    }
    for word in ["payee", "name", "period"] { add(word, [word]) }
    for measure in plan.measures {
      let name = measure.name.text
      add(name, [name, "value"])
      if measure.quota != nil {
        add(name + "_quota", [name, "quota"])
        add(name + "_attainment", [name, "attainment"], Rounding(places: 4, mode: .halfEven))
      }
    }
    for component in plan.components { add(component.name.text, [component.name.text, "earned"]) }
    add("total", ["total"])
    if !plan.teams.switches.isEmpty { add("notes", ["notes"]) }
    return columns
  }

  /// The cells of a column, one a pair of payee and period, payee by payee.
  private func cells(_ column: Outputs.Column) -> ReportColumn {
    let data = result.data
    let periods = data.plan.calendar.periods
    let places = 0..<Int32(data.people.count * periods.count)
    let payees = { places.map { $0 / Int32(periods.count) } }
    func perPeriod(_ word: (Period) -> String) -> ReportColumn {
      ReportColumn(.words(places.map { $0 % Int32(periods.count) }, ReportWords(periods.map(word))))
    }
    if column.path.count == 1 {
      switch column.path[0] {
      case "payee": return ReportColumn(.words(payees(), ReportWords(data.people.ids)))
      case "name": return ReportColumn(.words(payees(), ReportWords(data.people.names)))
      case "period": return perPeriod(\.label)
      case "payable": return settled(\.payable)
      case "paid": return settled(\.paid)
      case "pay_currency": return inPayCurrency { .text($0.code) }
      case "paid_in_currency": return inPayCurrency { .number($0.amount) }
      case "start": return perPeriod(\.start.description)
      case "end": return perPeriod { $0.lastDay.description }
      case "paid_on": return perPeriod { data.plan.calendar.payment?.day(of: $0).description ?? "" }
      case "notes":
        let notes = SwitchNotes(data)
        return ReportColumn(.each { .text(notes.line($0 / periods.count, $0 % periods.count)) })
      case "currency": return ReportColumn(.same(data.plan.currency.code))
      default:
        var parts: [(cells: [Int64], places: Int)] = []
        for component in result.components where component.unit == nil {
          guard let figures = component.figures else { return ReportColumn(.empty) }
          parts.append((figures.total, figures.places))
        }
        return .sum(parts, count: places.count)
      }
    }
    let (name, field) = (column.path[0], column.path[1])
    if name == "payee" {
      let attribute = data.attribute(field, places: places.map(Int.init))
      return ReportColumn(.each { .text(attribute?.display($0) ?? "") })
    }
    if let step = data.plan.settle?.steps.firstIndex(where: { $0.name.text == name }) {
      return settled { field == "open" ? $0.open[step] : $0.moves(of: step) }
    }
    if let measured = data.measures[name] { return cells(measured, field, column.rounding) }
    guard let figures = result.component(name)?.figures else { return ReportColumn(.empty) }
    if let given = figures.givenPeriods.first(where: { $0.name == field }) {
      return ReportColumn(
        .numbers(given.cells, places: given.places), at: places.map { given.missing[Int($0)] ? -1 : $0 })
    }
    return ReportColumn(
      .numbers(field == "adjustment" ? figures.adjustment : figures.total, places: figures.places))
  }

  /// What each step of `settle` added or took, what is payable, what is paid.
  private static func settledColumns(_ plan: Plan) -> [Outputs.Column] {
    guard let settle = plan.settle else { return [] }
    let paths =
      settle.steps.map { [$0.name.text, "amount"] } + [["payable"], ["paid"]]
      + (settle.payIn == nil ? [] : [["pay_currency"], ["paid_in_currency"]])
    return paths.map { Outputs.Column(heading: $0[0], path: $0, rounding: nil, span: plan.name.span) }
  }

  private func inPayCurrency(_ cell: @escaping @Sendable (Settlement.InPayCurrency) -> Cell) -> ReportColumn {
    guard let paid = result.settlement?.inPayCurrency, !paid.isEmpty else { return ReportColumn(.empty) }
    return ReportColumn(.each { place in paid[place].map(cell) ?? .empty })
  }

  /// Figures of the settlement; empty where none could be made.
  private func settled(_ figures: (Settlement) -> [Int64]) -> ReportColumn {
    guard let settlement = result.settlement else { return ReportColumn(.empty) }
    return ReportColumn(.numbers(figures(settlement), places: settlement.places))
  }

  private func cells(_ measured: Measured, _ field: String, _ rounding: Rounding?) -> ReportColumn {
    switch field {
    case "value": return ReportColumn(.numbers(measured.value, places: measured.places))
    case "in_period": return ReportColumn(.numbers(measured.inPeriod, places: measured.places))
    case "quota":
      return ReportColumn(.numbers(measured.quota.map { $0 ?? 0 }, places: measured.quotaPlaces))
    case "period_quota":
      return ReportColumn(.numbers(measured.periodQuota.map { $0 ?? 0 }, places: measured.quotaPlaces))
    default:
      // A quotient has no end of digits: it is shown to four places unless the plan says otherwise.
      let rounding = rounding ?? Rounding(places: 4, mode: .halfEven)
      if let cells = Self.attainments(measured, rounding) {
        return ReportColumn(.numbers(cells, places: rounding.places))
      }
      return ReportColumn(
        .each { place in
          guard let (value, quota) = measured.attainment(place) else {
            return .number(ExactDecimal(coefficient: 0, scale: rounding.places))
          }
          return (try? value.divided(by: quota, places: rounding.places, rounding.mode)).map { .number($0) }
            ?? .empty
        })
    }
  }

  /// The attainments as integers of their last digit, zero without a quota; nil where one of them does not fit.
  private static func attainments(_ measured: Measured, _ rounding: Rounding) -> [Int64]? {
    let shift = rounding.places + measured.quotaPlaces - measured.places
    guard (0...18).contains(shift) else { return nil }
    let unit = PowersOfTen[shift]
    var cells: [Int64] = []
    cells.reserveCapacity(measured.value.count)
    for place in measured.value.indices {
      guard let quota = measured.quota[place], quota != 0 else {
        cells.append(0)
        continue
      }
      // INVARIANT: 64 bits by at most 10^18 fit 128 bits.
      let quotient = rounding.mode.quotient(Int128(measured.value[place]) * unit, Int128(quota))
      guard quota > 0, let cell = Int64(exactly: quotient) else { return nil }
      cells.append(cell)
    }
    return cells
  }
}
