import ArgumentParser
import Diagnostics
import Engine
import JSONCore
import Money
import PlanModel
import Reports
import Sessions
import SystemIO

/// `incentive explain PLAN --payee P`: why a payee gets what they get.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Shows how a payee's pay came about, down to rows and arithmetic.",
    discussion:
      "Every figure of the tree is the sum of those below it; each names the plan line or the row behind it.")

  @OptionGroup var open: OpenPlan
  @Option(help: "The payee's id.") var payee: String
  @Option(help: "Only this period.") var period: String?
  @Option(help: "Only this transaction.") var transaction: String?
  @Option(help: "text, or json for programs.") var format = DiagnosticFormat.text

  func validate() throws {
    if period != nil, transaction != nil {
      throw ValidationError("--period and --transaction exclude each other")
    }
  }

  func run() throws {
    if let book = try OpenBook(open) { return try run(book) }
    let session = try open.open()
    let outcome = try open.run(session)
    let printer = DiagnosticPrinter(session.planFile.sources)
    let payee = try open.payee(self.payee, outcome)
    let derivations = try self.derivations(session, outcome, payee)
    printer.show(outcome.diagnostics)
    switch format {
    case .text:
      let writer = DerivationText(
        places: outcome.result.data.plan.currency.places,
        colour: Terminal.outputIsTerminal && Terminal.wantsColour)
      try Terminal.write(derivations.map(writer.text).joined(separator: "\n"))
      try open.markIncomplete(outcome)
    case .json: try Terminal.write(JSONValue.array(derivations.map(\.json)).text(pretty: true) + "\n")
    }
    if !outcome.isComplete { throw ExitCode(1) }
  }

  /// The periods in which something was earned, unless one is asked for.
  func derivations(_ session: PlanSession, _ outcome: RunOutcome, _ payee: Int) throws -> [Derivation] {
    if let transaction { return try session.derivations(outcome, payee: payee, transaction: transaction) }
    if let period {
      return try session.derivations(
        outcome, payee: payee, periods: [try open.period(period, outcome)]
      ).flatMap { $0 }
    }
    let all = try session.derivations(outcome, payee: payee, periods: Array(outcome.result.periods))
      .flatMap { $0 }
    let telling = all.filter { !$0.amount.isZero || $0.children.contains { !$0.children.isEmpty } }
    return telling.isEmpty ? Array(all.prefix(1)) : telling
  }
}
