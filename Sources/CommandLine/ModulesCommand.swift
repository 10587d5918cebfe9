import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import Reports
import SystemIO

/// `incentive modules`: what modules there are, and for whom they are switched on.
struct ModulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modules", abstract: "Lists the reward modules, and switches them on and off for teams.",
    subcommands: [ModulesListCommand.self, ModulesEnableCommand.self, ModulesDisableCommand.self],
    defaultSubcommand: ModulesListCommand.self)
}

/// `incentive modules list`: the modules that were found, and whether they work.
struct ModulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the reward modules that were found, their versions and health.",
    discussion:
      "Modules are looked for in the folders of INCENTIVE_MODULES, then in Plugins above the executable.")

  @Option(help: "text, or json for programs.") var format = DiagnosticFormat.text

  func run() throws {
    let directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    let found = directory.modules.values.sorted { $0.id < $1.id }
    let health = found.map { ModuleProcess($0).health() }
    switch format {
    case .text where found.isEmpty:
      throw CommandFailure(diagnostics: directory.diagnostics + [Self.nothingFound])
    case .text:
      let rows = zip(found, health).map { module, health -> [Cell] in
        [.text(module.id), .text(module.version), .text(health), .text(module.summary), .text(module.folder)]
      }
      try Terminal.write(
        TextTable(
          Report(
            headings: ["module", "version", "health", "summary", "folder"],
            isFigure: [false, false, false, false, false], rows: rows)
        ).text)
      DiagnosticPrinter([]).show(directory.diagnostics)
    case .json:
      let modules = zip(found, health).map { module, health -> JSONValue in
        [
          "id": .string(module.id), "version": .string(module.version), "summary": .string(module.summary),
          "folder": .string(module.folder), "health": .string(health),
        ]
      }
      let answer: JSONValue = [
        "modules": .array(modules), "diagnostics": DiagnosticPrinter.json(directory.diagnostics),
      ]
      try Terminal.write(answer.text(pretty: true) + "\n")
    }
    if found.isEmpty || directory.diagnostics.hasErrors || health.contains(where: { $0 != "ready" }) {
      throw ExitCode(1)
    }
  }

  private static var nothingFound: Diagnostic {
    let folders = ModuleDirectory.standardFolders.map { "`\($0)`" }
    return Diagnostic(
      .moduleUnknown, .error, "no module was found in \(folders.joined(separator: ", "))",
      at: nil as Location?,
      help:
        "name the folders that hold modules, parted by colons, in the environment variable INCENTIVE_MODULES")
  }
}
