package import Engine
import ModuleProtocol
import Money
import PlanCalendar
import PlanModel
import Tables

/// A row a credited person and transaction: what was credited, and what each component paid on it.
package struct LineReport {
  let result: RunResult
  private let columns: [Outputs.Column]
  private let words: LineWords

  /// The report of a result, or of a part of it that has `words` in common with others.
  package init(_ result: RunResult, words: LineWords? = nil) {
    self.result = result
    columns = result.data.plan.outputs.lines ?? Self.usualColumns(result.data.plan)
    self.words = words ?? LineWords(result.data)
  }

  /// The rows of all payees, or of one, over all periods, or one.
  package func report(payee: Int? = nil, period: Int? = nil) -> Report {
    var sections: [Report.Section] = []
    for rule in result.data.plan.credits {
      let name = rule.name.text
      if let wanted = result.data.plan.outputs.lineCredits, !wanted.contains(name) { continue }
      guard let lines = result.data.credited[name] else { continue }
      let rows = rows(lines, payee: payee, period: period)
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

  /// The lines reported; those of periods that have not begun are left out.
  private func rows(_ lines: CreditedLines, payee: Int?, period: Int?) -> Report.Rows {
    let periods = result.periods
    if payee == nil, period == nil, periods == result.data.plan.calendar.periods.indices {
      return Report.Rows(count: lines.count)
    }
    return Report.Rows(
      (0..<Int32(lines.count)).filter { line in
        let place = Int(lines.period[Int(line)])
        if let payee, lines.payee[Int(line)] != payee { return false }
        return period.map { $0 == place } ?? periods.contains(place)
      })
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

  /// Where a component's lines stand among those of a rule.
  enum Places {
    /// Each line of the rule is the component's line of the same number.
    case same
    /// For each line of the rule, the place of the component's line, or -1.
    case found([Int32])
  }

  /// For each component that pays on a rule, the places of its lines.
  func componentLines(_ rule: String, _ lines: CreditedLines) -> [String: Places] {
    var places: [String: Places] = [:]
    for component in result.components {
      guard let figures = component.figures,
        let index = component.component.credits.firstIndex(of: rule)
      else { continue }
      let name = component.component.name.text
      if figures.from.isWhole {
        places[name] = .same
        continue
      }
      var found = [Int32](repeating: -1, count: lines.count)
      for line in 0..<figures.lines.count where figures.from.rule(line) == index {
        found[figures.from.line(line)] = Int32(line)
      }
      places[name] = .found(found)
    }
    return places
  }

  func cells(
    _ column: Outputs.Column, _ lines: CreditedLines, _ places: [String: Places]
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
    case "payee": return ReportColumn(.words(lines.payee, words.ids))
    case "name": return ReportColumn(.words(lines.payee, words.names))
    case "period": return ReportColumn(.words(lines.period, words.periods))
    case "date": return ReportColumn(.dates(lines.day))
    case "credit": return ReportColumn(.same(lines.rule))
    case "from":
      return ReportColumn(lines.passedOnFrom.map { .words($0, words.ids) } ?? .empty)
    case "credited": return ReportColumn(.numbers(lines.amount, places: lines.places))
    case "source":
      guard let table else { return ReportColumn(.empty) }
      return ReportColumn(.each { .text("\(table.file(of: $0)):\(table.lines[$0])") }, at: lines.row)
    default: return total(lines.rule, lines.count, places)
    }
  }

  /// A column that a component gives its lines.
  private func given(_ component: String, _ field: String, _ places: [String: Places]) -> ReportColumn {
    guard let figures = result.component(component)?.figures, let found = places[component] else {
      return ReportColumn(.empty)
    }
    let cells: ReportColumn.Cells
    if field == "earned" {
      cells = .numbers(figures.earned, places: figures.places)
    } else if let given = figures.given.first(where: { $0.name == field }) {
      cells = .numbers(given.cells, places: given.places)
    } else {
      return ReportColumn(.empty)
    }
    if case .found(let lines) = found { return ReportColumn(cells, at: lines) }
    return ReportColumn(cells)
  }

  /// What all components that pay money paid on each line; empty when one that pays on the rule failed.
  private func total(_ rule: String, _ count: Int, _ places: [String: Places]) -> ReportColumn {
    var parts: [(cells: [Int64], places: Int)] = []
    for component in result.components
    where component.unit == nil && component.component.credits.contains(rule) {
      guard let figures = component.figures else { return ReportColumn(.empty) }
      switch places[component.component.name.text] {
      case .same?: parts.append((figures.earned, figures.places))
      case .found(let lines)?:
        parts.append((lines.map { $0 < 0 ? 0 : figures.earned[Int($0)] }, figures.places))
      case nil: continue
      }
    }
    return .sum(parts, count: count)
  }
}
