/// A day of the proleptic Gregorian calendar, without time or zone, counted from 1970-01-01.
public struct CalendarDate: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01; negative before.
  public let day: Int32

  /// The day that many days after 1970-01-01.
  @inlinable
  public init(day: Int32) { self.day = day }

  /// The day with this year (1...9999), month and day of the month, or nil when there is none.
  @inlinable
  public init?(year: Int, month: Int, dayOfMonth: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), dayOfMonth >= 1,
      dayOfMonth <= Self.daysInMonth(month, of: year)
    else { return nil }
    day = Self.daysFromCivil(year, month, dayOfMonth)
  }

  /// Whether `left` is the earlier day.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.day < right.day }

  /// The day `count` days later.
  public func adding(days count: Int) -> Self { Self(day: day + Int32(count)) }

  /// The first day of the month that lies `count` months after this day's month.
  public func startOfMonth(adding count: Int = 0) -> Self {
    let (year, month, _) = civil
    let months = year * 12 + month - 1 + count
    return Self(
      day: Self.daysFromCivil(Self.floorDivide(months, 12), months - Self.floorDivide(months, 12) * 12 + 1, 1)
    )
  }

  /// The year, month (1...12) and day of the month (1...31).
  public var civil: (year: Int, month: Int, day: Int) {
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
    let shifted = Int(day) + 719_468
    let era = Self.floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The number of days of a month.
  @inlinable
  public static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @usableFromInline
  static func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return Int32(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
  }

  @usableFromInline
  static func floorDivide(_ a: Int, _ b: Int) -> Int { (a >= 0 ? a : a - b + 1) / b }
}

extension CalendarDate: CustomStringConvertible {
  /// The day as ISO 8601, `2026-03-31`.
  public var description: String {
    let (year, month, day) = civil
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let digits = "\(year)"
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
      + "-\(two(month))-\(two(day))"
  }

  /// Reads an ISO 8601 day, exactly `YYYY-MM-DD`.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    guard let parsed = text.withUTF8({ Self.parse($0.span) }) else { return nil }
    self = parsed
  }

  /// Reads an ISO 8601 day from ASCII bytes, exactly `YYYY-MM-DD`.
  public static func parse(_ bytes: Span<UInt8>) -> CalendarDate? {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
        value = value * 10 + Int(bytes[index] - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    return CalendarDate(year: year, month: month, dayOfMonth: day)
  }
}
