import ModuleKit
import ModuleProtocol
import Money

/// A pool that is shared out among all who take part in a period, or among those of each team, to the last cent.
///
/// Worked number: 1,000.00 by base pay of 3,000, 2,000 and 1,000 is 500.00, 333.33 and 166.67.
struct Pool: PeriodBonus {
  let terms: PoolTerms
  let places: Int

  var needs: ColumnNeeds {
    var periods: [ColumnNeeds.Need] = [.init("period.from", .date), .init("period.to", .date)]
    switch terms.size {
    case .amount: break
    case .share(_, let measure):
      periods.append(.init(measure + ".in_period", .number, at: "/pool/size/of"))
    case .funded(_, let figure, _): periods += figure.needs
    }
    switch terms.by {
    case .equal: break
    case .column(let name): periods.append(.init(name, .number, at: "/pool/by/column"))
    case .measure(let name): periods.append(.init(name + ".in_period", .number, at: "/pool/by/measure"))
    }
    if let team = terms.team { periods.append(.init(team, .key, at: "/pool/team")) }
    if let name = terms.multiplier { periods.append(.init(name, .number, at: "/pool/multiplier")) }
    return ColumnNeeds(periods: (periods + (terms.proration?.needs ?? [])).withoutRepeats)
  }

  var gives: ColumnGifts {
    ColumnGifts(
      places: places, scope: .component,
      periods: [.init("pool", places: places, summary: "shared out among all in the period, or in the team")])
  }

  func outcome(_ batch: Batch) throws(CalculationFault) -> BonusOutcome {
    var outcome = BonusOutcome(parts: [[Part]](repeating: [], count: batch.periods.count))
    var sizes = [Int64](repeating: 0, count: batch.periods.count)
    let weights = try weights(batch.periods)
    for (rows, words) in try fields(batch.periods) {
      let (pool, how) = try size(batch.periods, rows)
      let own = rows.map { weights[$0] }
      let parts = try Self.split(pool, own)
      var sum = ExactDecimal.zero
      for weight in own {
        guard let next = try? sum.adding(weight) else { throw .tooLarge }
        sum = next
      }
      for (place, row) in rows.enumerated() {
        sizes[row] = pool
        if parts[place] == 0 { continue }
        let share = "\(StepText.amount(own[place])) of \(StepText.amount(sum))"
        outcome.parts[row].append(
          Part(amount: parts[place], words: "\(text(pool))\(how)\(words) × \(share)", pointer: "/pool/by"))
      }
    }
    outcome.columns = [FrameColumn(name: "pool", values: .decimal(sizes, places: places))]
    return outcome
  }

  /// The rows that share a pool, with its team in words: those of a period, or of a period and team.
  private func fields(_ periods: Frame) throws(CalculationFault) -> [(rows: [Int], words: String)] {
    struct Field: Hashable {
      let period: Int64
      let team: String?
    }
    let numbers = try periods.numbers("period").values
    let teams = try terms.team.map { name throws(CalculationFault) in try periods.keys(name) }
    var fields: [Field: [Int]] = [:]
    for row in numbers.indices {
      let team = teams?.name(row)
      // Who is in no team shares no team's pool.
      if teams != nil, team == nil { continue }
      fields[Field(period: numbers[row], team: team), default: []].append(row)
    }
    return fields.map { ($1, $0.team.map { " of \($0)" } ?? "") }
  }

  /// How much there is for these rows, and where it comes from in words.
  private func size(_ periods: Frame, _ rows: [Int]) throws(CalculationFault) -> (Int64, String) {
    switch terms.size {
    case .amount(let amount): return (amount, "")
    case .funded(let amount, let figure, let curve):
      let reached = try figure.over(periods).together(rows)
      let share = try curve.payout(reached).pays
      let whole = ExactFraction(ExactDecimal(coefficient: Int128(amount), scale: places))
      return (
        try rounded(try whole * share, .halfEven),
        " (\(share.percent) of \(text(amount)) for \(figure.words(reached)))"
      )
    case .share(let share, let measure):
      let column = try periods.numbers(measure + ".in_period")
      do {
        var sum = ExactDecimal.zero
        for row in rows { sum = try sum.adding(column.decimal(row)) }
        let digits = try sum.multiplied(by: share).rescaled(to: places, rounding: .halfEven)
        guard let size = Int64(exactly: max(0, digits)), size <= largestAmount else {
          throw ArithmeticOverflow()
        }
        return (size, "")
      } catch {
        throw CalculationFault("the pool is too large")
      }
    }
  }

  /// For each row, what its share is in proportion to: never below zero.
  private func weights(_ periods: Frame) throws(CalculationFault) -> [ExactDecimal] {
    let column: NumberColumn? =
      switch terms.by {
      case .equal: nil
      case .column(let name): try periods.numbers(name)
      case .measure(let name): try periods.numbers(name + ".in_period")
      }
    let multiplier = try terms.multiplier.map { name throws(CalculationFault) in try periods.numbers(name) }
    let days = try terms.proration?.days(periods)
    var weights: [ExactDecimal] = []
    for row in 0..<periods.count {
      do {
        var weight = column.map { $0.isMissing(row) ? .zero : max(.zero, $0.decimal(row)) } ?? .one
        if let multiplier {
          weight = try weight.multiplied(
            by: multiplier.isMissing(row) ? .zero : max(.zero, multiplier.decimal(row)))
        }
        // All rows of a period have the same number of days, so that active days alone tell them apart.
        if let days { weight = try weight.multiplied(by: ExactDecimal(days[row].active)) }
        weights.append(weight)
      } catch {
        throw CalculationFault("the weights are too large")
      }
    }
    return weights
  }

  /// Parts in proportion, rounded down; what is left goes cent by cent to the largest fractions.
  ///
  /// Of equal fractions the first get it. Where nobody has a weight nothing is shared out.
  static func split(_ pool: Int64, _ weights: [ExactDecimal]) throws(CalculationFault) -> [Int64] {
    let scale = weights.map(\.scale).max() ?? 0
    do {
      let digits = try weights.map { weight throws(ArithmeticOverflow) in
        try weight.rescaled(to: scale, rounding: .down)
      }
      var sum = Int128(0)
      for digit in digits {
        let (next, overflow) = sum.addingReportingOverflow(digit)
        if overflow { throw ArithmeticOverflow() }
        sum = next
      }
      if sum == 0 { return [Int64](repeating: 0, count: weights.count) }
      let shares = try digits.map { digit throws(ArithmeticOverflow) in
        let (product, overflow) = Int128(pool).multipliedReportingOverflow(by: digit)
        if overflow { throw ArithmeticOverflow() }
        return product.quotientAndRemainder(dividingBy: sum)
      }
      var parts = shares.map { Int64(truncatingIfNeeded: $0.quotient) }
      let rest = Int(pool - parts.reduce(0, +))
      let order = shares.indices.sorted { (-shares[$0].remainder, $0) < (-shares[$1].remainder, $1) }
      for place in order.prefix(rest) { parts[place] += 1 }
      return parts
    } catch {
      throw CalculationFault("the weights are too large")
    }
  }
}
