/// Bytes that grow at their end.
///
/// The plain appends make room for themselves. Those named `put` do not: `makeRoom` comes before them, once for many.
package struct ByteBuffer: ~Copyable {
  // INVARIANT: `end` lies from `base` to `limit`, the bytes before it have a value, and `limit` is `slack` short of
  // the end of the allocation, so that a `put` may write up to `slack` bytes beyond those that it counts.
  private var base: UnsafeMutablePointer<UInt8>
  private var end: UnsafeMutablePointer<UInt8>
  private var limit: UnsafeMutablePointer<UInt8>
  private static let slack = 32

  init(capacity: Int) {
    base = .allocate(capacity: capacity + Self.slack)
    end = base
    limit = base + capacity
  }

  deinit { base.deallocate() }

  package var count: Int { end - base }

  /// Makes room for this many bytes more.
  @inline(__always)
  mutating func makeRoom(_ count: Int) {
    if limit - end < count { grow(count) }
  }

  mutating func append(_ byte: UInt8) {
    makeRoom(1)
    put(byte)
  }

  mutating func append(_ bytes: some Collection<UInt8>) {
    makeRoom(bytes.count)
    for byte in bytes { put(byte) }
  }

  // MARK: Within room that was made

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    end.pointee = byte
    end += 1
  }

  /// Puts bytes of which those up to `slack` beyond `count` can be read too.
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
    var width = 1
    if number >= 10_000 {
      width = 5
      var rest = number / 10_000
      while rest >= 10 {
        rest /= 10
        width += 1
      }
    } else {
      width = number >= 100 ? (number >= 1000 ? 4 : 3) : (number >= 10 ? 2 : 1)
    }
    putDigits(number, width: width)
  }

  /// Puts the last `width` digits of a number, zeros where it has fewer.
  @inline(__always)
  mutating func putDigits(_ number: UInt64, width: Int) {
    var rest = number
    var place = width
    while place >= 2 {
      let quotient = rest / 100
      let pair = UInt32(truncatingIfNeeded: rest &- quotient &* 100)
      let tens = (pair &* 103) >> 10
      end[place - 2] = 0x30 &+ UInt8(truncatingIfNeeded: tens)
      end[place - 1] = 0x30 &+ UInt8(truncatingIfNeeded: pair &- tens &* 10)
      rest = quotient
      place -= 2
    }
    if place == 1 { end[0] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10) }
    end += width
  }

  // MARK: What was gathered

  /// The bytes, which are left empty.
  mutating func take() -> [UInt8] {
    defer { end = base }
    return Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Hands the bytes to `body`.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: base, count: count))
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let held = count
    let capacity = max((limit - base) * 2, held + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.slack)
    moved.update(from: base, count: held)
    base.deallocate()
    (base, end, limit) = (moved, moved + held, moved + capacity)
  }
}
