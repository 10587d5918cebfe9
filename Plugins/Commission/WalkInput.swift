import ModuleKit
import ModuleProtocol
import Money

/// The columns of a batch as a walk reads them, and the scales that its sums have.
struct WalkInput {
  let periodRow: [Int]
  /// What a rate is applied to: amounts, or units.
  let base: NumberColumn
  let rate: LineFactor?
  let bands: Bands?
  let multipliers: [LineFactor]
  let quota: NumberColumn?
  let value: NumberColumn?
  /// Digits after the point of the walk over bands: enough for amounts and edges alike.
  let walkScale: Int
  /// Digits after the point of the product of a line's multipliers.
  let multiplierScale: Int
  /// Digits after the point of a line's exact earning.
  let earnedScale: Int
  private let places: Int
  private let payee: [Int64]
  private let windows: [Int64]?
  private let gateValue: NumberColumn?
  private let gateQuota: NumberColumn?

  init(_ terms: Terms, _ batch: Batch) throws(CalculationFault) {
    let (lines, periods) = (batch.lines, batch.periods)
    periodRow = try lines.numbers("period_row").values.map { Int($0) }
    payee = try periods.numbers("payee").values
    var bands: Bands?
    var rate: LineFactor?
    switch terms.pay {
    case .rate(let share):
      base = try lines.numbers("amount")
      rate = try LineFactor(share, lines)
    case .perUnit(let share, let units):
      base = try lines.numbers(units)
      rate = try LineFactor(share, lines)
    case .tiers(let tiers):
      base = try lines.numbers("amount")
      bands = try Bands(tiers)
    }
    let byAttainment = bands?.tiers.by == .attainment
    quota = byAttainment ? try periods.numbers("quota") : nil
    value = byAttainment ? try periods.numbers("value") : nil
    var factors: [LineFactor] = []
    for lookup in terms.multipliers { factors.append(try LineFactor(lookup, lines)) }
    multipliers = factors
    multiplierScale = factors.reduce(0) { $0 + $1.scale }
    walkScale = max(base.places, (bands?.edgeScale ?? 0) + (quota?.places ?? 0), value?.places ?? 0)
    earnedScale =
      (bands == nil ? base.places : walkScale) + (rate?.scale ?? bands?.rateScale ?? 0) + multiplierScale
    if earnedScale > PowersOfTen.largestExponent { throw Exact.tooLarge }
    places = terms.round.places
    let prefix = terms.gate?.measure.map { $0 + "." } ?? ""
    gateValue = terms.gate == nil ? nil : try periods.numbers(prefix + "value")
    gateQuota = terms.gate == nil ? nil : try periods.numbers(prefix + "quota")
    windows = try ["window", prefix + "window"].first { periods[$0] != nil }
      .map { name throws(CalculationFault) in try periods.numbers(name).values }
    self.bands = bands
    self.rate = rate
  }

  /// Whether a payee's window begins with this period row, which must not be the first.
  func startsWindow(_ row: Int) -> Bool {
    payee[row] != payee[row - 1] || (windows.map { $0[row] != $0[row - 1] } ?? true)
  }

  /// An amount as an integer of the places in which earnings are paid.
  func earnings(_ amount: ExactDecimal) throws(CalculationFault) -> Int128 {
    try Exact.scaled(amount, to: places)
  }

  /// An integer of the places in which earnings are paid as an amount.
  func amount(_ earnings: Int128) -> ExactDecimal { ExactDecimal(coefficient: earnings, scale: places) }

  /// Whether the attainment that a gate looks at has reached it; no quota is an attainment of 0, a quota of 0 any.
  func isOpen(_ gate: Terms.Gate, _ row: Int) throws(CalculationFault) -> Bool {
    guard let gateValue, let gateQuota else { return true }
    if gateQuota.isMissing(row) { return gate.atLeast <= .zero }
    if gateQuota.values[row] == 0 { return true }
    do {
      return try gateQuota.decimal(row).multiplied(by: gate.atLeast) <= gateValue.decimal(row)
    } catch {
      throw Exact.tooLarge
    }
  }

  /// The attainment that a gate looks at, in words.
  func attainmentText(_ row: Int) -> String {
    guard let gateValue, let gateQuota, !gateQuota.isMissing(row), gateQuota.values[row] != 0,
      let ratio = try? gateValue.decimal(row).divided(by: gateQuota.decimal(row), places: 4, .floor)
    else { return "attainment without a quota" }
    return "attainment \(StepText.percent(ratio))"
  }
}
