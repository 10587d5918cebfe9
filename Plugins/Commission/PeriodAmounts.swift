import ModuleKit
import ModuleProtocol
import Money

/// Amounts that are paid for periods, and not for lines.
struct PeriodAmounts {
  private let amount: RateColumn
  private let multipliers: [RateColumn]

  init?(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    guard case .amount(let rate, .period) = terms.pay else { return nil }
    let rows = RateRows.periods(batch)
    amount = try RateColumn(rate, rows)
    var multipliers: [RateColumn] = []
    for multiplier in terms.multipliers { multipliers.append(try RateColumn(multiplier, rows)) }
    self.multipliers = multipliers
  }

  /// What a period pays, rounded: 2,000.00 with a factor of 1.2 are 2,400.00.
  func pay(
    _ row: Int, _ round: Terms.Round, _ recorder: inout some WalkRecorder
  ) throws(CalculationFault) -> Int128 {
    do {
      let base = amount.decimal(row)
      var exact = base
      for multiplier in multipliers { exact = try exact.multiplied(by: multiplier.decimal(row)) }
      let paid = try exact.rescaled(to: round.places, rounding: round.mode)
      let change = try ExactDecimal(coefficient: paid, scale: round.places).subtracting(exact)
      recorder.period(row) {
        exact.isZero
          ? nil
          : Step(
            "\(StepText.amount(base)) for the period\(amount.reason(row))"
              + StepText.factors(multipliers, row),
            exact.normalized, at: amount.pointer(row))
      }
      recorder.period(row) {
        change.isZero
          ? nil
          : Step("rounded \(round.mode.rawValue) to \(round.places) places", change.normalized, at: "/round")
      }
      return paid
    } catch {
      throw Exact.tooLarge
    }
  }
}

extension StepText {
  /// The factors of a row that change anything: ` × 1.2 (attainment 110%)`.
  static func factors(_ factors: [RateColumn], _ row: Int) -> String {
    factors.map { factor in
      let number = factor.decimal(row)
      return number == .one ? "" : " × \(number.normalized)\(factor.reason(row))"
    }.joined()
  }
}

extension NumberColumn {
  /// One for each line, minus one for each below zero.
  static func signs(of amounts: NumberColumn) -> NumberColumn {
    NumberColumn(values: amounts.values.map { $0 < 0 ? -1 : 1 }, places: 0)
  }

  /// Nothing for each line.
  static func zeros(_ count: Int) -> NumberColumn {
    NumberColumn(values: [Int64](repeating: 0, count: count), places: 0)
  }
}
