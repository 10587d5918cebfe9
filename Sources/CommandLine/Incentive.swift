import ArgumentParser
import Diagnostics
import SystemIO

/// The command `incentive`: its parts are the subcommands.
struct Incentive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incentive", abstract: "Computes sales incentives from a plan in YAML, and shows why.",
    discussion: "Exit codes: 0 all is well, 1 the plan, the data or a module has errors, 2 wrong usage.",
    version: HostVersion.text,
    subcommands: [
      RunCommand.self, CheckCommand.self, ExplainCommand.self, TestCommand.self, NewCommand.self,
      DiffCommand.self, FormatCommand.self, SchemaCommand.self, ModulesCommand.self, RPCCommand.self,
      MCPCommand.self, LSPCommand.self,
    ])
}

/// Runs the command line.
package enum CommandLineMain {
  /// Reads the arguments, does what they say, and returns the exit code.
  package static func run(_ arguments: [String]) -> Int32 {
    Terminal.ignoreClosedPipes()
    do {
      if let fault = Usage.fault(in: arguments) { throw ValidationError(fault) }
      var command = try Incentive.parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let failure as CommandFailure {
      DiagnosticPrinter(failure.sources).show(failure.diagnostics)
      return 1
    } catch let diagnostic as Diagnostic {
      DiagnosticPrinter([]).show([diagnostic])
      return 1
    } catch {
      return answer(error)
    }
  }

  /// Shows what the parser of arguments has to say: help, the version, or what was wrong.
  private static func answer(_ error: any Error) -> Int32 {
    let text = VisibleText.of(Incentive.fullMessage(for: error), keepsLines: true) + "\n"
    guard Incentive.exitCode(for: error) == .success else {
      Terminal.writeError(text)
      return 2
    }
    do {
      try Terminal.write(text)
      return 0
    } catch {
      DiagnosticPrinter([]).show([error])
      return 1
    }
  }
}
