public import Money
public import PlanCalendar

/// What a key of a table in the terms stands for, so that it is compared with a column's cells by value.
///
/// For a column of numbers `1%`, `0.01` and `0.010` are one key, and so are `2500`, `2,500.00` and `2,500.00 USD`; for
/// a column of texts they are all different.
public enum KeyValue: Sendable, Hashable {
  /// What a column's cells are.
  public enum Kind: String, Sendable {
    /// Compared letter by letter.
    case text
    /// Compared by value.
    case number
    /// ISO days.
    case date
    /// `true` and `false`.
    case boolean
  }

  /// A text.
  case text(String)
  /// A number, whatever its scale.
  case number(ExactDecimal)
  /// A day.
  case date(CalendarDate)
  /// A truth value.
  case boolean(Bool)

  /// What the key says to a column of this kind; nil when it is no value of the kind.
  public init?(_ key: String, as kind: Kind) {
    switch kind {
    case .text: self = .text(key)
    case .number:
      guard let number = Self.number(key) else { return nil }
      self = .number(number)
    case .date:
      guard let day = CalendarDate(key) else { return nil }
      self = .date(day)
    case .boolean:
      guard key == "true" || key == "false" else { return nil }
      self = .boolean(key == "true")
    }
  }

  /// Plain digits, with commas before each group of three or without, a percentage, or an amount with its currency.
  private static func number(_ key: String) -> ExactDecimal? {
    var digits = key[...]
    let isPercent = digits.hasSuffix("%")
    let words = key.split(separator: " ", omittingEmptySubsequences: false)
    if isPercent {
      digits = digits.dropLast()
    } else if words.count == 2 {
      guard words[1].utf8.count == 3, words[1].utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
        return nil
      }
      digits = words[0]
    }
    if digits.contains(",") {
      let whole = digits.prefix { $0 != "." }
      let groups = whole.drop { $0 == "+" || $0 == "-" }.split(
        separator: ",", omittingEmptySubsequences: false)
      guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
        !digits.dropFirst(whole.count).contains(",")
      else { return nil }
    }
    guard let number = ExactDecimal(digits.filter { $0 != "," }) else { return nil }
    if !isPercent { return number.normalized }
    guard number.scale + 2 <= PowersOfTen.largestExponent else { return nil }
    return ExactDecimal(coefficient: number.coefficient, scale: number.scale + 2).normalized
  }
}
