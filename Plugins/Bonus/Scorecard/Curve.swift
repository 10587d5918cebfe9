import ModuleKit
import Money

/// What an objective pays, as a share of its part, for what was attained.
///
/// Below the first point nothing, above the last one what that pays. Between two points on the line between them
/// (`linear`), or what the lower one pays (`step`). Worked number: 50 % at 80 %, 100 % at 100 %; 90 % pays 75 % by
/// `linear`, 50 % by `step`.
struct Curve {
  private let points: [ScorecardTerms.Point]
  private let between: ScorecardTerms.Between

  init(_ objective: ScorecardTerms.Objective) { (points, between) = (objective.curve, objective.between) }

  /// The share as an exact quotient.
  func payout(
    _ figure: (value: ExactDecimal, base: ExactDecimal)?
  ) throws(CalculationFault) -> (over: ExactDecimal, under: ExactDecimal) {
    guard let (value, base) = figure else { return (.zero, .one) }
    do {
      if points.isEmpty { return value > .zero ? (value, base) : (.zero, .one) }
      var below: ScorecardTerms.Point?
      for point in points {
        let edge = try base.multiplied(by: point.at)
        if value < edge {
          guard let below else { return (.zero, .one) }
          if between == .step { return (below.pays, .one) }
          // below + (point - below) × (value - below.at × base) / ((point.at - below.at) × base)
          let run = try point.at.subtracting(below.at).multiplied(by: base)
          let rise = try point.pays.subtracting(below.pays)
            .multiplied(by: value.subtracting(below.at.multiplied(by: base)))
          return (try below.pays.multiplied(by: run).adding(rise), run)
        }
        below = point
      }
      return (below?.pays ?? .zero, .one)
    } catch {
      throw CalculationFault("a figure or a quota is too large")
    }
  }
}
