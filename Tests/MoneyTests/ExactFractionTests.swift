import Money
import Testing

@Suite struct ExactFractionTests {
  private func fraction(_ numerator: Int128, _ denominator: Int128) throws -> ExactFraction {
    try ExactFraction(numerator, over: denominator)
  }

  @Test("fractions are kept in lowest terms, the sign above")
  func lowestTerms() throws {
    #expect(try fraction(6, -4) == fraction(-3, 2))
    #expect(try fraction(0, 7) == fraction(0, 1))
    #expect(ExactFraction(ExactDecimal(coefficient: 250, scale: 2)).denominator == 2)
  }

  @Test("sums, products, quotients and remainders are exact")
  func arithmetic() throws {
    #expect(try fraction(1, 3).adding(fraction(1, 6)) == fraction(1, 2))
    #expect(try fraction(2, 3).multiplied(by: fraction(9, 4)) == fraction(3, 2))
    #expect(try fraction(2, 3).divided(by: fraction(-4, 9)) == fraction(-3, 2))
    #expect(try fraction(15, 2).subtractingWhole(of: fraction(2, 1)) == fraction(3, 2))
    #expect(try fraction(-15, 2).subtractingWhole(of: fraction(2, 1)) == fraction(-3, 2))
    #expect(try fraction(-1, 3) < fraction(-1, 4) && fraction(1, 4) < fraction(1, 3))
  }

  @Test("a fraction is a decimal where its digits end")
  func decimals() throws {
    #expect(try fraction(1, 8).decimal == ExactDecimal("0.125"))
    #expect(try fraction(1, 3).decimal == nil)
    #expect(try fraction(-7, 1).decimal == ExactDecimal("-7"))
  }

  // Recomputed with Python's fractions and decimal modules.
  @Test(
    "rounding goes by the mode, also to tens",
    arguments: [
      (1, 3, 2, RoundingMode.halfEven, "0.33"), (2, 3, 2, .halfEven, "0.67"), (5, 2, 0, .halfEven, "2"),
      (5, 2, 0, .halfUp, "3"), (-5, 2, 0, .halfUp, "-3"), (-5, 3, 1, .floor, "-1.7"), (5, 3, 1, .down, "1.6"),
      (1250, 1, -2, .halfEven, "1200"), (1350, 1, -2, .halfEven, "1400"),
      (1, 7, 10, .halfEven, "0.1428571429"),
    ])
  func rounding(numerator: Int, denominator: Int, places: Int, mode: RoundingMode, text: String) throws {
    let value = try fraction(Int128(numerator), Int128(denominator))
    #expect(try value.rounded(to: places, mode) == ExactDecimal(text))
  }

  @Test("what does not fit in 128 bits is an overflow")
  func overflow() throws {
    let large = try fraction(Int128.max, 3)
    #expect(throws: ArithmeticOverflow.self) { try large.multiplied(by: large) }
    #expect(throws: ArithmeticOverflow.self) { try ExactFraction(Int128.min, over: 1) }
    #expect(try large > fraction(Int128.max - 1, 3))
  }
}
