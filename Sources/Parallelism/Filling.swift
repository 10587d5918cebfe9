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

extension Array where Element: BitwiseCopyable & Sendable {
  private static var stretch: Int { 1 << 16 }

  /// An array of `count` elements that `body` fills, stretch by stretch on all cores: the span's first place is the
  /// array's place of the number.
  package init(count: Int, onAllCores body: @Sendable (inout MutableSpan<Element>, Int) -> Void) {
    self.init(count: count) { filling in
      let stretches = Parallel.stretches(count, size: Self.stretch)
      Parallel.forEach(stretches.count) { index in
        filling.fill(stretches[index]) { body(&$0, stretches[index].lowerBound) }
      }
    }
  }

  /// Makes room for `count` elements, in large pages where that is worth it; memory is taken only as it is filled.
  package mutating func reserveLargePages(_ count: Int) {
    reserveCapacity(count)
    let bytes = count * MemoryLayout<Element>.stride
    withUnsafeMutableBufferPointer { buffer in
      // INVARIANT: advice changes no contents; what lies behind the elements is the array's own room.
      if let base = buffer.baseAddress { LargePages.advise(UnsafeMutableRawPointer(base), bytes: bytes) }
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
