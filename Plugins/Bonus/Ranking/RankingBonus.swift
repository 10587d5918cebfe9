import ModuleKit
import ModuleProtocol
import Money

/// A bonus by relative ranking: the best share of a field gets the first band, the next one the second, and so on.
///
/// Who has no figure takes no part. Worked number: 7 people with bands up to 20 %, up to 70 % and the rest, rounded to the
/// nearest: 1.4 is 1, 4.9 is 5; the first gets 150 %, the second to fifth 100 %, the last two nothing. Two equal ones on
/// the fifth and the sixth place both get 100 % by `better`, nothing by `worse`.
struct RankingBonus: PeriodBonus {
  let terms: RankingTerms
  let places: Int

  var needs: ColumnNeeds {
    var periods = [ColumnNeeds.Need("period.from", .date), ColumnNeeds.Need("period.to", .date)]
    periods += terms.figure.needs + (terms.target?.needs ?? []) + terms.scaling.needs
    if let within = terms.within { periods.append(.init(within, .key, at: "/ranking/within")) }
    if terms.isPaidAtWindowEnd { periods += Windows.needs }
    return ColumnNeeds(periods: periods.withoutRepeats)
  }

  var gives: ColumnGifts {
    ColumnGifts(
      places: places, scope: .component,
      periods: [
        .init("rank", places: 0, unit: "", summary: "place in the field, 1 for the best"),
        .init("band", places: 0, unit: "", summary: "1 for the first band"),
      ])
  }

  func outcome(_ batch: Batch) throws(CalculationFault) -> BonusOutcome {
    let periods = batch.periods
    let windows =
      terms.isPaidAtWindowEnd ? try Windows(of: periods, atEnd: true) : Windows(each: periods)
    let targets =
      try terms.target?.over(periods) ?? [ExactDecimal](repeating: .one, count: periods.count)
    let scaling = try terms.scaling.over(periods)
    var outcome = BonusOutcome(parts: [[Part]](repeating: [], count: periods.count))
    var (ranks, bands) = (
      [Int64?](repeating: nil, count: periods.count), [Int64?](repeating: nil, count: periods.count)
    )
    for field in try fields(periods, windows) {
      for (row, standing) in field {
        guard let rows = windows.paid[row] else { continue }
        let band = terms.bands[standing.band]
        (ranks[row], bands[row]) = (Int64(standing.rank), Int64(standing.band + 1))
        let factor = try scaling.factor(rows)
        let due = try ExactFraction(targets[row]) * ExactFraction(band.pays) * factor.number
        let pays =
          terms.target == nil
          ? StepText.amount(band.pays) : "\(StepText.percent(band.pays)) of \(StepText.amount(targets[row]))"
        outcome.parts[row].append(
          Part(
            amount: try rounded(due, terms.rounding),
            words: "place \(standing.rank) of \(field.count): \(pays)\(factor.words)", pointer: band.pointer))
      }
    }
    outcome.columns = [column("rank", ranks), column("band", bands)]
    return outcome
  }

  private func column(_ name: String, _ cells: [Int64?]) -> FrameColumn {
    let missing = cells.map { $0 == nil }
    return FrameColumn(
      name: name, values: .decimal(cells.map { $0 ?? 0 }, places: 0),
      missing: missing.contains(true) ? missing : nil)
  }

  private struct Standing {
    let rank: Int
    let band: Int
  }

  /// Those who are compared with each other, each row with its standing.
  private func fields(
    _ periods: Frame, _ windows: Windows
  ) throws(CalculationFault) -> [[(row: Int, standing: Standing)]] {
    struct Field: Hashable {
      let period: Int64
      let within: String
    }
    let figures = try terms.figure.over(periods)
    let numbers = try periods.numbers("period").values
    let within = try terms.within.map { name throws(CalculationFault) in try periods.keys(name) }
    var fields: [Field: [(row: Int, figure: ExactFraction)]] = [:]
    for row in numbers.indices where windows.paid[row] != nil {
      guard case .exactly(let figure) = try figures[row] else { continue }
      fields[Field(period: numbers[row], within: within?.name(row) ?? ""), default: []].append((row, figure))
    }
    return try fields.values.map { members throws(CalculationFault) in try standings(members) }
  }

  private func standings(
    _ members: [(row: Int, figure: ExactFraction)]
  ) throws(CalculationFault) -> [(row: Int, standing: Standing)] {
    let order = members.sorted { $1.figure < $0.figure || ($0.figure == $1.figure && $0.row < $1.row) }
    let edges = try terms.bands.map { band throws(CalculationFault) in
      guard let top = band.top else { return Int128(order.count) }
      guard let share = try? top.multiplied(by: ExactDecimal(order.count)),
        let edge = try? share.rescaled(to: 0, rounding: terms.edge)
      else { throw .tooLarge }
      return edge
    }
    var standings: [(row: Int, standing: Standing)] = []
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, order[last + 1].figure == order[first].figure { last += 1 }
      let place = (terms.ties == .better ? first : last) + 1
      let band = edges.firstIndex { Int128(place) <= $0 } ?? terms.bands.count - 1
      for member in first...last {
        standings.append((order[member].row, Standing(rank: first + 1, band: band)))
      }
      first = last + 1
    }
    return standings
  }
}
