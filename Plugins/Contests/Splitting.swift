/// Splits whole amounts so that the parts add up to them.
enum Splitting {
  /// Equal parts; what cannot be split goes unit by unit to the first ones.
  ///
  /// Worked number: 100.00 among three is 33.34, 33.33, 33.33.
  static func equal(_ amount: Int64, among count: Int) -> [Int64] {
    let (part, rest) = amount.quotientAndRemainder(dividingBy: Int64(count))
    return (0..<count).map { part + (Int64($0) < rest ? 1 : 0) }
  }

  /// Parts in proportion to weights, rounded down; what is left goes unit by unit to the largest fractions.
  ///
  /// Of equal fractions the first get it. Weights that are all zero give equal parts.
  /// Worked number: 100.00 by 1, 1 and 1 is 33.34, 33.33, 33.33; by 2 and 1 it is 66.67, 33.33.
  static func proportional(_ amount: Int64, by weights: [Int64]) -> [Int64] {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard sum > 0 else { return weights.isEmpty ? [] : equal(amount, among: weights.count) }
    let shares = weights.map { (Int128(amount) * Int128($0)).quotientAndRemainder(dividingBy: sum) }
    var parts = shares.map { Int64(truncatingIfNeeded: $0.quotient) }
    let rest = Int(amount - parts.reduce(0, +))
    let order = shares.indices.sorted { (-shares[$0].remainder, $0) < (-shares[$1].remainder, $1) }
    for place in order.prefix(rest) { parts[place] += 1 }
    return parts
  }
}
