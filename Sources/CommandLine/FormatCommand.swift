import ArgumentParser
import Diagnostics
import PlanAuthoring
import SystemIO

/// `incentive fmt FILE…`: puts plans into the one form.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Formats plans: indents, spaces, empty lines. Comments stay, no value changes.",
    discussion:
      "With --check nothing is written; the files that are not formatted are named, and the exit code is 1.")

  @Argument(help: "Plans and other YAML files of plans.") var files: [String]
  @Flag(help: "Write nothing; tell which files are not formatted.") var check = false

  func run() throws {
    var faults: [Diagnostic] = []
    var sources: [SourceText] = []
    var others: [String] = []
    for file in files {
      do {
        let bytes = try FileBytes.read(file)
        switch PlanFormatter.formatted(bytes, file: file) {
        case .success(let text) where text == bytes: continue
        case .success(let text):
          others.append(file)
          if !check { try PlanFormatter.write(text, to: file) }
        case .failure(let failure):
          faults += failure.diagnostics
          sources.append(failure.source)
        }
      } catch {
        faults.append(error)
      }
    }
    let words = check ? "not formatted" : "formatted"
    try Terminal.write(others.map { "\(VisibleText.of($0)): \(words)\n" }.joined())
    DiagnosticPrinter(sources).show(faults)
    if faults.hasErrors || check && !others.isEmpty { throw ExitCode(1) }
  }
}
