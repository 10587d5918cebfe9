import ModuleKit
import ModuleProtocol
import Money

/// A bonus for reaching the quota, or a figure, of a measure's window: by steps, or on lines between them.
///
/// A payee without a quota attains nothing; a quota of zero is passed (the plan says which of the two holds).
/// Worked number: steps of 2,000 at 80 % and 5,000 at 100 %; 95,000 of 100,000 pays 2,000, and by `linear`, on the line
/// between the two, 4,250.
struct QuotaBonus: PeriodBonus {
  let terms: QuotaTerms
  let places: Int

  var needs: ColumnNeeds {
    ColumnNeeds(
      lines: [],
      periods: (terms.figure.needs + Windows.needs + (terms.target?.needs ?? []) + terms.scaling.needs
        + (terms.guarantee?.needs ?? [])).withoutRepeats)
  }

  var gives: ColumnGifts { ColumnGifts(places: places, isSummable: true) }

  func outcome(_ batch: Batch) throws(CalculationFault) -> BonusOutcome {
    let periods = batch.periods
    let windows = try Windows(of: periods, atEnd: terms.paid == .windowEnd)
    let figure = try terms.figure.over(periods)
    let targets =
      try terms.target?.over(periods) ?? [ExactDecimal](repeating: .one, count: periods.count)
    let scaling = try terms.scaling.over(periods)
    let guarantees = try terms.guarantee?.over(periods, targets, places: places)
    var parts = [[Part]](repeating: [], count: periods.count)
    var paid: Int64 = 0
    for (row, rows) in windows.paid.enumerated() {
      guard let rows else { continue }
      if rows.count == 1 || terms.paid == .windowEnd { paid = 0 }
      let reached = try figure[row]
      let (share, point) = try terms.curve.payout(reached)
      let (factor, scaled) = try scaling.factor(rows)
      let due = try rounded(try ExactFraction(targets[row]) * share * factor, terms.rounding)
      let amount = due - paid
      if amount != 0, amount > 0 || terms.fallen == .takeBack {
        let words = words(reached, share, point, targets[row], scaled, due, paid)
        parts[row].append(Part(amount: amount, words: words, pointer: point?.pointer ?? "/fallen"))
        paid = due
      }
      if let guarantee = guarantees?[row] {
        let least = try rounded(try guarantee * (try scaling.activeShare(rows)), terms.rounding)
        if due < least {
          parts[row].append(
            Part(amount: least - due, words: "up to the guarantee of \(text(least))", pointer: "/guarantee"))
        }
      }
    }
    return BonusOutcome(parts: parts)
  }

  private func words(
    _ reached: Reached, _ share: ExactFraction, _ point: Curve.Point?, _ target: ExactDecimal,
    _ scaled: String, _ due: Int64, _ before: Int64
  ) -> String {
    var words = terms.figure.words(reached)
    if let point {
      let at =
        if case .attainment = terms.figure.kind { StepText.percent(point.at) } else {
          StepText.amount(point.at)
        }
      words += " reached \(at): "
      if terms.target == nil {
        let pays = (try? share.rounded(to: places, .halfEven)) ?? point.pays
        words += StepText.amount(pays) + scaled
      } else {
        words += "\(share.percent) of \(StepText.amount(target))\(scaled)"
      }
      if terms.target != nil || !scaled.isEmpty { words += " = \(text(due))" }
    } else {
      words += " reached no step"
    }
    return before == 0 ? words : words + ", less \(text(before)) paid before"
  }
}

extension [ColumnNeeds.Need] {
  /// The needs without those of a column that was named before.
  var withoutRepeats: [ColumnNeeds.Need] {
    var names: Set<String> = []
    return filter { names.insert($0.name).inserted }
  }
}
