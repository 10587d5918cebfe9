import Diagnostics
import Money
import PlanModel

/// What part of a line each level of managers gets, rounded half-even to the digits of the line.
///
/// Worked number: shares of 50 % and 25 % of 1,000.01 are 500.00 (of 500.005) and 250.00 (of 250.0025).
struct LevelParts: Sendable {
  private let shares: [Int64]
  private let product: ScaledProduct

  init(_ shares: [ExactDecimal], _ rule: CreditRule) throws(Diagnostic) {
    let places = shares.map(\.scale).max() ?? 0
    do throws(ArithmeticOverflow) {
      self.shares = try shares.map { share throws(ArithmeticOverflow) in
        let coefficient = share.coefficient * PowersOfTen[places - share.scale]
        guard let cell = Int64(exactly: coefficient) else { throw ArithmeticOverflow() }
        return cell
      }
      product = try ScaledProduct(places: places, to: 0, .halfEven)
    } catch {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the shares of the levels have too many digits", at: rule.name.span)
    }
  }

  /// The part of an amount that a level gets, counted from 0 for the nearest manager.
  @inline(__always)
  func part(of amount: Int64, _ level: Int) -> Int64 {
    guard level < shares.count else { return amount }
    // A share is at most 1, so that a part is never too large.
    return (try? product(amount, shares[level])) ?? amount
  }
}
