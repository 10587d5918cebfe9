import Diagnostics
import PlanModel
import Synchronization

/// How far a run has come with a component, in lines.
package struct RunProgress: Sendable {
  package let component: String
  package let done: Int
  package let total: Int
}

/// What a run tells while it works, and whether it is still wanted; asked by several threads, one at a time.
final class RunWatch: Sendable {
  private struct Callbacks {
    let isCancelled: () -> Bool
    let progress: (RunProgress) -> Void
  }

  // INVARIANT: the callbacks are called under the lock alone.
  private let callbacks: Mutex<Callbacks>

  init(isCancelled: @escaping () -> Bool, progress: @escaping (RunProgress) -> Void) {
    nonisolated(unsafe) let callbacks = Callbacks(isCancelled: isCancelled, progress: progress)
    self.callbacks = Mutex(callbacks)
  }

  func isCancelled() -> Bool { callbacks.withLock { $0.isCancelled() } }

  func progress(_ progress: RunProgress) { callbacks.withLock { $0.progress(progress) } }

  /// The fault of a run that was cancelled at this part of the plan.
  func cancellation(_ place: Named) -> Diagnostic {
    Diagnostic(.runCancelled, .error, "the run was cancelled", at: place.span)
  }
}
