package import Money

/// How a number of the plan is written: bare, as a percentage, or as money with its currency.
package enum NumberForm: Sendable, Hashable {
  case bare, percentage, money

  /// A number above this that is written bare is hardly meant as a share.
  private static let largestBareShare = ExactDecimal(5)

  /// What is wrong with a number so written where a share is wanted, and how to mend it.
  package func faultAsShare(_ number: ExactDecimal) -> (message: String, help: String)? {
    switch self {
    case .percentage: return nil
    case .money: return ("a share belongs here, not an amount of money", "write a percentage, like `7.5%`")
    case .bare:
      let magnitude =
        number < .zero ? ExactDecimal(coefficient: -number.coefficient, scale: number.scale) : number
      guard magnitude > Self.largestBareShare, let hundred = try? number.multiplied(by: ExactDecimal(100))
      else {
        return nil
      }
      let percent = hundred.normalized
      return ("`\(number)` is \(percent)%", "write `\(number)%`, or `\(percent)%` if that is meant")
    }
  }

  /// What is wrong with a number so written where an amount of money is wanted, and how to mend it.
  package var faultAsMoney: (message: String, help: String)? {
    self == .percentage
      ? ("an amount of money belongs here, not a percentage", "write the amount, like `5000`") : nil
  }
}
