/// The texts of some codes of a pool one after the other, in the order of the codes.
///
/// They are looked up all at once, so that the waits for texts that lie far apart in memory overlap.
package struct GatheredTexts: Sendable {
  /// The bytes of all texts, and sixteen more that mean nothing.
  package let bytes: [UInt8]
  /// Where each text ends; it begins where the one before ends.
  package let ends: [Int32]
}

extension TextPool {
  /// The texts with these codes; a code below zero gives an empty one.
  package func gathered(_ codes: [Int32]) -> GatheredTexts {
    let ranges = codes.map { $0 < 0 ? Range(uncheckedBounds: (0, 0)) : range($0) }
    let count = ranges.reduce(0) { $0 + $1.count }
    var ends = [Int32](repeating: 0, count: codes.count)
    let bytes = [UInt8](unsafeUninitializedCapacity: count + 16) { buffer, initialized in
      withBytes { source in
        guard let target = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
        var end = 0
        for (index, range) in ranges.enumerated() {
          // INVARIANT: the ranges lie in `source`, and their counts add up to `count`; a block of sixteen bytes is read
          // where `source` has as many, and written where `target` has room for them.
          if let start = source.baseAddress.map({ UnsafeRawPointer($0) + range.lowerBound }), !range.isEmpty {
            if range.count <= 16, range.lowerBound + 16 <= source.count {
              let block = start.loadUnaligned(as: SIMD16<UInt8>.self)
              (target + end).storeBytes(of: block, as: SIMD16<UInt8>.self)
            } else {
              (target + end).copyMemory(from: start, byteCount: range.count)
            }
          }
          end += range.count
          ends[index] = Int32(truncatingIfNeeded: end)
        }
        (target + end).initializeMemory(as: UInt8.self, repeating: 0, count: 16)
      }
      initialized = count + 16
    }
    return GatheredTexts(bytes: bytes, ends: ends)
  }
}
