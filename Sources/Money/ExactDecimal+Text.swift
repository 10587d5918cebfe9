extension ExactDecimal: CustomStringConvertible {
  /// The plain digits, with as many after the point as the scale says: `-0.0750`.
  public var description: String { String(decoding: Self.digits(coefficient, scale: scale), as: UTF8.self) }

  /// The plain digits with a comma before each group of three: `-1,234.50`.
  public var grouped: String {
    let digits = description
    let sign = coefficient < 0 ? "-" : ""
    let parts = digits.dropFirst(sign.count).split(separator: ".", maxSplits: 1)
    var whole = ""
    for (place, digit) in parts[0].enumerated() {
      if place > 0, (parts[0].count - place) % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// The plain digits of `coefficient` with `scale` of them after the point, as ASCII bytes.
  public static func digits(_ coefficient: Int128, scale: Int) -> [UInt8] {
    var reversed: [UInt8] = []
    var rest = coefficient.magnitude
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      reversed.append(UInt8(truncatingIfNeeded: digit) + 0x30)
      rest = quotient
      if reversed.count == scale && scale > 0 { reversed.append(0x2E) }
    } while rest != 0 || reversed.count < (scale > 0 ? scale + 2 : 1)
    if coefficient < 0 { reversed.append(0x2D) }
    return reversed.reversed()
  }

  /// Appends the plain digits of `coefficient` with `places` of them after the point, as `digits` gives them.
  public static func append(_ coefficient: Int64, places: Int, to bytes: inout [UInt8]) {
    let first = bytes.count
    var rest = coefficient.magnitude
    var count = 0
    repeat {
      if count == places, places > 0 { bytes.append(0x2E) }
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(truncatingIfNeeded: digit) + 0x30)
      rest = quotient
      count += 1
    } while rest != 0 || count <= places
    if coefficient < 0 { bytes.append(0x2D) }
    var (left, right) = (first, bytes.count - 1)
    while left < right {
      bytes.swapAt(left, right)
      left += 1
      right -= 1
    }
  }

  /// Reads plain digits: an optional sign, digits, an optional point with digits, an optional exponent.
  ///
  /// No separators, no spaces, no percent sign. Returns nil for anything else, and for numbers of more
  /// than 38 digits.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let parsed = text.withUTF8 { Self.parse($0.span) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads plain digits from ASCII bytes, as `init(_:)` does from text.
  public static func parse(_ bytes: Span<UInt8>) -> ExactDecimal? {
    var index = 0
    let end = bytes.count
    guard end > 0 else { return nil }
    let negative = bytes[0] == 0x2D
    if negative || bytes[0] == 0x2B { index = 1 }
    var digits: Int128 = 0
    var scale = 0
    var count = 0
    var seenPoint = false
    while index < end {
      let byte = bytes[index]
      if byte == 0x2E && !seenPoint {
        seenPoint = true
      } else if byte >= 0x30 && byte <= 0x39 {
        let (shifted, overflow) = digits.multipliedReportingOverflow(by: 10)
        let (sum, carried) = shifted.addingReportingOverflow(Int128(byte - 0x30))
        if overflow || carried { return nil }
        digits = sum
        count += 1
        if seenPoint { scale += 1 }
      } else {
        break
      }
      index += 1
    }
    guard count > 0 else { return nil }
    if negative { digits = -digits }
    if index == end {
      return scale <= PowersOfTen.largestExponent ? ExactDecimal(coefficient: digits, scale: scale) : nil
    }
    return withExponent(bytes, from: index, digits: digits, scale: scale)
  }

  private static func withExponent(
    _ bytes: Span<UInt8>, from start: Int, digits: Int128, scale: Int
  ) -> ExactDecimal? {
    var index = start
    guard bytes[index] | 0x20 == 0x65 else { return nil }
    index += 1
    guard index < bytes.count else { return nil }
    let negative = bytes[index] == 0x2D
    if negative || bytes[index] == 0x2B { index += 1 }
    guard index < bytes.count, bytes.count - index <= 3 else { return nil }
    var exponent = 0
    while index < bytes.count {
      guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
      exponent = exponent * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    let newScale = scale + (negative ? exponent : -exponent)
    if newScale > PowersOfTen.largestExponent { return nil }
    if newScale >= 0 { return ExactDecimal(coefficient: digits, scale: newScale) }
    guard let grown = try? times(digits, powerOfTen: -newScale) else { return nil }
    return ExactDecimal(coefficient: grown, scale: 0)
  }
}
