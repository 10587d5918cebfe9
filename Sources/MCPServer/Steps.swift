import Synchronization

/// Counts the steps of a call's progress, which may be told by several threads.
final class Steps: Sendable {
  private let count = Atomic(0)

  /// The number of the next step, from 1.
  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
