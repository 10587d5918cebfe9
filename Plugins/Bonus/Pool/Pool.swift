import ModuleKit
import ModuleProtocol
import Money

/// A pool that is shared out among all who take part in a period, to the last cent.
///
/// Worked number: 1,000.00 by base pay of 3,000, 2,000 and 1,000 is 500.00, 333.33 and 166.67.
struct Pool: RewardComponent {
  let terms: PoolTerms
  let places: Int

  var needs: ColumnNeeds {
    var periods: [ColumnNeeds.Need] = [.init("period.from", .date), .init("period.to", .date)]
    func add(_ name: String, _ pointer: String) {
      if !periods.contains(where: { $0.name == name }) { periods.append(.init(name, .number, at: pointer)) }
    }
    if case .share(_, let measure) = terms.size { add(measure + ".in_period", "/pool/size/of") }
    switch terms.by {
    case .equal: break
    case .column(let name): add(name, "/pool/by/column")
    case .measure(let name): add(name + ".in_period", "/pool/by/measure")
    }
    if let name = terms.multiplier { add(name, "/pool/multiplier") }
    periods += terms.proration?.needs ?? []
    return ColumnNeeds(periods: periods)
  }

  var gives: ColumnGifts {
    ColumnGifts(
      places: places, scope: .component,
      periods: [.init("pool", places: places, summary: "shared out among all in the period")])
  }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let shares = try shares(batch)
    var periods = BonusFrames.periods(shares.map(\.amount), places)
    periods.append(FrameColumn(name: "pool", values: .decimal(shares.map(\.pool), places: places)))
    return Earnings(lines: BonusFrames.lines(batch, places), periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    Explanation(
      lines: [[Step]](repeating: [], count: batch.lines.count),
      periods: try shares(batch).map { share in
        if share.amount == 0 { return [] }
        let pool = StepText.amount(ExactDecimal(coefficient: Int128(share.pool), scale: places))
        let parts = "\(StepText.amount(share.weight)) of \(StepText.amount(share.sum))"
        return [
          Step(
            "\(pool) × \(parts)", ExactDecimal(coefficient: Int128(share.amount), scale: places),
            at: "/pool/by")
        ]
      })
  }

  private struct Share {
    let amount: Int64
    let pool: Int64
    let weight: ExactDecimal
    let sum: ExactDecimal
  }

  private func shares(_ batch: Batch) throws(CalculationFault) -> [Share] {
    let numbers = try batch.periods.numbers("period").values
    let weights = try weights(batch.periods)
    var shares = [Share?](repeating: nil, count: batch.periods.count)
    for period in Set(numbers) {
      let rows = numbers.indices.filter { numbers[$0] == period }
      let pool = try size(batch.periods, rows)
      let own = rows.map { weights[$0] }
      let parts = try Self.split(pool, own)
      var sum = ExactDecimal.zero
      for weight in own {
        guard let next = try? sum.adding(weight) else { throw CalculationFault("the weights are too large") }
        sum = next
      }
      for (place, row) in rows.enumerated() {
        shares[row] = Share(amount: parts[place], pool: pool, weight: own[place], sum: sum)
      }
    }
    return shares.compactMap { $0 }
  }

  private func size(_ periods: Frame, _ rows: [Int]) throws(CalculationFault) -> Int64 {
    guard case .share(let share, let measure) = terms.size else {
      if case .amount(let amount) = terms.size { return amount }
      return 0
    }
    let column = try periods.numbers(measure + ".in_period")
    do {
      var sum = ExactDecimal.zero
      for row in rows { sum = try sum.adding(column.decimal(row)) }
      let digits = try sum.multiplied(by: share).rescaled(to: places, rounding: .halfEven)
      guard let size = Int64(exactly: max(0, digits)), size <= 1_000_000_000_000_000 else {
        throw ArithmeticOverflow()
      }
      return size
    } catch {
      throw CalculationFault("the pool is too large")
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
