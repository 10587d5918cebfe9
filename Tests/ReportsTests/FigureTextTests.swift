import Money
import PlanModel
import Testing

@testable import Reports

@Suite struct FigureTextTests {
  @Test(
    "figures are written with the places that they have",
    arguments: [
      (0, 0, "0"), (7, 0, "7"), (-7, 0, "-7"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"),
      (123_456, 2, "1234.56"),
      (-100, 2, "-1.00"), (1, 9, "0.000000001"), (Int64.max, 3, "9223372036854775.807"),
      (Int64.min, 0, "-9223372036854775808"), (1_000_000, 6, "1.000000"),
    ] as [(Int64, Int, String)])
  func plain(cell: Int64, places: Int, text: String) { #expect(written(cell, places, nil) == text) }

  @Test(
    "figures are rounded for show",
    arguments: [
      (12_345, 3, 2, RoundingMode.halfEven, "12.34"), (12_355, 3, 2, .halfEven, "12.36"),
      (12_345, 3, 2, .halfUp, "12.35"), (-12_345, 3, 2, .halfUp, "-12.35"), (-4, 3, 2, .halfEven, "0.00"),
      (1250, 2, 0, .halfEven, "12"), (12, 0, 2, .halfEven, "12.00"), (125, 1, 3, .down, "12.500"),
    ] as [(Int64, Int, Int, RoundingMode, String)])
  func rounded(cell: Int64, places: Int, shown: Int, mode: RoundingMode, text: String) {
    #expect(written(cell, places, Rounding(places: shown, mode: mode)) == text)
  }

  @Test("a buffer holds what was appended, past any room made ahead")
  func growing() {
    var buffer = ByteBuffer(capacity: 1)
    var expected: [UInt8] = []
    for number in 0..<500 {
      var cursor = buffer.reserve(20)
      cursor.putDigits(UInt64(number * number * number))
      buffer.keep(cursor)
      buffer.append(0x2C)
      expected += Array("\(number * number * number),".utf8)
    }
    #expect(buffer.take() == expected)
    #expect(buffer.count == 0)
  }

  @Test("digits are those of the number, however many there are")
  func digits() {
    var numbers: [UInt64] = [0, .max]
    var power: UInt64 = 1
    for exponent in 0..<20 {
      numbers += [power - 1, power, power + 1, power / 9 * 8 + 7]
      if exponent < 19 { power *= 10 }
    }
    for number in numbers {
      var buffer = ByteBuffer(capacity: 1)
      var cursor = buffer.reserve(20)
      cursor.putDigits(number)
      buffer.keep(cursor)
      #expect(String(decoding: buffer.take(), as: UTF8.self) == "\(number)")
    }
  }

  @Test(
    "words are quoted where they must be",
    arguments: [("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("", "")])
  func words(word: String, field: String) {
    var buffer = ByteBuffer(capacity: 8)
    CSVWords.append(word.utf8, to: &buffer)
    #expect(buffer.take() == Array(field.utf8))
  }

  private func written(_ cell: Int64, _ places: Int, _ rounding: Rounding?) -> String {
    var buffer = ByteBuffer(capacity: 8)
    let figure = FigureText(places: places, rounding: rounding)
    var cursor = buffer.reserve(figure.longest)
    figure.put(cell, to: &cursor)
    buffer.keep(cursor)
    #expect(buffer.count <= figure.longest)
    return String(decoding: buffer.take(), as: UTF8.self)
  }
}
