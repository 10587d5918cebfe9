import Diagnostics
import Money
import PlanModel

/// Reads `currency`: a code of ISO 4217.
enum CurrencyReading {
  /// What people call a currency whose code is another word.
  private static let colloquial = [
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "RMB": "CNY", "CNH": "CNY", "人民币": "CNY", "元": "CNY",
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "yuan": "CNY", "yen": "JPY",
  ]

  static func read(_ name: Named?, _ context: ReadingContext) -> Currency? {
    guard let name else { return nil }
    if let currency = Currency(code: name.text) { return currency }
    let meant =
      colloquial[name.text] ?? colloquial[name.text.lowercased()]
      ?? Suggestion.nearest(to: name.text, in: Currency.codes)
    context.report(
      .wrongValue, "`\(name.text)` is not a currency of ISO 4217", at: name.span,
      help: meant.map { "did you mean `\($0)`?" } ?? "write its code, like USD or CNY")
    return nil
  }
}
