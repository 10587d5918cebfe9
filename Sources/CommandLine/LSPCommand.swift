import ArgumentParser
import LSPServer

/// `incentive lsp`: the host as a language server on standard input and output.
struct LSPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp", abstract: "Serves editors: diagnostics and payouts while a plan is typed.",
    discussion: "The Language Server Protocol 3.17 on standard input and output. See Docs/Editors.md.")

  @Flag(help: "Passed over; some editors say so by habit.") var stdio = false

  func run() throws {
    let code = LanguageServer(version: HostVersion.text).run()
    if code != 0 { throw ExitCode(code) }
  }
}
