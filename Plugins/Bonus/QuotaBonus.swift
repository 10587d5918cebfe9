import ModuleKit
import ModuleProtocol
import Money

/// A bonus for reaching the quota of a measure's window, in steps.
///
/// A payee without a quota attains nothing; a quota of zero is passed (the plan says which of the two holds).
/// Worked number: steps of 2,000 at 80 % and 5,000 at 100 %; 95,000 of 100,000 pays 2,000, 100,000 pays 5,000.
struct QuotaBonus: RewardComponent {
  let terms: Terms
  let places: Int

  var needs: ColumnNeeds {
    ColumnNeeds(
      lines: [],
      periods: ["value", "quota", "window", "periods_left"].map { .init($0, .number, at: "/steps") })
  }

  var gives: ColumnGifts { ColumnGifts(places: places, isSummable: true) }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned", values: .decimal([Int64](repeating: 0, count: batch.lines.count), places: places)))
    var periods = Frame(count: batch.periods.count)
    let amounts = try payments(batch).map(\.amount)
    periods.append(FrameColumn(name: "adjustment", values: .decimal(amounts, places: places)))
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    let attainment = try Attainment(batch.periods)
    let periods = try payments(batch).enumerated().map { row, payment -> [Step] in
      guard payment.amount != 0 else { return [] }
      let amount = ExactDecimal(coefficient: Int128(payment.amount), scale: places)
      return [
        Step(words(payment, attainment.text(row)), amount, at: payment.reached?.pointer ?? "/fallen")
      ]
    }
    return Explanation(lines: [[Step]](repeating: [], count: batch.lines.count), periods: periods)
  }

  /// What a period pays, for which step, and what was paid before in the window.
  private struct Payment {
    var amount: Int64 = 0
    var reached: Terms.Step?
    var before: Int64 = 0
  }

  private func payments(_ batch: Batch) throws(CalculationFault) -> [Payment] {
    let payee = try batch.periods.numbers("payee").values
    let window = try batch.periods.numbers("window").values
    let left = try batch.periods.numbers("periods_left").values
    let attainment = try Attainment(batch.periods)
    var payments = [Payment](repeating: Payment(), count: batch.periods.count)
    var paid: Int64 = 0
    for row in payments.indices {
      if row == 0 || payee[row] != payee[row - 1] || window[row] != window[row - 1] { paid = 0 }
      if terms.paid == .windowEnd, left[row] > 0 { continue }
      var reached: Terms.Step?
      for step in terms.steps where try attainment.isAtLeast(step.atLeast, row) { reached = step }
      let due = reached?.amount ?? 0
      let (amount, overflow) = due.subtractingReportingOverflow(paid)
      if overflow { throw CalculationFault("a bonus is too large") }
      if amount == 0 || (amount < 0 && terms.fallen == .keep) { continue }
      payments[row] = Payment(amount: amount, reached: reached, before: paid)
      paid = due
    }
    return payments
  }

  private func words(_ payment: Payment, _ attainment: String) -> String {
    func money(_ cents: Int64) -> String {
      StepText.amount(ExactDecimal(coefficient: Int128(cents), scale: places))
    }
    var words = "\(attainment) reached no step"
    if let reached = payment.reached {
      words = "\(attainment) reached \(StepText.percent(reached.atLeast)): \(money(reached.amount))"
    }
    if payment.before != 0 { words += ", less \(money(payment.before)) paid before" }
    return words
  }
}
