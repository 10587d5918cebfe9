package import Engine
package import Money
import PlanCalendar
import PlanModel
import Tables

/// A row a payee and period: what was measured, what each component earned, the total.
package struct StatementReport {
  private let result: RunResult
  private let columns: [Outputs.Column]

  package init(_ result: RunResult) {
    self.result = result
    columns = result.data.plan.outputs.statements ?? Self.usualColumns(result.data.plan)
  }

  /// The rows of all payees, or of one, over all periods, or one.
  package func report(payee: Int? = nil, period: Int? = nil) -> Report {
    let payees = payee.map { $0..<$0 + 1 } ?? 0..<result.data.people.count
    let periods = period.map { $0..<$0 + 1 } ?? result.periods
    var rows: [[Cell]] = []
    rows.reserveCapacity(payees.count * periods.count)
    for payee in payees {
      for period in periods { rows.append(columns.map { cell($0, payee, period) }) }
    }
    let words: Set<String> = ["payee", "name", "period", "start", "end", "currency"]
    return Report(
      headings: columns.map(\.heading), isFigure: columns.map { !words.contains($0.path[0]) }, rows: rows)
  }

  /// The sum of each component over all payees and periods, and of all components; nil where one failed.
  package func totals() -> (components: [(name: String, amount: ExactDecimal?)], total: ExactDecimal?) {
    let periods = result.data.plan.calendar.periods.count
    var parts: [(name: String, amount: ExactDecimal?)] = []
    for component in result.components {
      let amount = component.figures.map { figures in
        let sum = figures.total.indices.reduce(Int128(0)) { sum, place in
          result.periods.contains(place % periods) ? sum + Int128(figures.total[place]) : sum
        }
        return ExactDecimal(coefficient: sum, scale: figures.places)
      }
      parts.append((component.component.name.text, amount))
    }
    let total = parts.reduce(ExactDecimal.zero as ExactDecimal?) { sum, part in
      guard let sum, let amount = part.amount else { return nil }
      return try? sum.adding(amount)
    }
    return (parts, total)
  }

  /// What a payee earned in a period, all components together; nil when one of them failed.
  package func total(payee: Int, period: Int) -> ExactDecimal? {
    let place = payee * result.data.plan.calendar.periods.count + period
    var sum = ExactDecimal.zero
    for component in result.components {
      guard let figures = component.figures,
        let next = try? sum.adding(
          ExactDecimal(coefficient: Int128(figures.total[place]), scale: figures.places))
      else { return nil }
      sum = next
    }
    return sum
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
    return columns
  }

  private func cell(_ column: Outputs.Column, _ payee: Int, _ period: Int) -> Cell {
    let data = result.data
    let place = payee * data.plan.calendar.periods.count + period
    let stretch = data.plan.calendar.periods[period]
    if column.path.count == 1 {
      switch column.path[0] {
      case "payee": return .text(data.people.ids[payee])
      case "name": return .text(data.people.names[payee])
      case "period": return .text(stretch.label)
      case "start": return .text(stretch.start.description)
      case "end": return .text(stretch.end.adding(days: -1).description)
      case "currency": return .text(data.plan.currency.code)
      default:
        return (total(payee: payee, period: period).map { Cell.number($0) } ?? .empty).rounded(
          column.rounding)
      }
    }
    let (name, field) = (column.path[0], column.path[1])
    if name == "payee" {
      let day = stretch.end.adding(days: -1).day
      let cells = data.people.attribute(field, payees: [Int32(payee)], days: [day])
      return .text(cells?.display(0) ?? "")
    }
    if let measured = data.measures[name] { return cell(measured, field, place, column.rounding) }
    guard let figures = result.component(name)?.figures else { return .empty }
    let amount = field == "adjustment" ? figures.adjustment[place] : figures.total[place]
    return Cell.number(ExactDecimal(coefficient: Int128(amount), scale: figures.places)).rounded(
      column.rounding)
  }

  private func cell(_ measured: Measured, _ field: String, _ place: Int, _ rounding: Rounding?) -> Cell {
    func figure(_ value: Int64, _ places: Int) -> Cell {
      Cell.number(ExactDecimal(coefficient: Int128(value), scale: places)).rounded(rounding)
    }
    switch field {
    case "value": return figure(measured.value[place], measured.places)
    case "in_period": return figure(measured.inPeriod[place], measured.places)
    case "quota": return figure(measured.quota[place] ?? 0, measured.quotaPlaces)
    case "period_quota": return figure(measured.periodQuota[place] ?? 0, measured.quotaPlaces)
    default:
      // A quotient has no end of digits: it is shown to four places unless the plan says otherwise.
      let rounding = rounding ?? Rounding(places: 4, mode: .halfEven)
      guard let (value, quota) = measured.attainment(place) else {
        return .number(ExactDecimal(coefficient: 0, scale: rounding.places))
      }
      return (try? value.divided(by: quota, places: rounding.places, rounding.mode)).map { .number($0) }
        ?? .empty
    }
  }
}
