/// Distinct texts numbered from 0 in order of first sight, held as one run of UTF-8 bytes.
///
/// While texts arrive in ascending order of their bytes, as ids often do, nothing but the run is kept and texts
/// are found by halving; the first text out of order makes the slots of a hash table.
package struct TextPool: Sendable {
  private var texts = TextRun()
  /// The hash table, empty while the pool is ascending.
  private var slots = HashSlots()

  package init() {}

  /// How many distinct texts there are.
  package var count: Int { texts.count }

  /// Whether each text comes after the one before it in the order of their bytes.
  package var isAscending: Bool { slots.isEmpty }

  /// The number of the text with these bytes, new when not seen before.
  package mutating func code(_ text: Span<UInt8>) -> Int32 { code(text.bytes) }

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
  package func find(_ text: Span<UInt8>) -> Int32? { find(text.bytes) }

  /// The text with this number.
  package subscript(code: Int32) -> String { String(decoding: utf8(code), as: UTF8.self) }

  /// The bytes of the text with this number.
  package func utf8(_ code: Int32) -> ArraySlice<UInt8> { texts.bytes[texts.range(code)] }

  /// Where the text with this number stands among the bytes of all.
  func range(_ code: Int32) -> Range<Int> { texts.range(code) }

  /// Hands the bytes of all texts to `body`.
  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) { texts.bytes.withUnsafeBufferPointer(body) }

  /// The number of the text, new when not seen before, or nil when it is new and not UTF-8.
  @inline(__always)
  mutating func code(checking text: RawSpan) -> Int32? {
    let code = code(text, checks: true)
    return code < 0 ? nil : code
  }

  /// The number of the text, new when not seen before.
  mutating func code(_ text: RawSpan) -> Int32 { code(text, checks: false) }

  func find(_ text: RawSpan) -> Int32? {
    if !slots.isEmpty { return slots.find(text, in: texts) }
    var range = 0..<Int32(count)
    while !range.isEmpty {
      let middle = range.lowerBound + Int32(range.count / 2)
      if texts.precedes(middle, text) {
        range = (middle + 1)..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    let place = range.lowerBound
    return place < count && texts.equal(place, text) ? place : nil
  }

  /// For each text of a run without equals, its number here, new when not seen before.
  mutating func codes(adding run: TextRun, ascending: Bool) -> [Int32] {
    if run.count == 0 { return [] }
    let next = Int32(count)
    if isAscending, ascending, next == 0 || run.with(0, { texts.precedes(next - 1, $0) }) {
      texts.append(run, 0..<Int32(run.count))
      return Array(next..<next + Int32(run.count))
    }
    return (0..<Int32(run.count)).map { number in run.with(number) { code($0) } }
  }

  /// The numbers of the first cells of a batch, as long as they ascend like the texts so far.
  mutating func codes(ascendingIn text: RawSpan, _ batch: RecordBatch, field: Int) -> [Int32] {
    if !isAscending { return [] }
    let next = Int32(count)
    return Array(next..<next + Int32(texts.append(ascendingIn: text, batch, field: field)))
  }

  /// The texts that are numbered from here on.
  func texts(from first: Int) -> TextRun {
    if first == 0 { return texts }
    var run = TextRun()
    run.append(texts, Int32(first)..<Int32(count))
    return run
  }

  /// Makes room for so many times the texts that there are.
  mutating func reserve(times factor: Int) {
    texts.reserve(count: texts.count * factor, bytes: texts.bytes.count * factor)
  }

  /// The number of the text, new when not seen before; -1 when it is new, checked, and not UTF-8.
  @inline(__always)
  private mutating func code(_ text: RawSpan, checks: Bool) -> Int32 {
    let next = Int32(count)
    if slots.isEmpty {
      let order = next == 0 ? -1 : texts.order(next - 1, text)
      if order == 0 { return next - 1 }
      if order > 0 { slots = HashSlots(texts) }
    }
    if !slots.isEmpty, let known = slots.find(text, in: texts) { return known }
    if checks, !RawText.isUTF8(text) { return -1 }
    texts.append(text)
    if !slots.isEmpty { slots.insert(next, in: texts) }
    return next
  }
}

extension TextPool {
  /// For each code of this pool, the code of the same text in `other`, or -1.
  package func codes(in other: TextPool) -> [Int32] {
    // Halving is the shorter way only where this pool is far smaller than the other.
    if !other.isAscending || count < other.count / 16 {
      return (0..<Int32(count)).map { code in texts.with(code) { other.find($0) } ?? -1 }
    }
    if isAscending { return merged(other) }
    var codes = [Int32](repeating: -1, count: count)
    for code in 0..<Int32(other.count) {
      if let own = other.texts.with(code, { find($0) }) { codes[Int(own)] = code }
    }
    return codes
  }

  /// For each code, its place when the texts are sorted by their bytes.
  package func ranks() -> [Int32] {
    let all = 0..<Int32(count)
    if isAscending { return Array(all) }
    let order = all.sorted { left, right in texts.with(right) { texts.precedes(left, $0) } }
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, code) in order.enumerated() { ranks[Int(code)] = Int32(rank) }
    return ranks
  }

  /// The codes in `other`, where both pools ascend.
  private func merged(_ other: TextPool) -> [Int32] {
    let end = Int32(other.count)
    var place: Int32 = 0
    return (0..<Int32(count)).map { code in
      texts.with(code) { text in
        while place < end, other.texts.precedes(place, text) { place += 1 }
        return place < end && other.texts.equal(place, text) ? place : -1
      }
    }
  }
}
