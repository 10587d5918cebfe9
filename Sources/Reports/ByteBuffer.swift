/// Bytes that grow at their end.
///
/// The plain appends make room for themselves. A cursor does not: `reserve` gives it room, once for many puts.
package struct ByteBuffer: ~Copyable {
  // INVARIANT: `end` lies from `base` to `limit`, the bytes before it have a value, and `limit` is `slack` short of
  // the end of the allocation, so that a cursor may write up to `slack` bytes beyond those that it counts.
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

  mutating func append(_ byte: UInt8) {
    var cursor = reserve(1)
    cursor.put(byte)
    keep(cursor)
  }

  mutating func append(_ bytes: some Collection<UInt8>) {
    var cursor = reserve(bytes.count)
    for byte in bytes { cursor.put(byte) }
    keep(cursor)
  }

  // MARK: Within room that was made

  /// Where the next bytes go, with room for this many of them.
  @inline(__always)
  mutating func reserve(_ count: Int) -> ByteCursor {
    if limit - end < count { grow(count) }
    return ByteCursor(end: end)
  }

  /// Takes in what a cursor has put.
  @inline(__always)
  mutating func keep(_ cursor: ByteCursor) { end = cursor.end }

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
