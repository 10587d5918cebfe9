/// Distinct integers numbered from 0 in order of first sight.
struct IntegerPool {
  private var integers: [Int64] = []
  // INVARIANT: a power of two long, at most half full; a slot holds a number plus one, or 0 when empty.
  private var slots = [Int32](repeating: 0, count: 64)

  init(_ integers: some Sequence<Int64> = []) {
    for integer in integers { _ = number(integer) }
  }

  /// The number of the integer, new when not seen before.
  mutating func number(_ integer: Int64) -> Int32 {
    var slot = place(integer)
    if slots[slot] != 0 { return slots[slot] - 1 }
    integers.append(integer)
    if integers.count * 2 > slots.count {
      slots = [Int32](repeating: 0, count: slots.count * 2)
      for (number, integer) in integers.dropLast().enumerated() { slots[place(integer)] = Int32(number + 1) }
      slot = place(integer)
    }
    slots[slot] = Int32(integers.count)
    return Int32(integers.count - 1)
  }

  func contains(_ integer: Int64) -> Bool { slots[place(integer)] != 0 }

  /// The slot that holds the integer, or the empty one that it would go to.
  private func place(_ integer: Int64) -> Int {
    let mixed = UInt64(bitPattern: integer) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed ^ mixed >> 32) & (slots.count - 1)
    while slots[slot] != 0, integers[Int(slots[slot] - 1)] != integer {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
