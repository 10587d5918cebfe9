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
    needsDue = tiers?.isReached == true && tiers?.over == .toDate && tiers?.earlier == .trueUp
  }

  /// A line times its own rate.
  func rate(_ line: Int, _ exact: Int128) -> Step? {
    guard let rate = input.rate else { return nil }
    let base = input.base.decimal(line)
    let number = rate.decimal(line)
    let words =
      switch terms.pay {
      case .perUnit: "\(StepText.amount(base)) units × \(StepText.amount(number))"
      case .amount: "\(StepText.amount(base < .zero ? number.negated : number)) for the deal"
      default: "\(StepText.amount(base)) × \(StepText.percent(number))"
      }
    return Step(words + rate.reason(line) + multipliers(line), earned(exact), at: rate.pointer(line))
  }

  /// A part of a line at the rate of its band, and where it begins if that is not where the line before ended.
  func portion(_ line: Int, _ band: Int, _ portion: Int128, _ exact: Int128, from: Int128? = nil) -> Step? {
    guard let bands = input.bands else { return nil }
    let amount = StepText.amount(ExactDecimal(coefficient: portion, scale: input.walkScale))
    let rate = bands.rates[band]
    let words =
      bands.tiers.by == .quantity
      ? "\(amount) units × \(StepText.amount(rate.decimal(line)))"
      : "\(amount) × \(StepText.percent(rate.decimal(line)))"
    let place = from.map { StepText.amount(ExactDecimal(coefficient: $0, scale: input.walkScale)) }
    return Step(
      words + rate.reason(line) + multipliers(line) + (place.map { ", from \($0) on" } ?? ""), earned(exact),
      at: rate.pointer(line))
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
  func lineBound(_ line: Int, _ rounded: Int128, _ bounded: Int128) -> Step {
    bound(isFloor: bounded.magnitude > rounded.magnitude, .line, line, bounded - rounded)
  }

  /// What a cap or floor of a line or period changed.
  func bound(isFloor: Bool, _ span: Terms.Bound.Span, _ row: Int, _ change: Int128) -> Step {
    let bound = (isFloor ? input.floors : input.caps)[span]
    let words =
      "\(isFloor ? "floor" : "cap") of \(StepText.amount(bound?.decimal(row) ?? .zero)) a \(span.rawValue)"
    return step(
      words + (bound?.reason(row) ?? ""), change,
      Terms.bound(isFloor ? terms.floors : terms.caps, per: span)?.pointer ?? "")
  }

  /// Why a large line is not paid.
  func held(_ line: Int, _ review: Terms.Review, _ earned: Int128) -> Step {
    let amount = input.reviewed.map { StepText.amount($0.decimal(line)) } ?? ""
    return step(
      "held for review: \(amount) is more than \(StepText.amount(review.above))", -earned, "/review/above")
  }

  /// What the rate now reached makes of the window so far.
  func due(_ weighted: Int128, _ exact: Int128, _ band: Int, _ before: Int128, _ correction: Int128) -> Step?
  {
    guard let tiers = input.bands?.tiers else { return nil }
    let base = ExactDecimal(coefficient: weighted, scale: input.walkScale + input.multiplierScale)
    let due: String
    if let rate = tiers.bands[band].rate.constant, tiers.method == .wholeAmount, tiers.by != .quantity {
      due = "\(StepText.amount(base)) × \(StepText.percent(rate))"
    } else {
      due = StepText.amount(earned(exact))
    }
    return step(
      "due to date \(due), less \(StepText.amount(amount(before))) so far", correction,
      tiers.bands[band].rate.pointer)
  }

  /// A change of what is paid.
  func step(_ text: String, _ change: Int128, _ pointer: String) -> Step {
    Step(text, amount(change), at: pointer)
  }

  private func multipliers(_ line: Int) -> String {
    StepText.factors(input.multipliers, line)
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
