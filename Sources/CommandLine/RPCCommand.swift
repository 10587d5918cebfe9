import ArgumentParser
import RPCServer

/// `incentive rpc`: the host as a JSON-RPC server on standard input and output.
struct RPCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc", abstract: "Serves JSON-RPC 2.0 on standard input and output.",
    discussion: "One message a line, or Content-Length headers: the first byte decides. See Docs/Protocol.md."
  )

  func run() throws { HostServer(version: HostVersion.text).run() }
}
