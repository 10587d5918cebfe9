import CSystem
import Glibc
import JSONRPC

/// Waits for the end of the editor, so that the server does not outlive it.
enum ParentWatch {
  /// Calls `gone` once the process is there no more.
  static func start(_ process: Int, gone: @escaping @Sendable () -> Void) {
    guard process > 0, let id = pid_t(exactly: process) else { return }
    BackgroundThread.start {
      if csystem_wait_for_end(id) == 0 {
        // The system offers no wait for a stranger: look now and then.
        while kill(id, 0) == 0 || errno != ESRCH { sleep(1) }
      }
      gone()
    }
  }
}
