/// The powers of ten that fit in 128 bits.
public enum PowersOfTen {
  /// The largest exponent whose power fits in a signed 128-bit integer.
  public static let largestExponent = 38

  @usableFromInline
  static let table: [Int128] = {
    var power: Int128 = 1
    var table: [Int128] = [1]
    for _ in 1...largestExponent {
      power *= 10
      table.append(power)
    }
    return table
  }()

  /// Ten to the power of `exponent`, which must lie in `0...38`.
  @inlinable
  public static subscript(exponent: Int) -> Int128 { table[exponent] }
}
