import ModuleKit
import ModuleProtocol
import Money

/// The columns of a batch as a walk reads them, and the scales that its sums have.
struct WalkInput {
  let periodRow: [Int64]
  /// What a rate is applied to: amounts, or units.
  let base: NumberColumn
  let rate: LineFactor?
  let bands: Bands?
  let multipliers: [LineFactor]
  let quota: NumberColumn?
  /// What whole-amount tiers by attainment set against the quota.
  let figure: NumberColumn?
  /// Where each line begins on the walk over bands; nil where the one before ends.
  let standing: NumberColumn?
  /// Digits after the point of the walk over bands: enough for amounts and edges alike.
  let walkScale: Int
  /// Digits after the point of the product of a line's multipliers.
  let multiplierScale: Int
  /// Digits after the point of a line's exact earning.
  let earnedScale: Int
  private let payee: [Int64]
  private let windows: [Int64]?

  init(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    let (lines, periods) = (batch.lines, batch.periods)
    periodRow = try lines.numbers("period_row").values
    payee = try periods.numbers("payee").values
    var tiers: Terms.Tiers?
    switch terms.pay {
    case .rate(let share):
      base = try lines.numbers("amount")
      rate = try LineFactor(share, lines)
    case .perUnit(let share, let units):
      base = try lines.numbers(units)
      rate = try LineFactor(share, lines)
    case .tiers(let those):
      base = try lines.numbers("amount")
      rate = nil
      tiers = those
    }
    quota = tiers?.by == .attainment ? try periods.numbers("quota") : nil
    figure = try (tiers?.figure).map { name throws(CalculationFault) in try periods.numbers(name) }
    standing = try (tiers?.standing).map { name throws(CalculationFault) in try lines.numbers(name) }
    var factors: [LineFactor] = []
    for lookup in terms.multipliers { factors.append(try LineFactor(lookup, lines)) }
    multipliers = factors
    multiplierScale = factors.reduce(0) { $0 + $1.scale }
    walkScale = max(
      base.places, (tiers?.edgeScale ?? 0) + (quota?.places ?? 0), figure?.places ?? 0,
      standing?.places ?? 0)
    earnedScale =
      (tiers == nil ? base.places : walkScale) + (rate?.scale ?? tiers?.rateScale ?? 0) + multiplierScale
    if max(earnedScale, walkScale) > PowersOfTen.largestExponent { throw Exact.tooLarge }
    if let tiers {
      bands = try Bands(tiers, scale: walkScale, quotaScale: quota?.places ?? 0)
    } else {
      bands = nil
    }
    let prefix = terms.gate?.measure.map { $0 + "." } ?? ""
    windows = try ["window", prefix + "window"].first { periods[$0] != nil }
      .map { name throws(CalculationFault) in try periods.numbers(name).values }
  }

  /// Whether a payee's window begins with this period row, which must not be the first.
  func startsWindow(_ row: Int) -> Bool {
    payee[row] != payee[row - 1] || (windows.map { $0[row] != $0[row - 1] } ?? true)
  }
}
