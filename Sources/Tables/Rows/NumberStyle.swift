/// How the cells of a table write numbers, shown by an example: `1.234,56`.
///
/// A style other than the plain one also takes `(1,234.56)` and `1,234.56-` for what is below zero. Groups must be of
/// three digits, so that `1.234` is never taken for one and a bit.
package struct NumberStyle: Sendable, Hashable {
  /// The example that names the style.
  package let example: String
  private let point: UInt8
  private let groups: [[UInt8]]

  private init(_ example: String, point: Character, groups: [String] = []) {
    self.example = example
    self.point = point.asciiValue ?? 0x2E
    self.groups = groups.map { Array($0.utf8) }
  }

  /// Digits with a point: `1234.56`.
  package static let plain = NumberStyle("1234.56", point: ".")

  /// All styles; spaces may be narrow or not break.
  package static let all = [
    plain, NumberStyle("1,234.56", point: ".", groups: [","]),
    NumberStyle("1.234,56", point: ",", groups: ["."]), NumberStyle("1234,56", point: ","),
    NumberStyle("1 234,56", point: ",", groups: [" ", "\u{A0}", "\u{202F}"]),
    NumberStyle("1'234.56", point: ".", groups: ["'", "\u{2019}"]),
  ]

  /// The same number in the plain style; nil where it is not written in this one.
  func plain(_ cell: [UInt8]) -> [UInt8]? {
    var body = cell[...]
    var isNegative = false
    if body.first == 0x28, body.last == 0x29 {
      body = body.dropFirst().dropLast()
      isNegative = true
    } else if body.last == 0x2D {
      body = body.dropLast()
      isNegative = true
    }
    while body.first == 0x20 { body = body.dropFirst() }
    while body.last == 0x20 { body = body.dropLast() }
    var plain: [UInt8] = isNegative ? [0x2D] : []
    if let sign = body.first, sign == 0x2D || sign == 0x2B {
      if isNegative { return nil }
      if sign == 0x2D { plain.append(sign) }
      body = body.dropFirst()
    }
    let whole = body.prefix { $0 != point }
    guard let digits = joined(whole) else { return nil }
    plain += digits
    let fraction = body.dropFirst(whole.count + 1)
    guard fraction.allSatisfy(Self.isDigit), whole.count == body.count || !fraction.isEmpty,
      !digits.isEmpty || !fraction.isEmpty
    else { return nil }
    return fraction.isEmpty ? plain : plain + [0x2E] + fraction
  }

  /// The digits before the point without what parts their groups; nil where a group is not of three.
  private func joined(_ whole: ArraySlice<UInt8>) -> [UInt8]? {
    var digits: [UInt8] = []
    var sinceMark: Int?
    var rest = whole
    while let byte = rest.first {
      if let mark = groups.first(where: { rest.starts(with: $0) }) {
        if sinceMark == nil ? !(1...3).contains(digits.count) : sinceMark != 3 { return nil }
        sinceMark = 0
        rest = rest.dropFirst(mark.count)
        continue
      }
      guard Self.isDigit(byte) else { return nil }
      digits.append(byte)
      sinceMark = sinceMark.map { $0 + 1 }
      rest = rest.dropFirst()
    }
    return sinceMark == nil || sinceMark == 3 ? digits : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
