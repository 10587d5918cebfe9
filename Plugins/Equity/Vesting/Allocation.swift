import ModuleKit
import Money

/// How whole units are made of exact amounts, in the words of the Open Cap Table Format.
///
/// Worked number, 18 units in 4 equal tranches of 4.5: 5-4-5-4 by `cumulativeRounding`, 4-5-4-5 by
/// `cumulativeRoundDown`, 5-5-4-4 by `frontLoaded`, 4-4-5-5 by `backLoaded`, 6-4-4-4 by `frontLoadedToSingle`,
/// 4-4-4-6 by `backLoadedToSingle`, 4.5 each by `fractional`.
enum Allocation: String, CaseIterable {
  case cumulativeRounding = "CUMULATIVE_ROUNDING"
  case cumulativeRoundDown = "CUMULATIVE_ROUND_DOWN"
  case frontLoaded = "FRONT_LOADED"
  case backLoaded = "BACK_LOADED"
  case frontLoadedToSingle = "FRONT_LOADED_TO_SINGLE_TRANCHE"
  case backLoadedToSingle = "BACK_LOADED_TO_SINGLE_TRANCHE"
  case fractional = "FRACTIONAL"

  /// The units of all tranches up to and including each one, as integers of the last of `places` digits.
  ///
  /// All but `fractional` deal in whole units, whatever `places` says.
  func cumulative(_ amounts: [Fraction], places: Int) throws(CalculationFault) -> [Int64] {
    let whole = Int64(PowersOfTen[places])
    var sums: [Int64] = []
    var exact = Fraction.zero
    var floors: Int64 = 0
    switch self {
    case .cumulativeRounding, .cumulativeRoundDown:
      for amount in amounts {
        exact = try exact + amount
        let units = try exact.rounded(to: 0, self == .cumulativeRounding ? .halfUp : .down)
        sums.append(units * whole)
      }
    case .fractional:
      for amount in amounts {
        exact = try exact + amount
        sums.append(try exact.rounded(to: places, .halfUp))
      }
    case .frontLoaded, .backLoaded, .frontLoadedToSingle, .backLoadedToSingle:
      for amount in amounts {
        exact = try exact + amount
        floors += try amount.rounded(to: 0, .down)
        sums.append(floors)
      }
      let left = try exact.rounded(to: 0, .down) - floors
      for index in sums.indices {
        sums[index] = (sums[index] + extra(left, Int64(index + 1), Int64(sums.count))) * whole
      }
    }
    return sums
  }

  /// How much of the `left` units that whole tranches leave over falls to the first `place` of `count` tranches.
  private func extra(_ left: Int64, _ place: Int64, _ count: Int64) -> Int64 {
    switch self {
    case .frontLoaded: min(place, left)
    case .backLoaded: max(0, left - (count - place))
    case .frontLoadedToSingle: left
    case .backLoadedToSingle: place == count ? left : 0
    case .cumulativeRounding, .cumulativeRoundDown, .fractional: 0
    }
  }
}
