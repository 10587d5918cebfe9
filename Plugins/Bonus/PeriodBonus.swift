import ModuleKit
import ModuleProtocol
import Money

/// A part of what a period pays, with its arithmetic in words.
struct Part {
  /// In the currency's minor unit.
  let amount: Int64
  let words: String
  let pointer: String
}

/// What a bonus comes to: for each row of the periods its parts, and columns that it gives beside.
struct BonusOutcome {
  var parts: [[Part]]
  var columns: [FrameColumn] = []
}

/// A component that pays by period, and nothing on lines.
protocol PeriodBonus: RewardComponent {
  /// Digits after the point of money.
  var places: Int { get }

  /// What each row of the periods pays, and why.
  func outcome(_ batch: Batch) throws(CalculationFault) -> BonusOutcome
}

extension PeriodBonus {
  func calculate(_ batch: Batch) throws(CalculationFault) -> Earnings {
    let outcome = try outcome(batch)
    var lines = Frame(count: batch.lines.count)
    lines.append(
      FrameColumn(
        name: "earned", values: .decimal([Int64](repeating: 0, count: batch.lines.count), places: places)))
    var periods = Frame(count: batch.periods.count)
    let amounts = outcome.parts.map { parts in parts.reduce(Int64(0)) { $0 + $1.amount } }
    periods.append(FrameColumn(name: "adjustment", values: .decimal(amounts, places: places)))
    for column in outcome.columns { periods.append(column) }
    return Earnings(lines: lines, periods: periods)
  }

  func explain(_ batch: Batch) throws(CalculationFault) -> Explanation {
    Explanation(
      lines: [[Step]](repeating: [], count: batch.lines.count),
      periods: try outcome(batch).parts.map { parts in
        parts.map {
          Step($0.words, ExactDecimal(coefficient: Int128($0.amount), scale: places), at: $0.pointer)
        }
      })
  }

  /// An exact amount rounded once to the currency's minor unit.
  func rounded(_ amount: ExactFraction, _ mode: RoundingMode) throws(CalculationFault) -> Int64 {
    guard let digits = try? amount.rounded(to: places, mode).coefficient, digits.magnitude <= largestAmount
    else { throw .tooLarge }
    return Int64(digits)
  }

  /// An amount of the minor unit in words: `1,234.50`.
  func text(_ amount: Int64) -> String {
    StepText.amount(ExactDecimal(coefficient: Int128(amount), scale: places))
  }
}

/// So much of the minor unit at the most, so that no sum of amounts leaves its integer.
let largestAmount: Int64 = 1_000_000_000_000_000

extension CalculationFault {
  static let tooLarge = CalculationFault("a figure, a quota or an amount is too large to be kept exactly")
}

extension ExactFraction {
  static func * (left: Self, right: Self) throws(CalculationFault) -> Self {
    do { return try left.multiplied(by: right) } catch { throw .tooLarge }
  }

  /// The number as a percentage, to two digits: 1.25 is `125%`.
  var percent: String { (try? rounded(to: 4, .halfEven)).map { StepText.percent($0) } ?? "a share" }
}
