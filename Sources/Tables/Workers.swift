import Dispatch
import Glibc

/// Work on all cores.
enum Workers {
  /// How many cores the system has.
  static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs `body` with each number below `count`, side by side, until all have ended.
  static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count == 1 { body(0) } else { DispatchQueue.concurrentPerform(iterations: count, execute: body) }
  }
}
