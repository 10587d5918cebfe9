import ModuleKit
import ModuleProtocol
import Money

/// A component that pays prizes in the period that holds the last day of each round.
struct Contest: RewardComponent {
  let terms: Terms
  /// Digits after the point of money.
  let places: Int

  private var paidPlaces: Int { terms.pays == .cash ? places : 0 }
  private var scorePlaces: Int {
    terms.team?.score == .average
      ? max(4, terms.score.places(money: places)) : terms.score.places(money: places)
  }

  var needs: ColumnNeeds { ContestNeeds(terms).needs }

  var gives: ColumnGifts {
    let whom = terms.team == nil ? "payee" : "team"
    var periods = [
      ColumnGifts.Gift("rank", places: 0, unit: "", summary: "place of the \(whom) in the round"),
      ColumnGifts.Gift("score", places: scorePlaces, unit: "", summary: "of the \(whom) in the round so far"),
    ]
    if terms.league != nil {
      periods.append(ColumnGifts.Gift("division", places: 0, unit: "", summary: "1 is the highest"))
    }
    if case .raffle = terms.winners {
      periods.append(
        ColumnGifts.Gift("tickets", places: 0, unit: "", summary: "in the raffle of the round so far"))
    }
    for item in terms.items { periods.append(ColumnGifts.Gift("won_" + item, places: 0, unit: "items")) }
    return ColumnGifts(
      places: paidPlaces, unit: terms.pays == .cash ? nil : terms.pays.rawValue, scope: .component,
      periods: periods)
  }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let outcome = try ContestRun(terms: terms, field: try Field(batch), scorePlaces: scorePlaces).finished()
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned",
        values: .decimal([Int64](repeating: 0, count: batch.lines.count), places: paidPlaces)))
    var periods = Frame(count: batch.periods.count)
    periods.append(FrameColumn(name: "adjustment", values: .decimal(outcome.amounts, places: paidPlaces)))
    periods.append(column("rank", outcome.ranks, 0))
    periods.append(column("score", outcome.scores, scorePlaces))
    if terms.league != nil { periods.append(column("division", outcome.divisions, 0)) }
    if case .raffle = terms.winners { periods.append(column("tickets", outcome.tickets, 0)) }
    for (item, name) in terms.items.enumerated() {
      periods.append(FrameColumn(name: "won_" + name, values: .decimal(outcome.items[item], places: 0)))
    }
    return Earnings(lines: lines, periods: periods)
  }

  private func column(_ name: String, _ cells: [Int64?], _ places: Int) -> FrameColumn {
    let missing = cells.map { $0 == nil }
    return FrameColumn(
      name: name, values: .decimal(cells.map { $0 ?? 0 }, places: places),
      missing: missing.contains(true) ? missing : nil)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    let outcome = try ContestRun(terms: terms, field: try Field(batch), scorePlaces: scorePlaces).finished()
    let steps = outcome.reasons.map { reasons in
      reasons.map {
        Step($0.words, ExactDecimal(coefficient: Int128($0.amount), scale: paidPlaces), at: $0.pointer)
      }
    }
    return Explanation(lines: [[Step]](repeating: [], count: batch.lines.count), periods: steps)
  }
}
