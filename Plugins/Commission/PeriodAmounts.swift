import ModuleKit
import ModuleProtocol
import Money

/// Amounts that are paid for periods and windows, and not for lines.
struct PeriodAmounts {
  private let isOfWindow: Bool
  private let amount: RateColumn
  private let multipliers: [RateColumn]

  init?(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    guard case .amount(let rate, let occasion) = terms.pay, occasion != .deal else { return nil }
    isOfWindow = occasion == .window
    let rows = RateRows.periods(batch)
    amount = try RateColumn(rate, rows)
    var multipliers: [RateColumn] = []
    for multiplier in terms.multipliers { multipliers.append(try RateColumn(multiplier, rows)) }
    self.multipliers = multipliers
  }

  /// What a period pays, rounded: 2,000.00 with a factor of 1.2 are 2,400.00.
  ///
  /// Of a window it pays what is due by then, less what was due before: 2,000.00 at 85 % and 5,000.00 at 100 % pay 2,000.00
  /// in the period that reaches the first, 3,000.00 in the one that reaches the second.
  func pay(
    _ row: Int, _ before: inout Int128, _ round: Terms.Round, _ recorder: inout some WalkRecorder
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
            "\(StepText.amount(base)) for the \(isOfWindow ? "window" : "period")\(amount.reason(row))"
              + StepText.factors(multipliers, row),
            exact.normalized, at: amount.pointer(row))
      }
      recorder.period(row) {
        change.isZero
          ? nil
          : Step("rounded \(round.mode.rawValue) to \(round.places) places", change.normalized, at: "/round")
      }
      guard isOfWindow else { return paid }
      let earlier = before
      before = paid
      recorder.period(row) {
        earlier == 0
          ? nil
          : Step(
            "due before", ExactDecimal(coefficient: -earlier, scale: round.places).normalized,
            at: "/amount/per")
      }
      return paid - earlier
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
