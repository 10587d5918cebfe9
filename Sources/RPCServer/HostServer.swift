import Glibc
import JSONCore
import JSONRPC

/// The host as a JSON-RPC server: the methods of programs, on standard input and output.
package struct HostServer {
  /// How many requests may wait for their answers.
  package static let mostWaiting = 256

  private let start: HostDesk.Start

  package init(_ start: HostDesk.Start) { self.start = start }

  /// A descriptor of standard output for frames alone: whatever else writes there goes to standard error.
  package static func outputForFrames() -> Int32 {
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    return output
  }

  /// Serves until the client says `exit` or closes the stream.
  ///
  /// Returns the error of the system that ended the writing, or 0.
  package func run() -> Int32 {
    let loop = RPCServerLoop(
      input: STDIN_FILENO, output: Self.outputForFrames(), mostWaiting: Self.mostWaiting)
    let desk = HostDesk(start)
    var methods: [String: RPCDispatcher.Handler] = [:]
    for method in HostMethod.all { methods[method.name] = method.handler(desk) }
    methods["exit"] = { _, _ in
      loop.stop()
      return .null
    }
    return loop.run(RPCDispatcher(methods), onEndOfInput: { exit(0) })
  }
}
