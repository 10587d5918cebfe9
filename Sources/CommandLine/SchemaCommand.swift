import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import PlanAuthoring
import SystemIO

/// `incentive schema`: what a plan may hold, as a JSON Schema for editors and for programs that write plans.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Writes the JSON Schema of a plan, with the terms of the modules that are found.",
    discussion:
      "JSON Schema 2020-12. An editor that knows it completes keys and shows wrong ones as they are typed.")

  @Option(help: "Only the schema of this module's terms.") var module: String?

  func run() throws {
    let directory = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    if let module {
      guard let manifest = directory.modules[module] else {
        throw Diagnostic(
          .moduleUnknown, .error, "there is no module `\(module)`", at: nil as Location?,
          help: Suggestion.help(for: module, in: directory.modules.keys.sorted()))
      }
      try Terminal.write(try ModuleTerms(manifest).json.text(pretty: true) + "\n")
      return
    }
    let (schema, faults) = PlanSchema.of(directory)
    try Terminal.write(schema.json.text(pretty: true) + "\n")
    DiagnosticPrinter([]).show(faults)
    if faults.hasErrors { throw ExitCode(1) }
  }
}
