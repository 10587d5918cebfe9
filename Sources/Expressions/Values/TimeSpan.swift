import Money
import PlanCalendar

/// A length of time in nanoseconds; it holds 292 years.
package struct TimeSpan: Sendable, Hashable, Comparable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  init(_ nanoseconds: Int128) throws(EvaluationFault) {
    guard let short = Int64(exactly: nanoseconds) else {
      throw EvaluationFault("the duration is outside the range of 292 years")
    }
    self.init(nanoseconds: short)
  }

  init(days: Int64) throws(EvaluationFault) { try self.init(Int128(days) * 86_400_000_000_000) }

  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

  func adding(_ other: Self) throws(EvaluationFault) -> Self {
    try Self(Int128(nanoseconds) + Int128(other.nanoseconds))
  }

  func negated() throws(EvaluationFault) -> Self { try Self(-Int128(nanoseconds)) }

  private static let units: [String: Int64] = [
    "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000, "us": 1_000,
    "µs": 1_000,
    "ns": 1,
  ]

  /// Reads `1h30m`, `-1.5s`, `90s`.
  package init(_ text: String) throws(EvaluationFault) {
    let fault = EvaluationFault("`\(text)` is no duration; write it as 36h, 1h30m or 90s")
    var rest = text[...]
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    var total: Int128 = 0
    if rest == "0" { rest = "" } else if rest.isEmpty { throw fault }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[digits.endIndex...]
      let name = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest[name.endIndex...]
      guard let number = ExactDecimal(digits), let unit = Self.units[String(name)],
        let part = try? number.multiplied(by: ExactDecimal(unit)).rescaled(to: 0, rounding: .down)
      else { throw fault }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { throw fault }
      total = sum
    }
    try self.init(isNegative ? -total : total)
  }

  /// The digits after the point of a second: empty, or `.5`.
  static func decimals(_ nanoseconds: Int64) -> String {
    if nanoseconds == 0 { return "" }
    let digits = ExactDecimal(coefficient: Int128(nanoseconds), scale: 9).normalized.description
    return String(digits.drop { $0 != "." })
  }
}

extension TimeSpan: CustomStringConvertible {
  /// Seconds, `5400s` or `-1.5s`.
  package var description: String {
    ExactDecimal(coefficient: Int128(nanoseconds), scale: 9).normalized.description + "s"
  }
}

extension CalendarDate {
  /// The day a length of time later, which must be whole days.
  func adding(_ span: TimeSpan) throws(EvaluationFault) -> CalendarDate {
    let (days, rest) = span.nanoseconds.quotientAndRemainder(dividingBy: 86_400_000_000_000)
    if rest != 0 {
      throw EvaluationFault("a day and \(span) make no day; use whole days, or `timestamp(…)` of the day")
    }
    return try shifted(days: days)
  }

  /// The day so many days later; a fault outside the years 1 through 9999.
  func shifted(days: Int64) throws(EvaluationFault) -> CalendarDate {
    let sum = Int128(day) + Int128(days)
    guard (-719_162...2_932_896).contains(sum) else {
      throw EvaluationFault("the day is outside the range of years 1 to 9999")
    }
    return CalendarDate(day: Int32(truncatingIfNeeded: sum))
  }

  /// The day so many months later; the month's last day where it has no such day.
  ///
  /// Worked number: 2026-01-31 and one month is 2026-02-28, and two months is 2026-03-31.
  func shifted(months: Int64) throws(EvaluationFault) -> CalendarDate {
    let (year, month, dayOfMonth) = civil
    let (total, overflow) = Int64(year * 12 + month - 1).addingReportingOverflow(months)
    let (newYear, newMonth) = floorDivide(total, 12)
    guard !overflow, (1...9999).contains(newYear) else {
      throw EvaluationFault("the day is outside the range of years 1 to 9999")
    }
    let last = Self.daysInMonth(Int(newMonth) + 1, of: Int(newYear))
    guard
      let date = CalendarDate(
        year: Int(newYear), month: Int(newMonth) + 1, dayOfMonth: min(dayOfMonth, last))
    else { throw EvaluationFault("the day is outside the range of years 1 to 9999") }
    return date
  }

  /// How many whole months lie between this day and a later one, negative for an earlier one.
  ///
  /// Worked number: from 2026-01-31 to 2026-02-28 is one month, to 2026-02-27 none.
  func months(until other: CalendarDate) -> Int64 {
    if other < self { return -other.months(until: self) }
    let (a, b) = (civil, other.civil)
    let months = Int64((b.year - a.year) * 12 + b.month - a.month)
    guard let reached = try? shifted(months: months) else { return months }
    return reached > other ? months - 1 : months
  }
}
