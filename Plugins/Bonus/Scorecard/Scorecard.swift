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

  func outcome(_ batch: Batch, isExplained: Bool) throws(CalculationFault) -> BonusOutcome {
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
    var outcome = BonusOutcome(rows: periods.count, isExplained: isExplained)
    for row in 0..<periods.count {
      guard let rows = windows[row], scaling.days(rows).active > 0 else { continue }
      if try isOpen(gate, row) {
        let attained = terms.objectives.indices.map { place in
          figures[place].map { Attained(reached: $0[row], evidence: nil) }
            ?? scores?.attained(terms.objectives[place].name, rows) ?? Attained(reached: .nothing)
        }
        let factor = try scaling.factor(rows)
        for place in terms.objectives.indices {
          try add(place, attained, targets[row], factor, scaling.words(rows), to: row, of: &outcome)
        }
      }
      if let guarantee = guarantees?[row] {
        let least = try (try guarantee * (try scaling.activeShare(rows))).cents(places, terms.rounding)
        let sum = outcome.amounts[row]
        if sum < least {
          outcome.add(least - sum, to: row, at: "/scorecard/guarantee", "up to the guarantee")
        }
      }
    }
    return outcome
  }

  private func isOpen(_ figure: BonusFigure.Rows?, _ row: Int) throws(CalculationFault) -> Bool {
    guard let gate = terms.gate, let figure else { return true }
    return try figure[row].isAtLeast(gate.atLeast)
  }

  /// Adds target × weight × what is paid × factors × active days / days, rounded once.
  private func add(
    _ place: Int, _ attained: [Attained], _ target: ExactDecimal, _ factor: ExactFraction,
    _ scaled: @autoclosure () -> String, to row: Int, of outcome: inout BonusOutcome
  ) throws(CalculationFault) {
    let objective = terms.objectives[place]
    var share = try objective.curve.payout(attained[place].reached).pays
    var limit: ScorecardTerms.Link?
    if let link = objective.link, !(try attained[link.objective].reached.isAtLeast(link.atLeast)),
      ExactFraction(link.otherwise) < share
    {
      (share, limit) = (ExactFraction(link.otherwise), link)
    }
    let due = try ExactFraction(target) * ExactFraction(objective.weight) * share * factor
    outcome.add(
      try due.cents(places, terms.rounding), to: row, at: objective.pointer,
      words(objective, attained[place], target, share, limit) + scaled())
  }

  private func words(
    _ objective: ScorecardTerms.Objective, _ attained: Attained, _ target: ExactDecimal,
    _ share: ExactFraction, _ limit: ScorecardTerms.Link?
  ) -> String {
    let head = "\(objective.name): \(StepText.amount(target)) × \(StepText.percent(objective.weight)) × "
    let link =
      limit.map { ", \(terms.objectives[$0.objective].name) is below \(StepText.percent($0.atLeast))" } ?? ""
    return head + share.percent + attained.words(objective) + link
  }
}

/// How far an objective has come, and what that rests on.
struct Attained {
  let reached: Reached
  var evidence: String?

  fileprivate func words(_ objective: ScorecardTerms.Objective) -> String {
    guard case .exactly(let value, let base) = reached else { return "" }
    let isShare: Bool =
      switch objective.source {
      case .scored: true
      case .figure(let figure): if case .attainment = figure.kind { true } else { false }
      }
    let share = (try? value.divided(by: base, places: 4, .halfEven)).map { StepText.percent($0) } ?? ""
    return " for \(isShare ? share : StepText.amount(value.normalized))" + (evidence.map { " (\($0))" } ?? "")
  }
}
