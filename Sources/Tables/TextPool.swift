/// Distinct texts numbered from 0 in order of first sight, held as one run of UTF-8 bytes.
package struct TextPool: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  // INVARIANT: a power of two long, at most half full; a slot holds a code plus one, or 0 when empty.
  private var slots: [Int32] = [Int32](repeating: 0, count: 16)

  package init() {}

  /// How many distinct texts there are.
  package var count: Int { ends.count }

  /// The number of the text with these bytes, new when not seen before.
  package mutating func code(_ text: Span<UInt8>) -> Int32 {
    var slot = hash(text) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if equals(code, text) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    let code = Int32(ends.count)
    for index in text.indices { bytes.append(text[index]) }
    ends.append(bytes.count)
    slots[slot] = code + 1
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  /// The number of the text, new when not seen before.
  package mutating func code(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { code($0.span) }
  }

  /// The number of the text, or nil when it is not in the pool.
  package func find(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { find($0.span) }
  }

  /// The number of the text with these bytes, or nil when it is not in the pool.
  package func find(_ text: Span<UInt8>) -> Int32? {
    var slot = hash(text) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if equals(code, text) { return code }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The text with this number.
  package subscript(code: Int32) -> String { String(decoding: utf8(code), as: UTF8.self) }

  /// The bytes of the text with this number.
  package func utf8(_ code: Int32) -> ArraySlice<UInt8> { bytes[start(code)..<ends[Int(code)]] }

  /// Whether any text has a byte for which this holds.
  package func contains(where isWanted: (UInt8) -> Bool) -> Bool { bytes.contains(where: isWanted) }

  /// For each code of this pool, the code of the same text in `other`, or -1.
  package func codes(in other: TextPool) -> [Int32] {
    (0..<Int32(count)).map { other.find(utf8($0).span) ?? -1 }
  }

  /// For each code, its place when the texts are sorted by their bytes.
  package func ranks() -> [Int32] {
    let all = 0..<Int32(count)
    // Ids are often handed out in the order of their bytes.
    if all.dropFirst().allSatisfy({ utf8($0 - 1).lexicographicallyPrecedes(utf8($0)) }) { return Array(all) }
    let order = all.sorted { utf8($0).lexicographicallyPrecedes(utf8($1)) }
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, code) in order.enumerated() { ranks[Int(code)] = Int32(rank) }
    return ranks
  }

  private func start(_ code: Int32) -> Int { code == 0 ? 0 : ends[Int(code) - 1] }

  private func equals(_ code: Int32, _ text: Span<UInt8>) -> Bool {
    let first = start(code)
    guard ends[Int(code)] - first == text.count else { return false }
    for index in text.indices where bytes[first + index] != text[index] { return false }
    return true
  }

  /// FNV-1a, which needs no seed: codes depend on the order of first sight alone.
  private func hash(_ text: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for code in 0..<Int32(count) {
      var slot = hash(utf8(code).span) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = code + 1
    }
  }
}
