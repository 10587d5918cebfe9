import ArgumentParser
import Diagnostics
import JSONCore
import ModuleHost
import PlanAuthoring
import Reports
import Sessions
import SystemIO

/// `incentive diff BEFORE AFTER`: what a plan says otherwise than another, and whom that pays more or less.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows what differs between two plans, by meaning, and who is better or worse off.",
    discussion: """
      Comments, the order of keys and the way numbers are written are no differences. With --data both plans are run \
      over the same files, and payees are listed by how much their pay changes. Differences are no error: exit code 0.
      """)

  @Argument(help: "The plan as it was.") var before: String
  @Argument(help: "The plan as it is to be.") var after: String
  @Option(help: "Run both plans over the data files of this folder.") var data: String?
  @Option(help: "text, or json for programs.") var format = DiagnosticFormat.text
  @Option(help: "How many seconds a module may take for one answer.") var moduleTimeout = 60

  func run() throws {
    let (old, new) = (try PlanFile.read(before), try PlanFile.read(after))
    let faults = [old, new].flatMap(\.diagnostics)
    guard old.plan != nil, new.plan != nil else {
      throw CommandFailure(diagnostics: faults, sources: old.sources + new.sources)
    }
    let changes = PlanDifference(old, new).changes
    let pay = try data.map { try self.pay(old, new, $0) }
    switch format {
    case .text:
      var text = changes.map { VisibleText.of($0.text) + "\n" }.joined()
      if changes.isEmpty { text = "the plans say the same\n" }
      try Terminal.write(text + (pay.map { "\n" + $0.text } ?? ""))
    case .json:
      let answer: JSONValue = ["changes": .array(changes.map(\.json)), "pay": pay?.json ?? .null]
      try Terminal.write(answer.text(pretty: true) + "\n")
    }
  }

  /// What both plans pay; an incomplete run ends the command, since its figures are not to be compared.
  private func pay(_ old: PlanFile, _ new: PlanFile, _ folder: String) throws -> PayDifference {
    let modules = ModuleDirectory(folders: ModuleDirectory.standardFolders)
    let outcomes = try [old, new].map { plan in
      let session = PlanSession(
        plan, modules: modules, deadlines: .init(start: 10, call: Double(moduleTimeout)))
      do {
        let outcome = try session.run(.init(dataFolder: folder, keepsLines: false))
        if outcome.isComplete { return outcome }
        throw CommandFailure(diagnostics: outcome.diagnostics, sources: plan.sources)
      } catch let faults as RunFaults {
        throw CommandFailure(diagnostics: faults.diagnostics, sources: plan.sources)
      }
    }
    return try PayDifference(from: Pay(outcomes[0].result), to: Pay(outcomes[1].result))
  }
}
