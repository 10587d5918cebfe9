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
    var sections: [Report.Section] = []
    for rule in result.data.plan.credits {
      let name = rule.name.text
      if let wanted = result.data.plan.outputs.lineCredits, !wanted.contains(name) { continue }
      guard let lines = result.data.credited[name] else { continue }
      let rows = (0..<Int32(lines.count)).filter { line in
        let place = Int(lines.period[Int(line)])
        if let payee, lines.payee[Int(line)] != payee { return false }
        return period.map { $0 == place } ?? result.periods.contains(place)
      }
      let places = componentLines(name, lines)
      sections.append(
        Report.Section(
          columns: columns.map { cells($0, lines, places).rounded($0.rounding) }, rows: rows))
    }
    let words: Set<String> = [
      "transaction", "payee", "name", "period", "date", "credit", "from", "source", "row",
    ]
    return Report(
      headings: columns.map(\.heading), isFigure: columns.map { !words.contains($0.path[0]) },
      sections: sections)
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

  private func cells(
    _ column: Outputs.Column, _ lines: CreditedLines, _ places: [String: [Int32]]
  ) -> ReportColumn {
    let data = result.data
    let table = data.tables[lines.table]
    if column.path.count == 2 {
      let (name, field) = (column.path[0], column.path[1])
      if name == "row" { return ReportColumn(table?[field], rows: lines.row) }
      return given(name, field, places)
    }
    switch column.path[0] {
    case "transaction": return ReportColumn(table?[lines.idColumn], rows: lines.row)
    case "payee": return .words(lines.payee, data.people.ids)
    case "name": return .words(lines.payee, data.people.names)
    case "period": return .words(lines.period, data.plan.calendar.periods.map(\.label))
    case "date": return .dates(lines.day)
    case "credit": return .same(lines.rule)
    case "from": return .words(lines.from, data.people.ids)
    case "credited": return .numbers(lines.amount, places: lines.places)
    case "source":
      guard let table else { return .empty }
      let (rows, file, numbers) = (lines.row, table.file, table.lines)
      return .each { rows[$0] < 0 ? .empty : .text("\(file):\(numbers[Int(rows[$0])])") }
    default: return total(lines.rule, lines.count, places)
    }
  }

  /// A column that a component gives its lines.
  private func given(_ component: String, _ field: String, _ places: [String: [Int32]]) -> ReportColumn {
    guard let figures = result.component(component)?.figures, let found = places[component] else {
      return .empty
    }
    if field == "earned" { return Self.gathered(figures.earned, figures.places, found) }
    guard let column = figures.lineColumns[field] else { return .empty }
    if case .decimal(let cells, let scale) = column.values, column.missing == nil {
      return Self.gathered(cells, scale, found)
    }
    return .each { line in
      let place = Int(found[line])
      if place < 0 || column.isMissing(place) { return .empty }
      return switch column.values {
      case .decimal(let cells, let scale):
        .number(ExactDecimal(coefficient: Int128(cells[place]), scale: scale))
      case .integer(let cells): .number(ExactDecimal(cells[place]))
      case .text(let codes, let dictionary): .text(dictionary[Int(codes[place])])
      case .date(let days): .text(CalendarDate(day: days[place]).description)
      case .boolean(let flags): .text(String(flags[place]))
      }
    }
  }

  /// A component's figures brought to the lines that they belong to.
  private static func gathered(_ cells: [Int64], _ places: Int, _ found: [Int32]) -> ReportColumn {
    let missing = found.contains(-1) ? found.map { $0 < 0 } : nil
    if missing == nil, cells.count == found.count { return .numbers(cells, places: places) }
    return .numbers(found.map { $0 < 0 ? 0 : cells[Int($0)] }, places: places, missing: missing)
  }

  /// What all components paid on each line; empty when one that pays on the rule failed.
  private func total(_ rule: String, _ count: Int, _ places: [String: [Int32]]) -> ReportColumn {
    var parts: [(cells: [Int64], places: Int)] = []
    for component in result.components where component.component.credits.contains(rule) {
      guard let figures = component.figures else { return .empty }
      guard let found = places[component.component.name.text] else { continue }
      parts.append((found.map { $0 < 0 ? 0 : figures.earned[Int($0)] }, figures.places))
    }
    return .sum(parts, count: count)
  }
}
