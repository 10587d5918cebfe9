import ModuleKit
import ModuleProtocol
import Money

/// The least that is paid to who was active, for the active days alone.
///
/// Worked number: of a target of 3,000.00, shares of 100 % and 50 % since June guarantee 3,000.00 in June and 1,500.00 in
/// July; who began on 16 June has 15 of 30 days of it, 1,500.00.
enum Guarantee {
  case amount(Int64)
  /// Shares of the target in the first months.
  case months(MonthShares)

  var needs: [ColumnNeeds.Need] {
    guard case .months(let shares) = self else { return [] }
    return [.init("period.from", .date), .init("period.to", .date), shares.need]
  }

  /// For each row of the periods the amount, before the share of active days.
  func over(
    _ periods: Frame, _ targets: [ExactDecimal], places: Int
  ) throws(CalculationFault) -> [ExactFraction] {
    switch self {
    case .amount(let amount):
      let least = ExactFraction(ExactDecimal(coefficient: Int128(amount), scale: places))
      return [ExactFraction](repeating: least, count: periods.count)
    case .months(let shares):
      let rows = try shares.over(periods)
      return try zip(targets, rows).map { target, share throws(CalculationFault) in
        try ExactFraction(target) * ExactFraction(share ?? .zero)
      }
    }
  }
}
