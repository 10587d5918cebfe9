import ArgumentParser
import SystemIO

/// The command `incentive`: its parts are the subcommands.
struct Incentive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incentive", abstract: "Computes sales incentives from a plan in YAML, and shows why.",
    discussion: "Exit codes: 0 all is well, 1 the plan, the data or a module has errors, 2 wrong usage.",
    version: HostVersion.text,
    subcommands: [
      RunCommand.self, CheckCommand.self, ExplainCommand.self, ModulesCommand.self, RPCCommand.self,
    ])
}

/// Runs the command line.
package enum CommandLineMain {
  /// Reads the arguments, does what they say, and returns the exit code.
  package static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try Incentive.parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let isGood = Incentive.exitCode(for: error) == .success
      let text = Incentive.fullMessage(for: error)
      if isGood { Terminal.write(text + "\n") } else { Terminal.writeError(text + "\n") }
      return isGood ? 0 : 2
    }
  }
}
