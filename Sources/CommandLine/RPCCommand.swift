import ArgumentParser
import RPCServer
import SystemIO

/// `incentive rpc`: the host as a JSON-RPC server on standard input and output.
struct RPCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc", abstract: "Serves JSON-RPC 2.0 on standard input and output.",
    discussion: "One message a line, or Content-Length headers: the first byte decides. See Docs/Protocol.md."
  )

  func run() throws {
    let error = HostServer(version: HostVersion.text).run()
    if error != 0 { throw Terminal.unwritable(error) }
  }
}
