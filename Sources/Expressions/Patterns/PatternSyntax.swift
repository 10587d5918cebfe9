/// A part of a regular expression.
indirect enum PatternSyntax {
  case empty
  case one(LetterSet)
  case sequence([PatternSyntax])
  case either([PatternSyntax])
  case repeated(PatternSyntax, atLeast: Int, atMost: Int?)
  case start, end, wordEdge, notWordEdge
}

/// Which letters stand at a place of a pattern.
struct LetterSet {
  var ranges: [ClosedRange<UInt32>] = []
  var isInverted = false

  func contains(_ letter: UInt32) -> Bool { ranges.contains { $0.contains(letter) } != isInverted }

  static func single(_ letter: Unicode.Scalar) -> Self { Self(ranges: [letter.value...letter.value]) }

  static let digits = Self(ranges: [0x30...0x39])
  static let words = Self(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let spaces = Self(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  /// Any letter but the end of a line.
  static let dot = Self(ranges: [0x0A...0x0A], isInverted: true)

  /// The ranges, those between them where the set is inverted.
  var plainRanges: [ClosedRange<UInt32>] {
    guard isInverted else { return ranges }
    var (rest, next): ([ClosedRange<UInt32>], UInt32) = ([], 0)
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { rest.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    return next <= 0x10FFFF ? rest + [next...0x10FFFF] : rest
  }

  /// The set with the capital and small forms of its ASCII letters.
  var withoutCase: Self {
    var set = self
    for range in ranges {
      let capitals = range.clamped(to: 0x41...0x5A)
      let smalls = range.clamped(to: 0x61...0x7A)
      if range.overlaps(0x41...0x5A) {
        set.ranges.append((capitals.lowerBound | 0x20)...(capitals.upperBound | 0x20))
      }
      if range.overlaps(0x61...0x7A) {
        set.ranges.append((smalls.lowerBound & 0x5F)...(smalls.upperBound & 0x5F))
      }
    }
    return set
  }
}
