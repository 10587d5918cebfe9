import CSystem
import Glibc
import JSONCore
import JSONRPC
import ModuleProtocol

/// Serves a module to its host over standard input and output.
public enum ModuleRunner {
  /// Answers the host until it closes the input or asks to shut down.
  ///
  /// Standard output belongs to the protocol: descriptor 1 is pointed at standard error before anything else,
  /// so that a stray `print` cannot break a message.
  public static func run(_ module: some RewardModule) {
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    csystem_keep_memory()
    let loop = RPCServerLoop(input: STDIN_FILENO, output: output)
    let desk = ModuleDesk(module)
    loop.run(
      RPCDispatcher([
        "module/initialize": { params, _ throws(RPCError) in try desk.initialize(params) },
        "module/configure": { params, _ throws(RPCError) in try desk.configure(params) },
        "module/calculate": { params, _ throws(RPCError) in try desk.calculate(params) },
        "module/explain": { params, _ throws(RPCError) in try desk.explain(params) },
        "module/ping": { _, _ in .object(JSONObject()) },
        "shutdown": { _, _ in
          loop.stop()
          return .null
        },
      ]), onEndOfInput: { exit(0) })
  }
}
