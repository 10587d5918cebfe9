import Glibc
import JSONCore
import JSONRPC

/// The host as a JSON-RPC server: the methods of programs, on standard input and output.
package struct HostServer {
  private let version: String

  package init(version: String) { self.version = version }

  /// Serves until the client says `exit` or closes the stream.
  ///
  /// Returns the error of the system that ended the writing, or 0.
  package func run() -> Int32 {
    // Standard output carries frames only: whatever else writes there goes to standard error.
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    let loop = RPCServerLoop(input: STDIN_FILENO, output: output)
    let desk = HostDesk(version: version)
    var methods: [String: RPCDispatcher.Handler] = [:]
    for method in HostMethod.all { methods[method.name] = method.handler(desk) }
    methods["exit"] = { _, _ in
      loop.stop()
      return .null
    }
    return loop.run(RPCDispatcher(methods), onEndOfInput: { exit(0) })
  }
}
