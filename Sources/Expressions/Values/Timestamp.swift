import PlanCalendar

/// A moment to the nanosecond in UTC, from year 1 through 9999.
package struct Timestamp: Sendable, Hashable, Comparable {
  static let day: Int64 = 86_400
  private static let first = seconds(-719_162, 0)
  private static let last = seconds(2_932_896, day - 1)

  /// Whole seconds since 1970-01-01, rounded down.
  package let seconds: Int64
  /// The nanoseconds after them.
  package let nanoseconds: Int64

  /// A moment; a fault outside the years 1 through 9999.
  package init(seconds: Int64, nanoseconds: Int64 = 0) throws(EvaluationFault) {
    guard seconds >= Self.first, seconds <= Self.last else {
      throw EvaluationFault("the timestamp is outside the range of years 1 to 9999")
    }
    (self.seconds, self.nanoseconds) = (seconds, nanoseconds)
  }

  private static func seconds(_ days: Int64, _ rest: Int64) -> Int64 { days * day + rest }

  package static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  func adding(_ span: TimeSpan) throws(EvaluationFault) -> Self {
    let total = Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) + Int128(span.nanoseconds)
    let (whole, rest) = floorDivide(total, 1_000_000_000)
    return try Self(seconds: Int64(truncatingIfNeeded: whole), nanoseconds: Int64(truncatingIfNeeded: rest))
  }

  func since(_ other: Self) throws(EvaluationFault) -> TimeSpan {
    let span =
      Int128(seconds - other.seconds) * 1_000_000_000 + Int128(nanoseconds) - Int128(other.nanoseconds)
    return try TimeSpan(span)
  }

  /// The day and the second in it, so many seconds ahead of UTC.
  func civil(ahead offset: Int64) -> (date: CalendarDate, second: Int64) {
    let (days, second) = floorDivide(seconds + offset, Self.day)
    return (CalendarDate(day: Int32(truncatingIfNeeded: days)), second)
  }

  /// Reads RFC 3339, `2026-03-31T23:59:59.5+02:00`.
  package init(_ text: String) throws(EvaluationFault) {
    let bytes = Array(text.utf8)
    let fault = EvaluationFault("`\(text)` is no timestamp in range; write it as 2026-03-31T23:59:59Z")
    guard bytes.count >= 20, let date = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self)),
      bytes[10] | 0x20 == 0x74, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let hour = Self.number(bytes[11..<13], below: 24), let minute = Self.number(bytes[14..<16], below: 60),
      let second = Self.number(bytes[17..<19], below: 60)
    else { throw fault }
    var index = 19
    var nanoseconds: Int64 = 0
    if bytes[19] == 0x2E {
      var unit: Int64 = 100_000_000
      index = 20
      while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
        nanoseconds += Int64(bytes[index] - 0x30) * unit
        (unit, index) = (unit / 10, index + 1)
      }
      if index == 20 { throw fault }
    }
    guard let offset = Self.offset(bytes[index...]) else { throw fault }
    try self.init(
      seconds: Self.seconds(Int64(date.day), hour * 3600 + minute * 60 + second) - offset,
      nanoseconds: nanoseconds)
  }

  /// Seconds ahead of UTC of `Z`, `UTC`, `+02:00` or `-09:30`; nil for other zones.
  static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let text = String(decoding: bytes, as: UTF8.self)
    if text == "Z" || text == "z" || text == "UTC" { return 0 }
    let digits = bytes.first == 0x2B || bytes.first == 0x2D ? bytes.dropFirst() : bytes
    guard digits.count == 5, digits[digits.startIndex + 2] == 0x3A,
      let hour = number(digits.prefix(2), below: 24), let minute = number(digits.suffix(2), below: 60)
    else { return nil }
    return (bytes.first == 0x2D ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  private static func number(_ bytes: ArraySlice<UInt8>, below limit: Int64) -> Int64? {
    var value: Int64 = 0
    for byte in bytes {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    return value < limit ? value : nil
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC, with as many digits of the second as it needs.
  package var description: String {
    let (date, second) = civil(ahead: 0)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    return "\(date)T\(time)\(TimeSpan.decimals(nanoseconds))Z"
  }
}

/// The quotient rounded down, and what is left.
func floorDivide<Number: SignedInteger>(_ a: Number, _ b: Number) -> (Number, Number) {
  let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
  return rest < 0 ? (quotient - 1, rest + b) : (quotient, rest)
}
