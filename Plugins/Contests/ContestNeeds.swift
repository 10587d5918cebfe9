import ModuleProtocol

/// What a contest reads, by its terms.
struct ContestNeeds {
  private var lines: [ColumnNeeds.Need] = []
  private var periods: [ColumnNeeds.Need] = [
    .init("period.from", .date), .init("period.to", .date), .init("period.label", .text),
  ]
  private var tables: [ColumnNeeds.TableNeed] = []

  init(_ terms: Terms) {
    add(terms.score)
    for bar in terms.eligible { add(bar.figure) }
    for tieBreak in terms.tieBreaks {
      switch tieBreak {
      case .figure(let figure, _): add(figure)
      case .earliest: addLine("date", .date, "/tie_break")
      }
    }
    if let team = terms.team { addPeriod(team.by, .key, "/team/by") }
    if let league = terms.league { addPeriod(league.start, .key, "/league/start") }
    if case .duels(let duels, _) = terms.winners {
      var columns = [ColumnNeeds.Need(duels.duel, .key, at: duels.pointer + "/duel")]
      if let date = duels.date { columns.append(.init(date, .date, at: duels.pointer + "/date")) }
      tables.append(.init(duels.table, person: duels.person, columns: columns, at: duels.pointer + "/table"))
    }
  }

  var needs: ColumnNeeds { ColumnNeeds(lines: lines, periods: periods, tables: tables) }

  private mutating func add(_ figure: Figure) {
    switch figure.kind {
    case .plain(let source): add(source, figure.pointer)
    case .attainment(let measure):
      addPeriod(measure + ".value", .number, figure.pointer)
      addPeriod(measure + ".quota", .number, figure.pointer)
    case .growth(let source, let base, _):
      add(source, figure.pointer + "/of")
      if case .column(let name) = base { addPeriod(name, .number, figure.pointer + "/base/column") }
    }
  }

  private mutating func add(_ source: Figure.Source, _ pointer: String) {
    switch source {
    case .sum(let column):
      addLine("date", .date, pointer)
      addLine(column, .number, pointer + "/sum")
    case .count: addLine("date", .date, pointer)
    case .measure(let name): addPeriod(name + ".in_period", .number, pointer + "/measure")
    }
  }

  private mutating func addLine(_ name: String, _ kind: ColumnNeeds.Need.Kind, _ pointer: String) {
    if !lines.contains(where: { $0.name == name }) { lines.append(.init(name, kind, at: pointer)) }
  }

  private mutating func addPeriod(_ name: String, _ kind: ColumnNeeds.Need.Kind, _ pointer: String) {
    if !periods.contains(where: { $0.name == name }) { periods.append(.init(name, kind, at: pointer)) }
  }
}
