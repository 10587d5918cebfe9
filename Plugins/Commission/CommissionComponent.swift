import ModuleKit
import ModuleProtocol
import Money

/// A commission component: its columns, and a walk over each batch.
struct CommissionComponent: RewardComponent {
  let terms: Terms

  var needs: ColumnNeeds {
    var needs = NeedList()
    switch terms.pay {
    case .rate(let rate):
      needs.row("amount", .number, at: "/rate")
      needs.rate(rate)
    case .perUnit(let rate, let units):
      needs.row(NeedList.part(of: units), .number, at: "/per_unit/units")
      needs.rate(rate)
    case .tiers(let tiers): tiers.need(&needs)
    case .amount(let rate, let occasion):
      if occasion == .deal { needs.row("amount", .number, at: "/amount") }
      if occasion == .window { needs.period("window", at: "/amount/per") }
      needs.rate(rate, perPeriod: occasion != .deal)
    }
    for multiplier in terms.multipliers { needs.rate(multiplier, perPeriod: terms.isPerPeriod) }
    if let gate = terms.gate {
      needs.period(NeedList.name("value", of: gate.measure), at: "/gate/measure")
      needs.period(NeedList.name("quota", of: gate.measure), at: "/gate/measure")
      if gate.missed == .later { needs.period(NeedList.name("window", of: gate.measure), at: "/gate/missed") }
    }
    for bound in terms.caps + terms.floors {
      needs.rate(bound.amount, perPeriod: bound.per != .line)
      if bound.per == .window { needs.period("window", at: bound.pointer + "/per") }
      if bound.per == .year { needs.period("period.year", at: bound.pointer + "/per") }
    }
    for floor in terms.floors where floor.per > .period {
      needs.period(floor.per.periodsLeft, at: floor.pointer + "/per")
    }
    if let review = terms.review {
      needs.row("amount", .number, at: "/review/above")
      if let approved = review.approved { needs.row(approved, .boolean, at: "/review/approved") }
    }
    for part in terms.payable { needs.row(part.day, .date, at: part.pointer + "/day") }
    if !terms.payable.isEmpty { needs.period("period.to", .date, at: "/payable") }
    return ColumnNeeds(lines: needs.lines, periods: needs.periods)
  }

  var gives: ColumnGifts {
    ColumnGifts(
      places: terms.round.places, lines: Portions.gifts(terms) + Review.gifts(terms),
      periods: Review.gifts(terms), isSummable: terms.isSummable)
  }

  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let input = try WalkInput(terms, batch)
    return WalkBounds.allow64Bits(terms, input)
      ? try earnings(Int64.self, input, batch) : try earnings(Int128.self, input, batch)
  }

  private func earnings<Number: WalkNumber>(
    _: Number.Type, _ input: WalkInput, _ batch: Batch
  ) throws(CalculationFault) -> Earnings {
    var walk = try Walk<Number>(terms, input, batch)
    var none = NoSteps()
    try walk.run(&none)
    var lines = Frame(count: walk.earned.count)
    lines.append(FrameColumn(name: "earned", values: .decimal(walk.earned, places: terms.round.places)))
    for (gift, cells) in zip(Portions.gifts(terms), walk.portions) {
      lines.append(FrameColumn(name: gift.name, values: .decimal(cells, places: gift.places)))
    }
    for gift in Review.gifts(terms) {
      lines.append(FrameColumn(name: gift.name, values: .decimal(walk.held, places: gift.places)))
    }
    var periods = Frame(count: walk.adjustment.count)
    periods.append(
      FrameColumn(name: "adjustment", values: .decimal(walk.adjustment, places: terms.round.places)))
    for gift in Review.gifts(terms) {
      periods.append(
        FrameColumn(
          name: gift.name, values: .decimal(walk.heldInPeriod, places: gift.places),
          missing: walk.heldInPeriod.map { $0 == 0 }))
    }
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    var walk = try Walk<Int128>(terms, try WalkInput(terms, batch), batch)
    var steps = Steps(lines: batch.lines.count, periods: batch.periods.count)
    try walk.run(&steps)
    return Explanation(lines: steps.lines, periods: steps.periods)
  }
}

extension Terms.Tiers {
  /// The columns that the walk looks at.
  fileprivate func need(_ needs: inout NeedList) {
    needs.row(base, .number, at: units == nil ? "/tiers" : "/tiers/units")
    if let standing { needs.row(standing, .number, at: "/tiers/over") }
    if let figure { needs.period(figure, at: "/tiers/by") }
    if by == .attainment { needs.period("quota", at: "/tiers/by") }
    if over == .toDate { needs.period("window", at: "/tiers/over") }
    for band in bands { needs.rate(band.rate) }
  }
}

/// The columns `held` that a component with a review gives: what its lines would have earned, and their sum.
enum Review {
  static func gifts(_ terms: Terms) -> [ColumnGifts.Gift] {
    terms.review == nil
      ? []
      : [
        ColumnGifts.Gift("held", places: terms.round.places, summary: "would be earned, but is under review")
      ]
  }
}

/// The columns `portion_1`, `portion_2` … that a component with marginal tiers gives beside what a line earned.
enum Portions {
  /// Digits after the point of a portion; finer ones are rounded half-even, for show only.
  static let places = 6

  static func gifts(_ terms: Terms) -> [ColumnGifts.Gift] {
    guard case .tiers(let tiers) = terms.pay, tiers.method != .wholeAmount else { return [] }
    return tiers.bands.indices.map { ColumnGifts.Gift("portion_\($0 + 1)", places: places) }
  }
}
