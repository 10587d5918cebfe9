import Glibc
import JSONCore
import JSONRPC

/// The host as a language server: the protocol of editors, on standard input and output.
package struct LanguageServer {
  private let version: String

  package init(version: String) { self.version = version }

  /// Serves one client to its end, and returns the exit code: 0 after `shutdown` and `exit`, otherwise 1.
  package func run() -> Int32 {
    // Standard output carries frames only: whatever else writes there goes to standard error.
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    let stream = MessageStream(input: STDIN_FILENO, output: output, framing: .headers)
    let inbox = Inbox()
    let desk = Desk(version: version, inbox: inbox, outbox: Outbox(stream))
    inbox.read(stream)
    while desk.exitCode == nil {
      guard let event = inbox.next(within: desk.patience) else {
        desk.rest()
        continue
      }
      desk.receive(event)
    }
    desk.close()
    return desk.exitCode ?? 1
  }
}
