/// Bytes that grow at their end, with room made ahead so that single bytes and digits cost no call.
package struct ByteBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  package private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(64, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  // INVARIANT: `count` bytes from `base` have a value, and every write first makes sure that it ends within `capacity`.

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: some Collection<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { source in
      reserve(source.count)
      if let start = source.baseAddress { base.advanced(by: count).update(from: start, count: source.count) }
      count += source.count
    }
    if isDone == nil { for byte in bytes { append(byte) } }
  }

  /// Appends a number's digits.
  @inline(__always)
  mutating func appendDigits(_ number: UInt64) {
    var width = 1
    var bound: UInt64 = 10
    while width < 20, number >= bound {
      width += 1
      if width < 20 { bound &*= 10 }
    }
    appendDigits(number, width: width)
  }

  /// Appends the last `width` digits of a number, zeros where it has fewer.
  @inline(__always)
  mutating func appendDigits(_ number: UInt64, width: Int) {
    reserve(width)
    var rest = number
    var place = count + width
    while place - count >= 2 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      let tens = UInt8(truncatingIfNeeded: pair / 10)
      base[place - 1] = 0x30 + UInt8(truncatingIfNeeded: pair) - tens * 10
      base[place - 2] = 0x30 + tens
      rest = quotient
      place -= 2
    }
    if place > count { base[count] = 0x30 + UInt8(truncatingIfNeeded: rest % 10) }
    count += width
  }

  /// The bytes, which are left empty.
  mutating func take() -> [UInt8] {
    defer { count = 0 }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { start.initialize(from: base, count: count) }
      initialized = count
    }
  }

  /// Hands the bytes to `body`.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: base, count: count))
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}
