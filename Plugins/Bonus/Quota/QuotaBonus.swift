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

  func outcome(_ batch: Batch, isExplained: Bool) throws(CalculationFault) -> BonusOutcome {
    let periods = batch.periods
    let windows = try Windows(of: periods, atEnd: terms.paid == .windowEnd)
    let figure = try terms.figure.over(periods)
    let pricing = try Pricing(terms, periods, places)
    var outcome = BonusOutcome(rows: periods.count, isExplained: isExplained)
    var paid: Int64 = 0
    for row in 0..<periods.count {
      guard let rows = windows[row] else { continue }
      if rows.count == 1 || terms.paid == .windowEnd { paid = 0 }
      let reached = figure[row]
      let place = try terms.curve.place(reached)
      let due = try place.map { place throws(CalculationFault) in try pricing.due(reached, place, rows) } ?? 0
      let (amount, before) = (due - paid, paid)
      if amount > 0 || (amount < 0 && terms.fallen == .takeBack) {
        let point = place.map { terms.curve.points[$0] }
        outcome.add(
          amount, to: row, at: point?.pointer ?? "/fallen",
          pricing.words(terms.figure.words(reached), reached, point, rows, due: due, before: before))
        paid = due
      }
      if let least = try pricing.guarantee(rows), due < least {
        outcome.add(
          least - due, to: row, at: "/guarantee", "up to the guarantee of \(StepText.amount(least, places))")
      }
    }
    return outcome
  }
}

extension [ColumnNeeds.Need] {
  /// The needs without those of a column that was named before.
  var withoutRepeats: [ColumnNeeds.Need] {
    var names: Set<String> = []
    return filter { names.insert($0.name).inserted }
  }
}
