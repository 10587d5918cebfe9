import ArgumentParser
import Diagnostics
import PlanAuthoring
import SystemIO

/// `incentive new FOLDER`: a plan to begin with, that works.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Makes a folder with a plan that works, its data and its tests.",
    discussion: "Templates:\n"
      + Template.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

  @Argument(help: "The folder to make; nothing that is there is overwritten.") var folder: String
  @Option(help: "The template to begin with.") var template = Template.all[0].name

  func validate() throws {
    let names = Template.all.map(\.name)
    if !names.contains(template) {
      throw ValidationError(
        "there is no template `\(template)`"
          + (Suggestion.help(for: template, in: names).map { "; \($0)" } ?? ""))
    }
  }

  func run() throws {
    guard let template = Template.all.first(where: { $0.name == template }) else { return }
    let paths = try template.write(to: folder)
    let text = paths.map { VisibleText.of($0) + "\n" }.joined()
    let folder = VisibleText.of(folder)
    let plan = VisibleText.of(Path.join(self.folder, "plan.yaml"))
    try Terminal.write(text + "try it: incentive run \(plan); incentive test \(folder)\n")
  }
}
