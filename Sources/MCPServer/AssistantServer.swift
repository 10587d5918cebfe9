import Glibc
import JSONCore
import JSONRPC
package import RPCServer

/// The host as a server of the Model Context Protocol, one message a line: both without a session, as of 2026-07-28, and
/// with `initialize`, as before.
package struct AssistantServer {
  // An assistant reads every item of an answer: pages are short, and so are explanations.
  private static let page = Pages.Size(items: 50, parts: 25, bytes: 10_000)

  private var start: HostDesk.Start
  private let allowsWriting: Bool

  /// A server that may switch modules only when it `allowsWriting`, whatever its role.
  package init(_ start: HostDesk.Start, allowsWriting: Bool = false) {
    self.allowsWriting = allowsWriting
    self.start = start
    self.start.page = Self.page
  }

  /// Serves until the client closes the stream; returns the error of the system that ended the writing, or 0.
  package func run() -> Int32 {
    let loop = RPCServerLoop(
      input: STDIN_FILENO, output: HostServer.outputForFrames(), cancelling: .unanswered,
      mostWaiting: HostServer.mostWaiting)
    let desk = AssistantDesk(HostDesk(start), version: start.version, allowsWriting: allowsWriting)
    return loop.run(RPCDispatcher(desk.handlers, answersBatches: false), onEndOfInput: { exit(0) })
  }
}
