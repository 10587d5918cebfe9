import ModuleKit
import ModuleProtocol
import Money

/// Prices the lines of one period.
struct PeriodPricing {
  /// What a line earns before anything is rounded.
  struct Price {
    /// At the input's `earnedScale`.
    let exact: Int128
    /// The amount times the multipliers, for a true-up.
    let weighted: Int128
    /// The part of the amount in each band.
    let portions: [Int128]
    let steps: [Step]
  }

  let startPosition: Int128
  private let input: WalkInput
  private let edges: [Int128]
  /// For whole-amount tiers over a period or to date, the band reached.
  private let reached: Int?
  private let isMarginal: Bool
  private let mode: RoundingMode
  private let isExplaining: Bool

  init(
    _ terms: Terms, _ input: WalkInput, _ row: Int, _ lines: Range<Int>, _ window: WindowState,
    explaining: Bool
  ) throws(CalculationFault) {
    self.input = input
    mode = terms.round.mode
    isExplaining = explaining
    guard let bands = input.bands else {
      (startPosition, edges, reached, isMarginal) = (0, [], nil, false)
      return
    }
    let tiers = bands.tiers
    let quota = input.quota.flatMap { $0.isMissing(row) ? nil : $0.decimal(row) }
    edges = try bands.edges(quota: quota, scale: input.walkScale)
    startPosition = tiers.over == .toDate ? window.position : 0
    isMarginal = tiers.method == .marginal
    if tiers.method == .wholeAmount, tiers.over != .deal {
      var figure = startPosition
      if let value = input.value {
        figure = try Exact.scaled(value.decimal(row), to: input.walkScale)
      } else {
        for line in lines { figure = try Exact.sum(figure, try Self.base(line, input)) }
      }
      reached = bands.reached(figure, edges)
    } else {
      reached = nil
    }
  }

  /// The price of a line; moves `position` past it.
  func price(_ line: Int, at position: inout Int128) throws(CalculationFault) -> Price {
    let factor = try multiplier(line)
    guard let bands = input.bands else {
      let rate = input.rate
      let exact = try Exact.product(
        try Exact.product(Int128(input.base.values[line]), rate?.value(line) ?? 0), factor.value)
      return Price(
        exact: exact, weighted: 0, portions: [],
        steps: step(flatWords(line) + factor.text, exact, rate?.pointer ?? ""))
    }
    let amount = try Self.base(line, input)
    let start = bands.tiers.over == .deal ? 0 : position
    let end = try Exact.sum(start, amount)
    position = end
    let portions: [Int128]
    if isMarginal {
      portions = bands.portions(from: start, to: end, edges)
    } else {
      let band = reached ?? bands.reached(end, edges)
      portions = bands.rates.indices.map { $0 == band ? amount : 0 }
    }
    var exact: Int128 = 0
    var steps: [Step] = []
    for (band, portion) in portions.enumerated() where portion != 0 {
      let part = try Exact.product(try Exact.product(portion, bands.rates[band]), factor.value)
      exact = try Exact.sum(exact, part)
      steps += step(
        StepText.amount(ExactDecimal(coefficient: portion, scale: input.walkScale))
          + " × \(StepText.percent(bands.tiers.bands[band].rate))" + factor.text, part,
        bands.tiers.bands[band].pointer)
    }
    return Price(
      exact: exact, weighted: try Exact.product(amount, factor.value), portions: portions, steps: steps)
  }

  /// What the window's lines so far come to at the rate now reached, for whole-amount tiers with a true-up.
  func dueToDate(
    _ window: WindowState
  ) throws(CalculationFault) -> (amount: Int128, text: String, pointer: String)? {
    guard let bands = input.bands, let reached, bands.tiers.over == .toDate, bands.tiers.earlier == .trueUp
    else { return nil }
    let exact = try Exact.product(window.weighted, bands.rates[reached])
    let base = ExactDecimal(coefficient: window.weighted, scale: input.walkScale + input.multiplierScale)
    let rate = bands.tiers.bands[reached]
    let words = "due to date \(StepText.amount(base)) × \(StepText.percent(rate.rate))"
    let amount = try Exact.rescaled(exact, from: input.earnedScale, to: input.amount(0).scale, mode)
    return (amount, words, rate.pointer)
  }

  private static func base(_ line: Int, _ input: WalkInput) throws(CalculationFault) -> Int128 {
    try Exact.product(Int128(input.base.values[line]), PowersOfTen[input.walkScale - input.base.places])
  }

  private func multiplier(_ line: Int) throws(CalculationFault) -> (value: Int128, text: String) {
    var value: Int128 = 1
    var text = ""
    for factor in input.multipliers {
      value = try Exact.product(value, factor.value(line))
      if isExplaining, factor.decimal(line) != .one { text += " × \(factor.decimal(line).normalized)" }
    }
    return (value, text)
  }

  private func flatWords(_ line: Int) -> String {
    let base = StepText.amount(input.base.decimal(line))
    guard let rate = input.rate else { return base }
    let isPerUnit = rate.pointer.hasPrefix("/per_unit")
    let share = rate.decimal(line)
    return base + (isPerUnit ? " units × \(StepText.amount(share))" : " × \(StepText.percent(share))")
  }

  private func step(_ text: @autoclosure () -> String, _ exact: Int128, _ pointer: String) -> [Step] {
    guard isExplaining else { return [] }
    return [Step(text(), ExactDecimal(coefficient: exact, scale: input.earnedScale).normalized, at: pointer)]
  }
}
