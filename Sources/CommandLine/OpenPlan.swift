import ArgumentParser
import Diagnostics
import Engine
import ModuleHost
import PlanCalendar
import PlanModel
import Sessions
import SystemIO
import Tables

/// What the commands that compute have in common: a plan, its data, and the day as of which they look.
struct OpenPlan: ParsableArguments {
  @Argument(help: "The plan file, or for run and explain a book of plans.") var plan: String
  @Option(help: "The folder with the plan's data files; the plan's own folder unless stated.") var data:
    String?
  @Option(
    name: .customLong("as-of"),
    help: "Look at the data as of this day (YYYY-MM-DD): later rows are not there yet.")
  var asOf: String?
  @Option(help: "How many seconds a module may take for one answer.") var moduleTimeout = 60

  func validate() throws {
    if let asOf, CalendarDate(asOf) == nil {
      throw ValidationError("--as-of `\(asOf)` is not a day; write YYYY-MM-DD")
    }
    if moduleTimeout < 1 { throw ValidationError("--module-timeout must be at least 1") }
  }

  /// Opens the plan; faults that leave no plan end the command.
  func open() throws -> PlanSession {
    let file = try PlanFile.read(plan)
    let session = PlanSession(
      file, modules: ModuleDirectory(folders: ModuleDirectory.standardFolders),
      deadlines: .init(start: 10, call: Double(moduleTimeout)))
    if file.plan == nil { throw CommandFailure(diagnostics: session.diagnostics, sources: file.sources) }
    return session
  }

  /// Runs the plan with a progress bar.
  func run(_ session: PlanSession, keepsLines: Bool = true, lines: LineSink? = nil) throws -> RunOutcome {
    let bar = ProgressBar()
    defer { bar.clear() }
    do {
      return try session.run(
        .init(dataFolder: data, asOf: asOf.flatMap { CalendarDate($0) }, keepsLines: keepsLines),
        lines: lines,
        progress: { bar.show($0) })
    } catch {
      throw CommandFailure(diagnostics: error.diagnostics, sources: session.planFile.sources)
    }
  }

  /// Says below figures for people that they do not rest on everything.
  func markIncomplete(_ outcome: RunOutcome) throws {
    if outcome.isComplete { return }
    let rows = Set(outcome.rejected.map { "\($0.file):\($0.line)" }).count
    let why = rows == 0 ? "" : ", \(rows) \(rows == 1 ? "row was" : "rows were") rejected"
    try Terminal.write("INCOMPLETE\(why): these figures are not to be paid\n")
  }

  /// The number of the payee with this id; a fault with the nearest one when there is none.
  func payee(_ id: String, _ outcome: RunOutcome) throws -> Int {
    if let index = outcome.result.data.people.finder.index(of: id) { return index }
    throw Diagnostic(
      .payeeUnknown, .error, "there is no payee `\(id)`", at: nil as Location?,
      help: Suggestion.help(for: id, in: outcome.result.data.people.ids))
  }

  /// The place of the period with this label; a fault with the nearest one when there is none.
  func period(_ label: String, _ outcome: RunOutcome) throws -> Int {
    let periods = outcome.result.data.plan.calendar.periods
    if let index = periods.firstIndex(where: { $0.label == label }) { return index }
    throw Diagnostic(
      .periodUnknown, .error, "there is no period `\(label)`", at: nil as Location?,
      help: Suggestion.help(for: label, in: periods.map(\.label)))
  }
}
