import ModuleKit
import ModuleProtocol
import Money

/// Puts the arithmetic of a walk into words.
struct WalkWords {
  /// Whether what is due to date is paid up each period: whole-amount tiers with a true-up.
  let needsDue: Bool
  private let terms: Terms
  private let input: WalkInput

  init(_ terms: Terms, _ input: WalkInput) {
    self.terms = terms
    self.input = input
    let tiers = input.bands?.tiers
    needsDue = tiers?.method == .wholeAmount && tiers?.over == .toDate && tiers?.earlier == .trueUp
  }

  /// A line times its own rate.
  func rate(_ line: Int, _ exact: Int128) -> Step? {
    guard let rate = input.rate else { return nil }
    let base = StepText.amount(input.base.decimal(line))
    let share = rate.decimal(line)
    let words =
      rate.pointer.hasPrefix("/per_unit")
      ? " units × \(StepText.amount(share))" : " × \(StepText.percent(share))"
    return Step(base + words + multipliers(line), earned(exact), at: rate.pointer)
  }

  /// A part of a line at the rate of its band.
  func portion(_ line: Int, _ band: Int, _ portion: Int128, _ exact: Int128) -> Step? {
    guard let band = input.bands?.tiers.bands[band] else { return nil }
    let amount = StepText.amount(ExactDecimal(coefficient: portion, scale: input.walkScale))
    return Step(
      "\(amount) × \(StepText.percent(band.rate))" + multipliers(line), earned(exact), at: band.pointer)
  }

  /// What rounding changed.
  func rounding(_ exact: Int128, _ rounded: Int128) -> Step? {
    let (exact, paid) = (earned(exact), amount(rounded))
    guard paid != exact, let change = try? paid.subtracting(exact) else { return nil }
    let words = "rounded \(terms.round.mode.rawValue) to \(terms.round.places) places"
    return Step(
      terms.round.at == .line ? words : words + " on the period's running sum", change.normalized,
      at: "/round")
  }

  /// What the cap or floor of a line changed.
  func lineBound(_ rounded: Int128, _ bounded: Int128) -> Step {
    bounded < rounded
      ? bound(terms.cap, "cap", "line", bounded - rounded)
      : bound(terms.floor, "floor", "line", bounded - rounded)
  }

  /// What a cap or floor changed.
  func bound(_ bound: Terms.Bound?, _ name: String, _ span: String, _ change: Int128) -> Step {
    step("\(name) of \(StepText.amount(bound?.amount ?? .zero)) a \(span)", change, "/\(name)")
  }

  /// What the rate now reached makes of the window so far.
  func due(_ weighted: Int128, _ band: Int, _ before: Int128, _ correction: Int128) -> Step? {
    guard let band = input.bands?.tiers.bands[band] else { return nil }
    let base = ExactDecimal(coefficient: weighted, scale: input.walkScale + input.multiplierScale)
    return step(
      "due to date \(StepText.amount(base)) × \(StepText.percent(band.rate)), "
        + "less \(StepText.amount(amount(before))) so far", correction, band.pointer)
  }

  /// A change of what is paid.
  func step(_ text: String, _ change: Int128, _ pointer: String) -> Step {
    Step(text, amount(change), at: pointer)
  }

  private func multipliers(_ line: Int) -> String {
    input.multipliers.map { $0.decimal(line) }.filter { $0 != .one }.map { " × \($0.normalized)" }.joined()
  }

  /// An integer of the places in which earnings are paid as an amount.
  private func amount(_ earnings: Int128) -> ExactDecimal {
    ExactDecimal(coefficient: earnings, scale: terms.round.places)
  }

  /// An exact earning as an amount.
  private func earned(_ exact: Int128) -> ExactDecimal {
    ExactDecimal(coefficient: exact, scale: input.earnedScale).normalized
  }
}
