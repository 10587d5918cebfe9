package import Engine
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Tables

/// A row a credited person and transaction: what was credited, and what each component paid on it.
package struct LineReport {
  private let result: RunResult
  private let columns: [Outputs.Column]

  package init(_ result: RunResult) {
    self.result = result
    columns = result.data.plan.outputs.lines ?? Self.usualColumns(result.data.plan)
  }

  /// The rows of all payees, or of one, over all periods, or one.
  package func report(payee: Int? = nil, period: Int? = nil) -> Report {
    var rows: [[Cell]] = []
    for rule in result.data.plan.credits {
      let name = rule.name.text
      if let wanted = result.data.plan.outputs.lineCredits, !wanted.contains(name) { continue }
      guard let lines = result.data.credited[name] else { continue }
      let places = componentLines(name, lines)
      for line in 0..<lines.count {
        if let payee, lines.payee[line] != payee { continue }
        let place = Int(lines.period[line])
        if period.map({ $0 != place }) ?? !result.periods.contains(place) { continue }
        rows.append(columns.map { cell($0, lines, line, places) })
      }
    }
    let words: Set<String> = [
      "transaction", "payee", "name", "period", "date", "credit", "from", "source", "row",
    ]
    return Report(
      headings: columns.map(\.heading), isFigure: columns.map { !words.contains($0.path[0]) }, rows: rows)
  }

  private static func usualColumns(_ plan: Plan) -> [Outputs.Column] {
    var columns = ["transaction", "payee", "period", "date", "credit", "from", "credited"].map {
      Outputs.Column(heading: $0, path: [$0], rounding: nil, span: plan.name.span)
    }
    for component in plan.components {
      let name = component.name.text
      columns.append(
        Outputs.Column(heading: name, path: [name, "earned"], rounding: nil, span: plan.name.span))
    }
    for word in ["total", "source"] {
      columns.append(Outputs.Column(heading: word, path: [word], rounding: nil, span: plan.name.span))
    }
    return columns
  }

  /// For each component, the place of each credited line of a rule among the component's lines, or -1.
  ///
  /// Both are in the same order, and the component has a part of the rule's lines: one pass finds them.
  private func componentLines(_ rule: String, _ lines: CreditedLines) -> [String: [Int32]] {
    var places: [String: [Int32]] = [:]
    for component in result.components {
      guard let figures = component.figures,
        let index = component.component.credits.firstIndex(of: rule)
      else { continue }
      var found = [Int32](repeating: -1, count: lines.count)
      var next = 0
      for line in 0..<lines.count {
        while next < figures.lines.count, figures.rule[next] != Int32(index) { next += 1 }
        guard next < figures.lines.count else { break }
        let isSame =
          figures.lines.payee[next] == lines.payee[line] && figures.lines.row[next] == lines.row[line]
          && figures.lines.day[next] == lines.day[line] && figures.lines.from[next] == lines.from[line]
          && figures.lines.share[next] == lines.share[line]
        if isSame {
          found[line] = Int32(next)
          next += 1
        }
      }
      places[component.component.name.text] = found
    }
    return places
  }

  private func cell(
    _ column: Outputs.Column, _ lines: CreditedLines, _ line: Int, _ places: [String: [Int32]]
  ) -> Cell {
    let data = result.data
    let row = Int(lines.row[line])
    let table = data.tables[lines.table]
    if column.path.count == 2 {
      let (name, field) = (column.path[0], column.path[1])
      if name == "row" { return row < 0 ? .empty : .text(table?[field]?.display(row) ?? "") }
      return earned(name, field, line, places).rounded(column.rounding)
    }
    switch column.path[0] {
    case "transaction": return row < 0 ? .empty : .text(table?[lines.idColumn]?.display(row) ?? "")
    case "payee": return .text(data.people.ids[Int(lines.payee[line])])
    case "name": return .text(data.people.names[Int(lines.payee[line])])
    case "period": return .text(data.plan.calendar.periods[Int(lines.period[line])].label)
    case "date": return .text(CalendarDate(day: lines.day[line]).description)
    case "credit": return .text(lines.rule)
    case "from": return lines.from[line] < 0 ? .empty : .text(data.people.ids[Int(lines.from[line])])
    case "credited":
      return Cell.number(ExactDecimal(coefficient: Int128(lines.amount[line]), scale: lines.places))
        .rounded(column.rounding)
    case "source": return row < 0 ? .empty : .text(table.map { "\($0.file):\($0.lines[row])" } ?? "")
    default: return total(lines.rule, line, places).rounded(column.rounding)
    }
  }

  private func earned(_ component: String, _ field: String, _ line: Int, _ places: [String: [Int32]]) -> Cell
  {
    guard let figures = result.component(component)?.figures, let place = places[component]?[line], place >= 0
    else { return .empty }
    if field == "earned" {
      return .number(ExactDecimal(coefficient: Int128(figures.earned[Int(place)]), scale: figures.places))
    }
    guard let column = figures.lineColumns[field], !column.isMissing(Int(place)) else { return .empty }
    switch column.values {
    case .decimal(let cells, let scale):
      return .number(ExactDecimal(coefficient: Int128(cells[Int(place)]), scale: scale))
    case .integer(let cells): return .number(ExactDecimal(cells[Int(place)]))
    case .text(let codes, let dictionary): return .text(dictionary[Int(codes[Int(place)])])
    case .date(let days): return .text(CalendarDate(day: days[Int(place)]).description)
    case .boolean(let flags): return .text(String(flags[Int(place)]))
    }
  }

  /// What all components paid on the line; empty when one that pays on the rule failed.
  private func total(_ rule: String, _ line: Int, _ places: [String: [Int32]]) -> Cell {
    var sum = ExactDecimal.zero
    for component in result.components where component.component.credits.contains(rule) {
      guard let figures = component.figures else { return .empty }
      guard let place = places[component.component.name.text]?[line], place >= 0 else { continue }
      let amount = ExactDecimal(coefficient: Int128(figures.earned[Int(place)]), scale: figures.places)
      guard let next = try? sum.adding(amount) else { return .empty }
      sum = next
    }
    return .number(sum)
  }
}
