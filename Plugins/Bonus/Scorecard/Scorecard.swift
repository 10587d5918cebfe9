import ModuleKit
import ModuleProtocol
import Money

/// A bonus by weighted objectives (MBO, KPI), each a measure's attainment or a manager's score.
///
/// Worked number: a target of 10,000 with 60 % on revenue and 40 % on training. Revenue at 110 %, on a line from 100 % at
/// 100 % to 150 % at 120 %, pays 125 %: 7,500.00; training scored at 90 % pays 3,600.00; together 11,100.00. A factor of
/// the payee of 1.2 makes that 9,000.00 and 4,320.00.
struct Scorecard: PeriodBonus {
  let terms: ScorecardTerms
  let places: Int

  var needs: ColumnNeeds {
    var periods: [ColumnNeeds.Need] = [.init("period.from", .date), .init("period.to", .date)]
    periods += terms.target.needs + (terms.gate?.figure.needs ?? []) + terms.scaling.needs
    periods += terms.guarantee?.needs ?? []
    for objective in terms.objectives {
      if case .figure(let figure) = objective.source { periods += figure.needs }
    }
    if terms.isPaidAtWindowEnd { periods += Windows.needs }
    let table = terms.scores.map { scores in
      ColumnNeeds.TableNeed(
        scores.table, person: scores.person,
        columns: [
          .init(scores.objective, .key, at: "/scorecard/scores/objective"),
          .init(scores.score, .number, at: "/scorecard/scores/score"),
          .init(scores.date, .date, at: "/scorecard/scores/date"),
        ] + (scores.evidence.map { [.init($0, .key, at: "/scorecard/scores/evidence")] } ?? []),
        at: "/scorecard/scores/table")
    }
    return ColumnNeeds(periods: periods.withoutRepeats, tables: table.map { [$0] } ?? [])
  }

  var gives: ColumnGifts { ColumnGifts(places: places, isSummable: true) }

  func outcome(_ batch: Batch) throws(CalculationFault) -> BonusOutcome {
    let periods = batch.periods
    let windows =
      terms.isPaidAtWindowEnd ? try Windows(of: periods, atEnd: true) : Windows(each: periods)
    let targets = try terms.target.over(periods)
    let scaling = try terms.scaling.over(periods)
    let guarantees = try terms.guarantee?.over(periods, targets, places: places)
    let scores = try terms.scores.map { scores throws(CalculationFault) in try ScoreTable(scores, batch) }
    let figures = try terms.objectives.map {
      objective throws(CalculationFault) -> BonusFigure.Rows? in
      if case .figure(let figure) = objective.source { return try figure.over(periods) }
      return nil
    }
    let gate = try terms.gate.map { gate throws(CalculationFault) in try gate.figure.over(periods) }
    var all = [[Part]](repeating: [], count: periods.count)
    for (row, rows) in windows.paid.enumerated() {
      guard let rows, scaling.days(rows).active > 0 else { continue }
      if try isOpen(gate, row) {
        let attained = try terms.objectives.indices.map { place throws(CalculationFault) in
          if let figure = figures[place] { return Attained(reached: try figure[row], evidence: nil) }
          return scores?.attained(terms.objectives[place].name, rows) ?? Attained(reached: .nothing)
        }
        let factor = try scaling.factor(rows)
        for (place, objective) in terms.objectives.enumerated() {
          all[row].append(try part(objective, place, attained, targets[row], factor))
        }
      }
      if let guarantee = guarantees?[row] {
        let sum = all[row].reduce(0) { $0 + $1.amount }
        let least = try rounded(try guarantee * (try scaling.activeShare(rows)), terms.rounding)
        if sum < least {
          all[row].append(
            Part(amount: least - sum, words: "up to the guarantee", pointer: "/scorecard/guarantee"))
        }
      }
    }
    return BonusOutcome(parts: all)
  }

  private func isOpen(_ figure: BonusFigure.Rows?, _ row: Int) throws(CalculationFault) -> Bool {
    guard let gate = terms.gate, let figure else { return true }
    return Self.isAtLeast(gate.atLeast, try figure[row])
  }

  private static func isAtLeast(_ share: ExactDecimal, _ reached: Reached) -> Bool {
    switch reached {
    case .nothing: share <= .zero
    case .beyond: true
    case .exactly(let figure): ExactFraction(share) <= figure
    }
  }

  /// target × weight × what is paid × factors × active days / days, rounded once.
  private func part(
    _ objective: ScorecardTerms.Objective, _ place: Int, _ attained: [Attained], _ target: ExactDecimal,
    _ factor: (number: ExactFraction, words: String)
  ) throws(CalculationFault) -> Part {
    var share = try objective.curve.payout(attained[place].reached).pays
    var words = ""
    if let link = objective.link, !Self.isAtLeast(link.atLeast, attained[link.objective].reached) {
      let most = ExactFraction(link.otherwise)
      if most < share {
        share = most
        words = ", \(terms.objectives[link.objective].name) is below \(StepText.percent(link.atLeast))"
      }
    }
    let due = try ExactFraction(target) * ExactFraction(objective.weight) * share * factor.number
    let head = "\(objective.name): \(StepText.amount(target)) × \(StepText.percent(objective.weight)) × "
    return Part(
      amount: try rounded(due, terms.rounding),
      words: head + share.percent + attained[place].words(objective) + words + factor.words,
      pointer: objective.pointer)
  }
}

/// How far an objective has come, and what that rests on.
struct Attained {
  let reached: Reached
  var evidence: String?

  fileprivate func words(_ objective: ScorecardTerms.Objective) -> String {
    guard case .exactly(let figure) = reached else { return "" }
    let isShare: Bool =
      switch objective.source {
      case .scored: true
      case .figure(let figure): if case .attainment = figure.kind { true } else { false }
      }
    let number = (try? figure.rounded(to: 4, .halfEven)).map { StepText.amount($0.normalized) } ?? ""
    return " for \(isShare ? figure.percent : number)" + (evidence.map { " (\($0))" } ?? "")
  }
}
