import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import PlanAuthoring
import PlanCalendar
import Reports
import Sessions
import SystemIO

/// `incentive modules enable MODULE`: a module pays for a team again.
struct ModulesEnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Switches a module on for a team, from a day on.",
    discussion: ModuleSwitchOptions.discussion)

  @OptionGroup var options: ModuleSwitchOptions
  func run() throws { try options.run(isEnabled: true) }
}

/// `incentive modules disable MODULE`: a module pays nothing for a team.
struct ModulesDisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Switches a module off for a team, from a day on.",
    discussion: ModuleSwitchOptions.discussion)

  @OptionGroup var options: ModuleSwitchOptions
  func run() throws { try options.run(isEnabled: false) }
}

/// What switching a module needs to know.
struct ModuleSwitchOptions: ParsableArguments {
  static let discussion = """
    The switch is added to `teams` of the plan, or of the file of it that has `teams`; everything else in the file stays \
    as it is. Who did it, and when, is kept in module-switches.jsonl beside the file.
    """

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "The module.") var module: String
  @Option(help: "The plan file.") var plan = "plan.yaml"
  @Option(help: "The team, with the teams below it; everybody unless stated.") var team: String?
  @Option(help: "The first day on which it holds (YYYY-MM-DD).") var from: String
  @Option(help: "The last day; no end unless stated.") var to: String?
  @Option(help: "Why.") var reason: String
  @Option(name: .customLong("as"), help: "The role in which you do this; it must be admin.") var role: String?
  @Option(help: "Who does it; the user of the system unless stated.") var by: String?
  @Flag(help: "Write nothing; show who would get what, before and after.") var dryRun = false
  @Option(help: "The folder with the plan's data files, for --dry-run; the plan's own folder unless stated.")
  var data: String?
  @Option(help: "Show what --dry-run finds as text, or as JSON for programs.") var format = Format.text

  func validate() throws {
    for (name, day) in [("--from", from), ("--to", to ?? from)] where CalendarDate(day) == nil {
      throw ValidationError("\(name) `\(day)` is not a day; write YYYY-MM-DD")
    }
    if reason.isEmpty { throw ValidationError("--reason is empty; say why") }
    if role != "admin" {
      throw ValidationError(
        "modules are switched by admins: call it with `--as admin`"
          + (role.map { ", not as \($0)" } ?? "") + ", if you are one")
    }
  }

  func run(isEnabled: Bool) throws {
    let file = try PlanFile.read(plan)
    let modules = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    guard file.plan != nil else {
      throw CommandFailure(diagnostics: file.diagnostics, sources: file.sources)
    }
    if modules.modules[module] == nil {
      throw Diagnostic(
        .moduleUnknown, .error, "there is no module `\(module)`", at: nil as Location?,
        help: Suggestion.help(for: module, in: Array(modules.modules.keys)))
    }
    let draft = try Switchboard(file).draft(
      SwitchEdit(
        module: module, team: team, isEnabled: isEnabled, from: CalendarDate(from) ?? CalendarDate(day: 0),
        to: to.flatMap { CalendarDate($0) }, reason: reason, by: by ?? LogFile.userName))
    let session = PlanSession(file, modules: modules)
    if dryRun { return try show(session, draft) }
    try Switchboard(file).commit(draft)
    DiagnosticPrinter(draft.planFile.sources).show(draft.planFile.diagnostics)
    try Terminal.write(
      "\(module) is \(isEnabled ? "on" : "off") for \(team.map { "team \($0)" } ?? "everybody") from \(from)"
        + (to.map { " to \($0)" } ?? "") + ", written to \(draft.path)\n")
  }

  /// Runs the plan as it is and as it would be, and shows what differs.
  private func show(_ session: PlanSession, _ draft: Switchboard.Draft) throws {
    func outcome(_ session: PlanSession) throws -> RunOutcome {
      do {
        return try session.run(.init(dataFolder: data, keepsLines: false))
      } catch {
        throw CommandFailure(diagnostics: error.diagnostics, sources: session.planFile.sources)
      }
    }
    let before = try outcome(session)
    let after = try outcome(PlanSession(draft.planFile, after: session))
    DiagnosticPrinter(draft.planFile.sources).show(after.diagnostics)
    let difference = try PayDifference(from: Pay(before.result), to: Pay(after.result))
    switch format {
    case .text: try Terminal.write(difference.text)
    case .json: try Terminal.write(difference.json.text(pretty: true) + "\n")
    }
    if !before.isComplete || !after.isComplete { throw ExitCode(1) }
  }
}
