import Money
import Testing

@Suite struct ExactDecimalTests {
  @Test(
    "digits are read exactly and written back",
    arguments: [
      ("0", "0"), ("-0.50", "-0.50"), ("12000", "12000"), ("+7.25", "7.25"), ("1e3", "1000"),
      ("12.5e-1", "1.25"),
      ("0.0000000000000000000000000000000000001", "0.0000000000000000000000000000000000001"),
      ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    ])
  func readAndWrite(text: String, written: String) { #expect(ExactDecimal(text)?.description == written) }

  @Test(
    "what is no plain number is refused",
    arguments: [
      "", "-", ".", "1,000", "1 000", "0x10", "1e", "1e+", "NaN", "１２", "1.2.3",
      "999999999999999999999999999999999999999",
      "1e99", "--1",
    ])
  func refused(text: String) { #expect(ExactDecimal(text) == nil) }

  @Test("numbers compare by value whatever their scale")
  func comparison() throws {
    let (a, b) = (try #require(ExactDecimal("1.50")), try #require(ExactDecimal("1.5")))
    #expect(a == b && a.hashValue == b.hashValue && !(a < b))
    let tiny = try #require(ExactDecimal("0.00000000000000000000000000000000000001"))
    let huge = try #require(ExactDecimal("99999999999999999999999999999999999999"))
    #expect(tiny < huge && huge.negated < tiny)
  }

  @Test("sums, products and quotients are exact, and too large ones are errors")
  func arithmetic() throws {
    let price = try #require(ExactDecimal("19.99"))
    #expect(try price.multiplied(by: #require(ExactDecimal("0.075"))).description == "1.49925")
    #expect(try price.adding(#require(ExactDecimal("0.011"))).description == "20.001")
    #expect(try ExactDecimal(2).divided(by: ExactDecimal(-3), places: 4, .halfEven).description == "-0.6667")
    let huge = ExactDecimal(coefficient: .max)
    #expect(throws: ArithmeticOverflow()) { try huge.adding(.one) }
    #expect(throws: ArithmeticOverflow()) { try huge.multiplied(by: ExactDecimal(2)) }
  }

  @Test("thousands are grouped")
  func grouping() throws {
    #expect(try #require(ExactDecimal("-1234567.5")).grouped == "-1,234,567.5")
    #expect(ExactDecimal(999).grouped == "999")
  }

  @Test(
    "currencies have the digits of ISO 4217",
    arguments: [("USD", 2), ("JPY", 0), ("KWD", 3), ("CNY", 2), ("CLF", 4)])
  func currencies(code: String, places: Int) { #expect(Currency(code: code)?.places == places) }
}
