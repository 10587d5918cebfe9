import ModuleKit
import ModuleProtocol
import Money

/// A commission component: its columns, and a walk over each batch.
struct CommissionComponent: RewardComponent {
  let terms: Terms

  var needs: ColumnNeeds {
    var lines: [ColumnNeeds.Need] = []
    var periods: [ColumnNeeds.Need] = []
    func need(_ rate: Terms.Rate) {
      switch rate {
      case .flat: break
      case .column(let name, let pointer): lines.append(.init(name, .number, at: pointer + "/column"))
      case .lookup(let lookup): lines.append(lookup.need)
      }
    }
    switch terms.pay {
    case .rate(let rate):
      lines.append(.init("amount", .number, at: "/rate"))
      need(rate)
    case .perUnit(let rate, let units):
      lines.append(.init(units, .quantity, at: "/per_unit/units"))
      need(rate)
    case .tiers(let tiers):
      lines.append(.init("amount", .number, at: "/tiers"))
      if let standing = tiers.standing { lines.append(.init(standing, .number, at: "/tiers/over")) }
      if let figure = tiers.figure { periods.append(.init(figure, .number, at: "/tiers/by")) }
      if tiers.by == .attainment { periods.append(.init("quota", .number, at: "/tiers/by")) }
      if tiers.over == .toDate { periods.append(.init("window", .number, at: "/tiers/over")) }
    }
    lines += terms.multipliers.map(\.need)
    if let gate = terms.gate {
      let prefix = gate.measure.map { $0 + "." } ?? ""
      periods.append(.init(prefix + "value", .number, at: "/gate/measure"))
      periods.append(.init(prefix + "quota", .number, at: "/gate/measure"))
      if gate.missed == .later { periods.append(.init(prefix + "window", .number, at: "/gate/missed")) }
    }
    if terms.cap?.per == .window { periods.append(.init("window", .number, at: "/cap/per")) }
    return ColumnNeeds(lines: Self.distinct(lines), periods: Self.distinct(periods))
  }

  var gives: ColumnGifts {
    ColumnGifts(places: terms.round.places, lines: Portions.gifts(terms), isSummable: terms.isSummable)
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
    var periods = Frame(count: walk.adjustment.count)
    periods.append(
      FrameColumn(name: "adjustment", values: .decimal(walk.adjustment, places: terms.round.places)))
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    var walk = try Walk<Int128>(terms, try WalkInput(terms, batch), batch)
    var steps = Steps(lines: batch.lines.count, periods: batch.periods.count)
    try walk.run(&steps)
    return Explanation(lines: steps.lines, periods: steps.periods)
  }

  private static func distinct(_ needs: [ColumnNeeds.Need]) -> [ColumnNeeds.Need] {
    var seen: Set<ColumnNeeds.Need> = []
    return needs.filter { seen.insert($0).inserted }
  }
}

extension Terms.Lookup {
  /// The column that it looks at.
  var need: ColumnNeeds.Need { .init(by, .key, at: pointer + "/by", table: pointer + "/table") }
}

/// The columns `portion_1`, `portion_2` … that a component with marginal tiers gives beside what a line earned.
enum Portions {
  /// Digits after the point of a portion; finer ones are rounded half-even, for show only.
  static let places = 6

  static func gifts(_ terms: Terms) -> [ColumnGifts.Gift] {
    guard case .tiers(let tiers) = terms.pay, tiers.method == .marginal else { return [] }
    return tiers.bands.indices.map { ColumnGifts.Gift("portion_\($0 + 1)", places: places) }
  }
}
