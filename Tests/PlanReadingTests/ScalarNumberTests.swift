import Money
import Testing
import YAMLSource

@testable import PlanReading

@Suite struct ScalarNumberTests {
  static let numbers: [(String, String, String?)] = [
    ("12000", "12000", nil), ("12,000", "12000", nil), ("-1,234,567.50", "-1234567.50", nil),
    ("7.5%", "0.075", nil), ("-100%", "-1", nil), ("1,000%", "10", nil), (".5", "0.5", nil),
    ("1e3", "1000", nil),
    ("12,000.00 USD", "12000.00", "USD"), ("5 CNY", "5", "CNY"), ("+3.25", "3.25", nil),
  ]

  private func scalar(_ text: String) throws -> YAMLScalar {
    let root = YAMLReader.read(Array("key: \(text)\n".utf8), file: "plan.yaml").root
    return try #require(root?["key"]?.scalar)
  }

  @Test("numbers, grouped numbers, percentages and amounts are exact", arguments: numbers)
  func reads(text: String, value: String, currency: String?) throws {
    let number = try #require(ScalarNumber(try scalar(text)))
    #expect(number.value == ExactDecimal(value))
    #expect(number.currency == currency)
    #expect(number.isPercent == text.hasSuffix("%"))
  }

  @Test(
    "what only looks like a number is a text",
    arguments: [
      "1,00", "12,0000", "1234,567", "1.%", "5 usd", "5 US", "USD 5", "--1", "1.2.3", "1e", "e3",
      ".",
      "1_000", "5 %", "\"12\"", "'7.5%'", "1,000.", "٣",
    ])
  func refuses(text: String) throws {
    #expect(ScalarNumber(try scalar(text)) == nil)
  }
}
