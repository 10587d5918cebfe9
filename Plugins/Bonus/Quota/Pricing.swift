import ModuleKit
import ModuleProtocol
import Money

/// What steps of a quota bonus come to in the rows of a batch, scaled and rounded once.
struct Pricing {
  private let terms: QuotaTerms
  private let places: Int
  private let targets: [ExactDecimal]?
  private let scaling: Scaling.Rows?
  private let guarantees: [ExactFraction]?
  // The amounts of the steps in the minor unit, where nothing scales them and no line lies between them.
  private let amounts: [Int64]?

  init(_ terms: QuotaTerms, _ periods: Frame, _ places: Int) throws(CalculationFault) {
    (self.terms, self.places) = (terms, places)
    targets = try terms.target.map { target throws(CalculationFault) in try target.over(periods) }
    scaling = terms.scaling.isEmpty ? nil : try terms.scaling.over(periods)
    let whole =
      targets ?? (terms.guarantee == nil ? [] : [ExactDecimal](repeating: .one, count: periods.count))
    guarantees = try terms.guarantee.map { guarantee throws(CalculationFault) in
      try guarantee.over(periods, whole, places: places)
    }
    if targets == nil, scaling == nil, terms.curve.between == .step {
      amounts = try terms.curve.points.map { point throws(CalculationFault) in
        try ExactFraction(point.pays).cents(places, terms.rounding)
      }
    } else {
      amounts = nil
    }
  }

  /// What is due for what was reached, at the step of this place.
  func due(_ reached: Reached, _ place: Int, _ rows: ClosedRange<Int>) throws(CalculationFault) -> Int64 {
    if let amounts { return amounts[place] }
    var due = try terms.curve.payout(reached).pays
    if let targets { due = try due * ExactFraction(targets[rows.upperBound]) }
    if let scaling { due = try due * (try scaling.factor(rows)) }
    return try due.cents(places, terms.rounding)
  }

  /// The least that these rows pay; nil where nothing is guaranteed.
  func guarantee(_ rows: ClosedRange<Int>) throws(CalculationFault) -> Int64? {
    guard let guarantee = guarantees?[rows.upperBound] else { return nil }
    let share = try scaling?.activeShare(rows) ?? ExactFraction(ExactDecimal.one)
    return try (try guarantee * share).cents(places, terms.rounding)
  }

  func words(
    _ head: String, _ reached: Reached, _ point: Curve.Point?, _ rows: ClosedRange<Int>, due: Int64,
    before: Int64
  ) -> String {
    var words = head
    if let point {
      let isShare = if case .attainment = terms.figure.kind { true } else { false }
      let share = (try? terms.curve.payout(reached).pays) ?? ExactFraction(point.pays)
      let scaled = scaling?.words(rows) ?? ""
      words += " reached \(isShare ? StepText.percent(point.at) : StepText.amount(point.at)): "
      if let targets {
        words += "\(share.percent) of \(StepText.amount(targets[rows.upperBound]))\(scaled)"
      } else {
        words += StepText.amount((try? share.rounded(to: places, .halfEven)) ?? point.pays) + scaled
      }
      if targets != nil || !scaled.isEmpty { words += " = \(StepText.amount(due, places))" }
    } else {
      words += " reached no step"
    }
    return before == 0 ? words : words + ", less \(StepText.amount(before, places)) paid before"
  }
}
