import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import PlanAuthoring
import SystemIO

/// `incentive test [PLACE…]`: whether plans pay what their authors say they must.
struct TestCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, junit
  }

  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Runs the tests of plans.",
    discussion: """
      Tests stand in files that end in .test.yaml, beside the plan: plan.test.yaml tries plan.yaml. A failure shows \
      what was expected, what was found, and how that came about. See Docs/PlanTools.md.
      """)

  @Argument(help: "Folders, plans or files of tests; the current folder unless stated.") var places:
    [String] = []
  @Option(help: "text, json, or the XML of junit.") var format = Format.text
  @Option(help: "The folder with data files that the tests do not replace; the plan's own unless stated.")
  var data: String?
  @Option(help: "How many seconds a module may take for one answer.") var moduleTimeout = 60

  func run() throws {
    let modules = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    let runs = try PlanTestFile.files(places.isEmpty ? ["."] : places).map { file in
      PlanTestRun(
        try PlanTestFile.read(file), dataFolder: data, modules: modules,
        deadlines: .init(start: 10, call: Double(moduleTimeout)))
    }
    let report = PlanTestReport(runs)
    switch format {
    case .text:
      try Terminal.write(report.text(colour: Terminal.outputIsTerminal && Terminal.wantsColour))
    case .json: try Terminal.write(report.json.text(pretty: true) + "\n")
    case .junit: try Terminal.write(report.junit)
    }
    if !report.hasPassed { throw ExitCode(1) }
  }
}
