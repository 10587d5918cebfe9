import Dispatch

/// Work on all cores whose results come back in order.
package enum Parallel {
  /// What `body` makes of each number from 0, in order; which core does what changes nothing.
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
}
