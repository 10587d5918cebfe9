import Money

/// Texts that were meant as numbers, and how the number is written.
package enum NumberSlip {
  /// What to write instead of a text that is no number, or nil when no number shows through it.
  package static func help(for text: String) -> String? {
    if text.contains(#/^[+-]?[0-9][0-9,]*(\.[0-9]+)?%?$/#), !text.contains(#/,[0-9]{1,2}(%|$)/#) {
      return "write `\(text)` without quotes"
    }
    if let match = text.wholeMatch(of: #/([+-]?[0-9.,]+)\s+%/#) {
      return "write `\(match.1)%`, without the space"
    }
    if let match = text.wholeMatch(of: #/([A-Z]{0,2}[$€£¥￥]|[A-Z]{3})\s?([0-9,]+(?:\.[0-9]+)?)/#) {
      return amount(match.2, String(match.1))
    }
    if let match = text.wholeMatch(of: #/([0-9,]+(?:\.[0-9]+)?)\s?([$€£¥￥元]|[A-Z]{3})/#) {
      return amount(match.1, String(match.2))
    }
    if let match = text.wholeMatch(of: #/([0-9,]+(?:\.[0-9]+)?)\s?([kKmM]|[Mm]n|千|万|百万)/#) {
      return inFull(String(match.1), String(match.2))
    }
    if let match = text.wholeMatch(of: #/([0-9]{1,3}(?:[.' ][0-9]{3})+)(?:,([0-9]+))?(%?)/#) {
      let digits = match.1.filter { ("0"..."9").contains($0) } + (match.2.map { "." + $0 } ?? "") + match.3
      return "write `\(digits)`: a point parts the decimals, and commas may part the thousands"
    }
    if let match = text.wholeMatch(of: #/([0-9]+),([0-9]+)(%?)/#) {
      return "write `\(match.1).\(match.2)\(match.3)`: a point parts the decimals"
    }
    if text.contains(#/^[0-9]+(_[0-9]+)+$/#) { return "write `\(text.filter { $0 != "_" })`" }
    return nil
  }

  private static func amount(_ digits: Substring, _ currency: String) -> String {
    let codes = ["$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY"]
    return "write `\(digits)`, or with the code of its currency `\(digits) \(codes[currency] ?? currency)`"
  }

  private static func inFull(_ digits: String, _ unit: String) -> String? {
    let factors = ["k": 3, "m": 6, "mn": 6, "千": 3, "万": 4, "百万": 6]
    guard let power = factors[unit.lowercased()], let number = ExactDecimal(digits.filter { $0 != "," }),
      let whole = try? number.multiplied(by: ExactDecimal(coefficient: PowersOfTen[power]))
    else { return nil }
    return "write the number in full: `\(whole.normalized)`"
  }

  /// What to write instead of a text where true or false is wanted.
  package static func help(forBoolean text: String) -> String? {
    switch text.lowercased() {
    case "yes", "y", "on", "是", "1": "write `true`"
    case "no", "n", "off", "否", "0": "write `false`"
    default: nil
    }
  }
}
