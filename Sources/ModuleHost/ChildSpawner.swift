import Diagnostics
import JSONRPC
import SystemIO

/// The thread that starts all child processes, and lives as long as the program.
///
/// The system ends a child with the thread that started it, so that a child of a short-lived thread would be
/// killed in the middle of its work.
enum ChildSpawner {
  private typealias Job = @Sendable () -> Void

  private static let jobs: Mailbox<[Job]> = {
    let jobs = Mailbox<[Job]>([])
    BackgroundThread.start {
      while true { jobs.wait { $0.isEmpty ? nil : $0.removeFirst() }() }
    }
    return jobs
  }()

  /// Starts a program; throws a diagnostic when the system cannot.
  static func start(executable: String, folder: String) throws(Diagnostic) -> ChildProcess {
    let outcome = Mailbox<Result<ChildProcess, Diagnostic>?>(nil)
    jobs.update { jobs in
      jobs.append {
        let result = Result { () throws(Diagnostic) in
          try ChildProcess(executable: executable, folder: folder)
        }
        outcome.update { $0 = result }
      }
    }
    return try outcome.wait { $0 }.get()
  }
}
