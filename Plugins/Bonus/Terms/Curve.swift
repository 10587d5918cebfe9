import ModuleKit
import Money

/// What is paid for what was reached.
///
/// Below the first point nothing. Between two points what the lower one pays (`step`), or what the line between them
/// pays (`linear`). Above the last point what that one pays (`hold`), or the last line goes on (`extend`). Worked number:
/// 50 % at 80 %, 100 % at 100 %; 90 % pays 75 % by `linear`, 50 % by `step`; 110 % pays 100 % by `hold`, 125 % by
/// `extend`.
struct Curve {
  enum Between: String, CaseIterable { case linear, step }
  enum Above: String, CaseIterable { case hold, extend }

  struct Point {
    let at: ExactDecimal
    /// A share of the target, or an amount.
    let pays: ExactDecimal
    let pointer: String
  }

  /// Ascending by `at`; empty where it pays just what was reached.
  var points: [Point] = []
  var between = Between.step
  var above = Above.hold

  /// What is paid, and the last point that was reached.
  func payout(_ reached: Reached) throws(CalculationFault) -> (pays: ExactFraction, point: Point?) {
    let zero = ExactFraction(ExactDecimal.zero)
    guard case .exactly(let figure) = reached else {
      if case .nothing = reached { return (zero, nil) }
      return (ExactFraction(points.last?.pays ?? .one), points.last)
    }
    if points.isEmpty { return (max(zero, figure), nil) }
    guard let place = points.lastIndex(where: { ExactFraction($0.at) <= figure }) else { return (zero, nil) }
    let point = points[place]
    let isLast = place == points.count - 1
    let isSloped = between == .linear && (isLast ? above == .extend && place > 0 : true)
    guard isSloped else { return (ExactFraction(point.pays), point) }
    let (low, high) = isLast ? (points[place - 1], point) : (point, points[place + 1])
    do {
      let run = try ExactFraction(high.at).adding(ExactFraction(low.at).negated)
      let rise = try ExactFraction(high.pays).adding(ExactFraction(low.pays).negated)
      let way = try figure.adding(ExactFraction(low.at).negated)
      return (try ExactFraction(low.pays).adding(rise.multiplied(by: way).divided(by: run)), point)
    } catch {
      throw .tooLarge
    }
  }
}
