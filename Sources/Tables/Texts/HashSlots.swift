/// Where texts stand in a run, by the hash of their bytes.
struct HashSlots: Sendable {
  // INVARIANT: a power of two long, or empty, and at most half full. A slot holds 0 when empty, else a code plus
  // one in its lower bits, as many as number the slots, and bits of the text's hash in the others.
  private var slots: [UInt32] = []
  private var used = 0

  var isEmpty: Bool { slots.isEmpty }

  /// No slots; not empty only once made of texts.
  init() {}

  /// Slots for all the texts of a run.
  init(_ texts: TextRun) {
    var length = 32
    while length < texts.count * 2 + 2 { length *= 2 }
    slots = [UInt32](repeating: 0, count: length)
    for code in 0..<Int32(texts.count) { place(code, texts) }
  }

  /// The number of the text, or nil when no slot has it.
  @inline(__always)
  func find(_ text: RawSpan, in texts: TextRun) -> Int32? {
    let mask = slots.count - 1
    let low = UInt32(truncatingIfNeeded: mask)
    let hash = RawText.hash(text)
    let tag = UInt32(truncatingIfNeeded: hash >> 32) & ~low
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] & ~low == tag {
        let code = Int32(bitPattern: (slots[slot] & low) &- 1)
        if texts.equal(code, text) { return code }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Notes a text that no slot has yet.
  mutating func insert(_ code: Int32, in texts: TextRun) {
    if (used + 1) * 2 > slots.count { self = HashSlots(texts) } else { place(code, texts) }
  }

  private mutating func place(_ code: Int32, _ texts: TextRun) {
    let mask = slots.count - 1
    let hash = texts.with(code) { RawText.hash($0) }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] =
      UInt32(truncatingIfNeeded: hash >> 32) & ~UInt32(truncatingIfNeeded: mask)
      | UInt32(bitPattern: code + 1)
    used += 1
  }
}
