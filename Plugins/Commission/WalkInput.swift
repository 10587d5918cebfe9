import ModuleKit
import ModuleProtocol
import Money

/// The columns of a batch as a walk reads them, and the scales that its sums have.
struct WalkInput {
  let periodRow: [Int64]
  /// What a rate is applied to: amounts, or units.
  let base: NumberColumn
  let rate: RateColumn?
  let bands: Bands?
  let multipliers: [RateColumn]
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
  let caps: [Terms.Bound.Span: RateColumn]
  let floors: [Terms.Bound.Span: RateColumn]
  let periodCount: Int
  /// The amounts that are held for review where they are large.
  let reviewed: NumberColumn?
  private let approved: [Bool]?
  private let payee: [Int64]
  private let windows: [Int64]?
  private let years: [Int64]?
  /// For a span with a floor, how many of its periods come after each.
  private let periodsLeft: [Terms.Bound.Span: [Int64]]

  init(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    let (lines, periods) = (batch.lines, batch.periods)
    let rows = try RateRows.lines(batch)
    periodRow = rows.periodRow
    payee = try periods.numbers("payee").values
    var tiers: Terms.Tiers?
    switch terms.pay {
    case .rate(let share):
      base = try lines.numbers("amount")
      rate = try RateColumn(share, rows)
    case .perUnit(let share, let units):
      base = try lines.numbers(NeedList.part(of: units))
      rate = try RateColumn(share, rows)
    case .amount(let share, .deal):
      base = NumberColumn.signs(of: try lines.numbers("amount"))
      rate = try RateColumn(share, rows)
    case .amount:
      base = NumberColumn.zeros(lines.count)
      rate = nil
    case .tiers(let those):
      base = try lines.numbers(those.base)
      rate = nil
      tiers = those
    }
    quota = tiers?.by == .attainment ? try periods.numbers("quota") : nil
    figure = try (tiers?.figure).map { name throws(CalculationFault) in try periods.numbers(name) }
    standing = try (tiers?.standing).map { name throws(CalculationFault) in try lines.numbers(name) }
    var factors: [RateColumn] = []
    if !terms.isPerPeriod { for factor in terms.multipliers { factors.append(try RateColumn(factor, rows)) } }
    multipliers = factors
    multiplierScale = factors.reduce(0) { $0 + $1.scale }
    walkScale = max(
      base.places, (tiers?.edgeScale ?? 0) + (quota?.places ?? 0), figure?.places ?? 0,
      standing?.places ?? 0)
    let (scale, quotaScale) = (walkScale, quota?.places ?? 0)
    bands = try tiers.map { tiers throws(CalculationFault) in
      try Bands(tiers, rows, scale: scale, quotaScale: quotaScale)
    }
    earnedScale =
      (tiers == nil ? base.places : walkScale) + (rate?.scale ?? bands?.rateScale ?? 0) + multiplierScale
    if max(earnedScale, walkScale) > PowersOfTen.largestExponent { throw Exact.tooLarge }
    periodCount = periods.count
    let periodRows = RateRows.periods(batch)
    func columns(_ bounds: [Terms.Bound]) throws(CalculationFault) -> [Terms.Bound.Span: RateColumn] {
      var columns: [Terms.Bound.Span: RateColumn] = [:]
      for bound in bounds {
        columns[bound.per] = try RateColumn(bound.amount, bound.per == .line ? rows : periodRows)
      }
      return columns
    }
    caps = try columns(terms.caps)
    floors = try columns(terms.floors)
    reviewed = try terms.review.map { _ throws(CalculationFault) in try lines.numbers("amount") }
    approved = try terms.review?.approved.map { name throws(CalculationFault) in try lines.flags(name) }
    let isYearly = (terms.caps + terms.floors).contains { $0.per == .year }
    years = isYearly ? try periods.numbers("period.year").values : nil
    var periodsLeft: [Terms.Bound.Span: [Int64]] = [:]
    for floor in terms.floors where floor.per > .period {
      periodsLeft[floor.per] = try periods.numbers(floor.per.periodsLeft).values
    }
    self.periodsLeft = periodsLeft
    let prefix = terms.gate?.measure.map { $0 + "." } ?? ""
    windows = try ["window", prefix + "window"].first { periods[$0] != nil }
      .map { name throws(CalculationFault) in try periods.numbers(name).values }
  }

  /// Whether a payee's window begins with this period row, which must not be the first.
  func startsWindow(_ row: Int) -> Bool {
    payee[row] != payee[row - 1] || (windows.map { $0[row] != $0[row - 1] } ?? true)
  }

  /// Whether a payee's year begins with this period row, which must not be the first.
  func startsYear(_ row: Int) -> Bool {
    guard let years else { return false }
    return payee[row] != payee[row - 1] || years[row] != years[row - 1]
  }

  /// Whether a period row is the last of a span.
  func isEnd(of span: Terms.Bound.Span, _ row: Int) -> Bool { periodsLeft[span]?[row] == 0 }

  /// Whether a line waits for review: a large one, also where it is below zero, that nobody has approved.
  func isHeld(_ line: Int, _ review: Terms.Review) -> Bool {
    guard let reviewed, !(approved?[line] ?? false) else { return false }
    let amount = reviewed.decimal(line)
    return max(amount, amount.negated) > review.above
  }
}

extension Terms.Bound.Span {
  /// The column of periods that tells how many of the span come after each.
  var periodsLeft: String { self == .year ? "period.year_left" : "periods_left" }
}

extension Frame {
  /// A column of truth values; an empty cell is false.
  fileprivate func flags(_ name: String) throws(CalculationFault) -> [Bool] {
    guard let column = self[name], case .boolean(let flags) = column.values else {
      throw CalculationFault("column `\(name)` does not hold truth values")
    }
    return flags.indices.map { flags[$0] && !column.isMissing($0) }
  }
}
