/// Puts bytes one after the other where there is room for them.
///
/// Held apart from its buffer it stays in a register while a row is written.
struct ByteCursor {
  // INVARIANT: as many bytes as were reserved, and 32 more, may be written from where it began.
  fileprivate(set) var end: UnsafeMutablePointer<UInt8>

  init(end: UnsafeMutablePointer<UInt8>) { self.end = end }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    end.pointee = byte
    end += 1
  }

  /// Puts bytes of which those up to 16 can be read even where `count` is less.
  @inline(__always)
  mutating func put(_ start: UnsafePointer<UInt8>, count: Int) {
    if count <= 16 {
      let block = UnsafeRawPointer(start).loadUnaligned(as: SIMD16<UInt8>.self)
      UnsafeMutableRawPointer(end).storeBytes(of: block, as: SIMD16<UInt8>.self)
    } else {
      end.update(from: start, count: count)
    }
    end += count
  }

  /// Puts a number's digits, at most 20.
  @inline(__always)
  mutating func putDigits(_ number: UInt64) {
    if number < 100_000_000 { putShort(number) } else { putLong(number) }
  }

  @inline(never)
  private mutating func putLong(_ number: UInt64) {
    let (high, low) = number.quotientAndRemainder(dividingBy: 100_000_000)
    let (highest, middle) = high.quotientAndRemainder(dividingBy: 100_000_000)
    if highest > 0 {
      putShort(highest)
      put(Self.eightDigits(middle) | Self.zeros, count: 8)
    } else {
      putShort(middle)
    }
    put(Self.eightDigits(low) | Self.zeros, count: 8)
  }

  /// Puts the digits of a number below 100,000,000.
  @inline(__always)
  private mutating func putShort(_ number: UInt64) {
    if number < 10 { return put(0x30 &+ UInt8(truncatingIfNeeded: number)) }
    let digits = Self.eightDigits(number)
    // Zeros before the first digit are shifted out; there is one digit at least.
    let leading = digits.trailingZeroBitCount >> 3
    put((digits | Self.zeros) >> UInt64(truncatingIfNeeded: leading &* 8), count: 8 &- leading)
  }

  /// Puts a point and two digits.
  @inline(__always)
  mutating func putCents(_ cents: UInt64) {
    let tens = (cents &* 103) >> 10
    let ones = cents &- tens &* 10
    put(0x30302E | tens << 8 | ones << 16, count: 3)
  }

  /// Puts the last `width` digits of a number, zeros where it has fewer.
  @inline(__always)
  mutating func putDigits(_ number: UInt64, width: Int) {
    var rest = number
    for place in stride(from: width - 1, through: 0, by: -1) {
      let quotient = rest / 10
      end[place] = 0x30 &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
      rest = quotient
    }
    end += width
  }

  /// Puts the lowest `count` bytes of a word, the lowest first.
  @inline(__always)
  private mutating func put(_ word: UInt64, count: Int) {
    UnsafeMutableRawPointer(end).storeBytes(of: word.littleEndian, as: UInt64.self)
    end += count
  }

  private static var zeros: UInt64 { 0x3030_3030_3030_3030 }

  /// The eight digits of a number below 100,000,000, a byte each, the first of them in the lowest.
  ///
  /// All are divided at once, by products: fours, then twos, then ones. 10,486 / 2^20 is a hundredth for numbers below
  /// 10,000, and 103 / 2^10 a tenth for those below 100.
  @inline(__always)
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let high = number / 10_000
    let fours = high | (number &- high &* 10_000) << 32
    let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) << 16
    let tens = ((twos &* 103) >> 10) & 0x000F_000F_000F_000F
    return tens | (twos &- tens &* 10) << 8
  }
}
