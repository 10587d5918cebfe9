import ArgumentParser
import MCPServer
import RPCServer
import SystemIO

/// `incentive mcp`: the host for assistants on standard input and output.
struct MCPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Serves assistants: the Model Context Protocol on standard input and output.",
    discussion:
      "Tools check, preview, explain, estimate and compare; none of them writes. See Docs/Protocol.md."
  )

  @OptionGroup var session: SessionOptions

  func run() throws {
    let error = AssistantServer(session.start).run()
    if error != 0 { throw Terminal.unwritable(error) }
  }
}
