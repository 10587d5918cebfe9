import Glibc

/// The places of a new array, which several tasks fill at once, each its own part.
package struct Filling<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  fileprivate let base: UnsafeMutablePointer<Element>
  package let count: Int

  /// Hands a part of the array to `body`, which must give every element of it a value.
  ///
  /// - Invariant: parts that are filled at the same time do not overlap.
  @inline(__always)
  package func fill<Result>(_ part: Range<Int>, _ body: (inout MutableSpan<Element>) -> Result) -> Result {
    precondition(part.lowerBound >= 0 && part.upperBound <= count, "a part lies outside its array")
    // INVARIANT: the part is inside the allocation, and by the invariant above nobody else touches it meanwhile.
    var span = MutableSpan<Element>(_unsafeStart: base.advanced(by: part.lowerBound), count: part.count)
    return body(&span)
  }
}

extension Array where Element: BitwiseCopyable & Sendable {
  /// An array of `count` elements, every one of which `body` has filled when it returns.
  package init(count: Int, filledBy body: (Filling<Element>) -> Void) {
    self.init(unsafeUninitializedCapacity: Swift.max(1, count)) { buffer, initialized in
      // INVARIANT: an array with room for one element or more has a base address.
      if let base = buffer.baseAddress {
        LargePages.advise(UnsafeMutableRawPointer(base), bytes: count * MemoryLayout<Element>.stride)
        body(Filling(base: base, count: count))
      }
      initialized = count
    }
  }
}

/// Asks the system to back a large piece of memory with large pages, which are quicker to get and to reach.
enum LargePages {
  static func advise(_ start: UnsafeMutableRawPointer, bytes: Int) {
    guard bytes >= 8 << 20 else { return }
    let page = 4096
    let first = (Int(bitPattern: start) + page - 1) / page * page
    // A refusal changes nothing but speed.
    madvise(UnsafeMutableRawPointer(bitPattern: first), bytes - page, MADV_HUGEPAGE)
  }
}
