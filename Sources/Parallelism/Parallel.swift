import Dispatch
import Glibc

/// Work on all cores whose results come back in order: which core does what changes nothing.
package enum Parallel {
  /// How many cores the system has.
  package static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// What `body` makes of each number from 0, in order.
  package static func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    if count <= 1 { return (0..<count).map(body) }
    return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      // INVARIANT: each place is written once, by the one iteration that has its number, and read after all ended.
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        places.initializeElement(at: index, to: body(index))
      }
      initialized = count
    }
  }

  /// Does `body` for each number from 0.
  package static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 { return (0..<count).forEach(body) }
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }

  /// `count` things cut into stretches of about `size`, the last one shorter.
  package static func stretches(_ count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }
}
