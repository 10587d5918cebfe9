import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import Sessions
import SystemIO

/// `incentive check PLAN…`: everything that is wrong with plans, at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Shows everything that is wrong with plans.")

  @Argument(help: "Plan files, or books of plans.") var plans: [String]
  @Option(help: "text, or json for programs.") var format = DiagnosticFormat.text
  @Option(help: "A data folder whose files are checked too.") var data: String?

  func run() throws {
    var diagnostics: [Diagnostic] = []
    var sources: [SourceText] = []
    let modules = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    for path in plans {
      do {
        if let book = try BookFile.read(path) {
          let session = BookSession(book, modules: modules)
          sources += session.sources
          diagnostics += session.checked(dataFolder: data)
          continue
        }
        let session = PlanSession(try PlanFile.read(path), modules: modules)
        sources += session.planFile.sources
        diagnostics += session.checked(dataFolder: data)
      } catch {
        diagnostics.append(error)
      }
    }
    switch format {
    case .text:
      DiagnosticPrinter(sources).show(diagnostics)
      if diagnostics.isEmpty {
        try Terminal.write(plans.map { VisibleText.of($0) + ": no faults\n" }.joined())
      }
    case .json: try Terminal.write(DiagnosticPrinter.json(diagnostics).text(pretty: true) + "\n")
    }
    if diagnostics.hasErrors { throw ExitCode(1) }
  }
}
