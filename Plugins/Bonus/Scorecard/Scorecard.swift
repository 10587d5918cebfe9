import ModuleKit
import ModuleProtocol
import Money

/// A bonus by weighted objectives (MBO, KPI), each a measure's attainment or a manager's score.
///
/// Worked number: a target of 10,000 with 60 % on revenue and 40 % on training. Revenue at 110 %, on a line from 100 % at
/// 100 % to 150 % at 120 %, pays 125 %: 7,500.00; training scored at 90 % pays 3,600.00; together 11,100.00.
struct Scorecard: RewardComponent {
  let terms: ScorecardTerms
  let places: Int

  var needs: ColumnNeeds {
    var periods: [ColumnNeeds.Need] = [.init("period.from", .date), .init("period.to", .date)]
    func add(_ need: ColumnNeeds.Need) {
      if !periods.contains(where: { $0.name == need.name }) { periods.append(need) }
    }
    if case .column(let name) = terms.target { add(.init(name, .number, at: "/scorecard/target")) }
    for objective in terms.objectives {
      if case .attainment(let measure) = objective.figure {
        add(.init(measure + ".value", .number, at: objective.pointer + "/attainment"))
        add(.init(measure + ".quota", .number, at: objective.pointer + "/attainment"))
      }
    }
    if let gate = terms.gate {
      add(.init(gate.measure + ".value", .number, at: "/scorecard/gate/attainment"))
      add(.init(gate.measure + ".quota", .number, at: "/scorecard/gate/attainment"))
    }
    terms.proration?.needs.forEach(add)
    let table = terms.scores.map { scores in
      ColumnNeeds.TableNeed(
        scores.table, person: scores.person,
        columns: [
          .init(scores.objective, .key, at: "/scorecard/scores/objective"),
          .init(scores.score, .number, at: "/scorecard/scores/score"),
          .init(scores.date, .date, at: "/scorecard/scores/date"),
        ], at: "/scorecard/scores/table")
    }
    return ColumnNeeds(periods: periods, tables: table.map { [$0] } ?? [])
  }

  var gives: ColumnGifts { ColumnGifts(places: places, isSummable: true) }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let amounts = try parts(batch).map { parts in parts.reduce(0) { $0 + $1.amount } }
    return Earnings(
      lines: BonusFrames.lines(batch, places), periods: BonusFrames.periods(amounts, places))
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    Explanation(
      lines: [[Step]](repeating: [], count: batch.lines.count),
      periods: try parts(batch).map { parts in
        parts.map {
          Step($0.words, ExactDecimal(coefficient: Int128($0.amount), scale: places), at: $0.pointer)
        }
      })
  }

  private struct Part {
    let amount: Int64
    let words: String
    let pointer: String
  }

  /// For each period, what each objective pays, and what the guarantee adds.
  private func parts(_ batch: Batch) throws(CalculationFault) -> [[Part]] {
    let periods = batch.periods
    let days = try terms.proration?.days(periods)
    let scores = try terms.scores.map { scores throws(CalculationFault) in try ScoreTable(scores, batch) }
    let gate = try terms.gate.map { gate throws(CalculationFault) in
      (try Attainment(periods, of: gate.measure), gate.atLeast)
    }
    let target: NumberColumn?
    if case .column(let name) = terms.target { target = try periods.numbers(name) } else { target = nil }
    var all: [[Part]] = []
    for row in 0..<periods.count {
      var parts: [Part] = []
      let amount: ExactDecimal =
        if case .amount(let amount) = terms.target {
          amount
        } else {
          target.map { $0.isMissing(row) ? .zero : $0.decimal(row) } ?? .zero
        }
      let (active, whole) = days?[row] ?? (1, 1)
      var isOpen = active > 0
      if let (attainment, atLeast) = gate, isOpen { isOpen = try attainment.isAtLeast(atLeast, row) }
      if isOpen {
        for objective in terms.objectives {
          parts.append(try part(objective, amount, active, whole, periods, row, scores))
        }
      }
      let sum = parts.reduce(0) { $0 + $1.amount }
      let least = active > 0 ? try prorated(terms.guarantee, active, whole) : 0
      if sum < least {
        parts.append(Part(amount: least - sum, words: "up to the guarantee", pointer: "/scorecard/guarantee"))
      }
      all.append(parts)
    }
    return all
  }

  private func prorated(_ amount: Int64, _ active: Int64, _ all: Int64) throws(CalculationFault) -> Int64 {
    RoundingMode.halfEven.quotient(amount * active, all)
  }

  /// target × weight × what is paid × active days / days, rounded once, half-even.
  private func part(
    _ objective: ScorecardTerms.Objective, _ target: ExactDecimal, _ active: Int64, _ all: Int64,
    _ periods: Frame,
    _ row: Int, _ scores: ScoreTable?
  ) throws(CalculationFault) -> Part {
    let figure: (value: ExactDecimal, base: ExactDecimal)?
    switch objective.figure {
    case .attainment(let measure): figure = try Attainment(periods, of: measure).pair(row)
    case .scored: figure = try scores?.score(of: objective.name, row).map { ($0, .one) }
    }
    let payout = try Curve(objective).payout(figure)
    do {
      let over = try target.multiplied(by: objective.weight).multiplied(by: payout.over)
        .multiplied(by: ExactDecimal(active))
      let under = try payout.under.multiplied(by: ExactDecimal(all))
      let amount = try over.divided(by: under, places: places, .halfEven)
      guard let cents = Int64(exactly: amount.coefficient) else { throw ArithmeticOverflow() }
      let shown = try payout.over.divided(by: payout.under, places: 4, .halfEven)
      var words = "\(objective.name): \(StepText.amount(target)) × \(StepText.percent(objective.weight)) × "
      words += StepText.percent(shown)
      if let figure, let reached = try? figure.value.divided(by: figure.base, places: 4, .halfEven) {
        words += " for \(StepText.percent(reached))"
      }
      if active != all { words += ", \(active) of \(all) days" }
      return Part(amount: cents, words: words, pointer: objective.pointer)
    } catch {
      throw CalculationFault("the bonus for `\(objective.name)` is too large")
    }
  }
}
