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
      "Tools check, preview, explain, estimate and compare; only with --allow-write one of them writes. See Docs/Protocol.md."
  )

  @OptionGroup var session: SessionOptions
  @Flag(help: "Let an assistant of an admin switch modules for teams, in the plan's file.") var allowWrite =
    false

  func run() throws {
    let error = AssistantServer(session.start, allowsWriting: allowWrite).run()
    if error != 0 { throw Terminal.unwritable(error) }
  }
}
