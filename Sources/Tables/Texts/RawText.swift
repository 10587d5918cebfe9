/// Hashes, compares and checks short runs of bytes by words of eight.
///
/// INVARIANT: every load lies below `byteCount`, which the branch around it has tested.
enum RawText {
  /// A hash without a seed: it depends on the bytes alone.
  @inline(__always)
  static func hash(_ text: RawSpan) -> UInt64 {
    let count = text.byteCount
    var first: UInt64 = 0
    var last: UInt64 = 0
    if count >= 8 {
      first = word(text, 0)
      last = word(text, count - 8)
      var offset = 8
      while offset < count - 8 {
        first = mix(first ^ 0x9E37_79B9_7F4A_7C15, word(text, offset) ^ 0xD6E8_FEB8_6659_FD93)
        offset += 8
      }
    } else if count >= 4 {
      first = UInt64(half(text, 0))
      last = UInt64(half(text, count - 4))
    } else if count > 0 {
      first = UInt64(byte(text, 0)) | UInt64(byte(text, count >> 1)) << 8
      last = UInt64(byte(text, count - 1))
    }
    return mix(
      first ^ 0x9E37_79B9_7F4A_7C15,
      last ^ UInt64(truncatingIfNeeded: count) &* 0xE703_7ED1_A0B4_28DB ^ 0xD6E8_FEB8_6659_FD93)
  }

  /// Whether the two runs hold the same bytes.
  @inline(__always)
  static func equal(_ left: RawSpan, _ right: RawSpan) -> Bool {
    let count = left.byteCount
    if count != right.byteCount { return false }
    if count >= 8 {
      var offset = 0
      while offset < count - 8 {
        if word(left, offset) != word(right, offset) { return false }
        offset += 8
      }
      return word(left, count - 8) == word(right, count - 8)
    }
    if count >= 4 {
      return half(left, 0) == half(right, 0) && half(left, count - 4) == half(right, count - 4)
    }
    for offset in 0..<count where byte(left, offset) != byte(right, offset) { return false }
    return true
  }

  /// Whether `left` comes before `right` when their bytes are compared one by one.
  @inline(__always)
  static func precedes(_ left: RawSpan, _ right: RawSpan) -> Bool { order(left, right) < 0 }

  /// Less than 0 where `left` comes before `right`, 0 where they are equal.
  @inline(__always)
  static func order(_ left: RawSpan, _ right: RawSpan) -> Int {
    let count = min(left.byteCount, right.byteCount)
    var offset = 0
    if count >= 8 {
      while offset < count {
        // The last word may overlap the one before: those bytes are equal by now.
        let place = min(offset, count - 8)
        let (a, b) = (word(left, place), word(right, place))
        if a != b { return a.byteSwapped < b.byteSwapped ? -1 : 1 }
        offset += 8
      }
    } else {
      while offset < count {
        let (a, b) = (byte(left, offset), byte(right, offset))
        if a != b { return a < b ? -1 : 1 }
        offset += 1
      }
    }
    return left.byteCount - right.byteCount
  }

  /// Writes the bytes where there is room for them.
  @inline(__always)
  static func copy(_ text: RawSpan, to place: UnsafeMutableRawPointer) {
    let count = text.byteCount
    if count >= 8 {
      var offset = 0
      while offset < count {
        let next = min(offset, count - 8)
        (place + next).storeBytes(of: word(text, next).littleEndian, as: UInt64.self)
        offset += 8
      }
    } else {
      for offset in 0..<count { (place + offset).storeBytes(of: byte(text, offset), as: UInt8.self) }
    }
  }

  /// Whether the bytes are well-formed UTF-8.
  @inline(__always)
  static func isUTF8(_ text: RawSpan) -> Bool {
    isASCII(text) || text.withUnsafeBytes { String(validating: $0, as: UTF8.self) != nil }
  }

  /// Whether the highest bit of each byte is 0.
  @inline(__always)
  static func isASCII(_ text: RawSpan) -> Bool {
    let count = text.byteCount
    var bits: UInt64 = 0
    if count >= 8 {
      var offset = 0
      while offset < count - 8 {
        bits |= word(text, offset)
        offset += 8
      }
      bits |= word(text, count - 8)
    } else {
      for offset in 0..<count { bits |= UInt64(byte(text, offset)) }
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }

  /// What `body` makes of the bytes one by one.
  static func withBytes<Result>(_ text: RawSpan, _ body: (Span<UInt8>) -> Result) -> Result {
    text.withUnsafeBytes { $0.withMemoryRebound(to: UInt8.self) { body($0.span) } }
  }

  /// The bytes, copied.
  static func bytes(_ text: RawSpan) -> [UInt8] {
    withBytes(text) { bytes in bytes.indices.map { bytes[$0] } }
  }

  /// The eight bytes from here, the first of them in the lowest place.
  @inline(__always)
  static func word(_ text: RawSpan, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: text.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  static func half(_ text: RawSpan, _ offset: Int) -> UInt32 {
    UInt32(littleEndian: text.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  static func byte(_ text: RawSpan, _ offset: Int) -> UInt8 {
    text.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
