/// Remembers the numbers of short texts, so that one that comes again and again need not be looked up in its pool.
struct RecentTexts {
  /// A text of up to 16 bytes as two words, the bytes behind it zero.
  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// -1 where no text is remembered.
    var count: Int32 = -1
    var code: Int32 = 0
  }

  // INVARIANT: empty, or two to the power of `bits` long.
  private var entries: [Entry] = []
  private var bits: UInt64 = 0

  /// The number of a text in the pool, which numbers it where it is new; nil when it is new and not UTF-8.
  ///
  /// INVARIANT: 16 bytes may be loaded from where the text begins.
  @inline(__always)
  mutating func code(_ text: RawSpan, in pool: inout TextPool) -> Int32? {
    let count = text.byteCount
    if count > 16 || pool.isAscending { return pool.code(checking: text) }
    if entries.isEmpty { makeRoom(bits: 10) }
    // What stands behind the text is cut off, by shifts of less than 64 bits.
    let rest = UInt64(truncatingIfNeeded: 8 &* (16 &- count))
    let low = RawText.word(text, 0) & (rest > 64 ? .max &>> (rest &- 64) : .max)
    let high = rest >= 64 ? 0 : RawText.word(text, 8) & (.max &>> rest)
    let mixed = (low ^ high &* 0xD6E8_FEB8_6659_FD93) &* 0x9E37_79B9_7F4A_7C15
    let place = Int(truncatingIfNeeded: mixed &>> (64 &- bits))
    let entry = entries[place]
    if entry.low == low, entry.high == high, entry.count == count { return entry.code }
    guard let code = pool.code(checking: text) else { return nil }
    if bits < 15, pool.count * 2 > entries.count {
      makeRoom(bits: bits + 1)
      return code
    }
    entries[place] = Entry(low: low, high: high, count: Int32(count), code: code)
    return code
  }

  /// Begins anew with room for more; what comes again is looked up once.
  @inline(never)
  private mutating func makeRoom(bits: UInt64) {
    self.bits = bits
    entries = [Entry](repeating: Entry(), count: 1 << bits)
  }

  /// Forgets all numbers.
  mutating func removeAll() { entries = [] }
}
