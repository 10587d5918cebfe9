import ArgumentParser
import Diagnostics
import Engine
import JSONCore
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions
import SystemIO

/// `incentive run PLAN`: from plan and data to statements, lines, traces.
struct RunCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Computes a plan, or a book of plans, over its data.",
    discussion: """
      With --out it writes statements.csv, lines.csv, run.json and, when there are any, rejected.csv. Without it, \
      or with --format, it shows the statements. Exit code 1 tells that the run is incomplete.
      """)

  @OptionGroup var open: OpenPlan
  @Option(help: "The folder that the result files are written to.") var out: String?
  @Option(help: "Show the statements as a table or as JSON.") var format: Format?
  @Option(help: "Only this payee.") var payee: String?
  @Option(help: "Only this period.") var period: String?
  @Flag(help: "Write trace.jsonl too: the derivation of every payee's every period.") var trace = false

  func validate() throws {
    if trace, out == nil { throw ValidationError("--trace writes a file: say where with --out DIR") }
    if out == "" { throw ValidationError("--out is empty; write `--out .` for the current folder") }
  }

  func run() throws {
    if let book = try OpenBook(open) { return try run(book) }
    let folder = try out.map { out throws(Diagnostic) in try RunFolder(out) }
    let (session, outcome) = try self.outcome(folder)
    let payee = try self.payee.map { try open.payee($0, outcome) }
    let period = try self.period.map { try open.period($0, outcome) }
    let printer = DiagnosticPrinter(session.planFile.sources)
    var faults: [Diagnostic] = []
    if let folder {
      do {
        let lines = trace ? try session.trace(outcome, payee: payee, period: period) : nil
        try folder.write(outcome, payee: payee, period: period, trace: lines)
      } catch {
        faults.append(error)
      }
    }
    printer.show(outcome.diagnostics + faults)
    if faults.isEmpty || format != nil { try show(outcome, payee, period) }
    if !outcome.isComplete || faults.hasErrors { throw ExitCode(1) }
  }

  /// Runs the plan; when that comes to nothing, the folder for the files says so.
  private func outcome(_ folder: RunFolder?) throws -> (PlanSession, RunOutcome) {
    do {
      let session = try open.open()
      // Derivations look at the lines, and a part of them is picked out at the end.
      let isWhole = !trace && payee == nil && period == nil
      return (session, try open.run(session, keepsLines: trace, lines: isWhole ? folder?.lineSink : nil))
    } catch {
      var failure = (error as? CommandFailure) ?? CommandFailure(diagnostics: [])
      if let diagnostic = error as? Diagnostic { failure = CommandFailure(diagnostics: [diagnostic]) }
      guard let folder, !failure.diagnostics.isEmpty else { throw error }
      do {
        try folder.write(failure: RunFaults(failure.diagnostics), plan: open.plan)
        throw failure
      } catch let unwritten as Diagnostic {
        throw CommandFailure(diagnostics: failure.diagnostics + [unwritten], sources: failure.sources)
      }
    }
  }

  private func show(_ outcome: RunOutcome, _ payee: Int?, _ period: Int?) throws {
    let statements = StatementReport(outcome.result)
    switch format ?? (out == nil ? .table : nil) {
    case .table:
      try Terminal.write(TextTable(statements.report(payee: payee, period: period)).text)
      try open.markIncomplete(outcome)
    case .json:
      let answer: JSONValue = [
        "run": outcome.manifest(payee: payee, period: period),
        "statements": statements.report(payee: payee, period: period).json,
      ]
      try Terminal.write(answer.text(pretty: true) + "\n")
    case nil:
      let sums = statements.totals(payee: payee, period: period)
      func text(_ amount: ExactDecimal?) -> String { amount?.grouped ?? "unknown" }
      var totals = sums.units.map { "\(text($0.amount)) \(VisibleText.of($0.unit))" }.joined(separator: ", ")
      if let settled = sums.settled {
        totals += ", payable \(text(settled.payable)), paid \(text(settled.paid))"
      }
      let people = payee == nil ? outcome.result.data.people.count : 1
      let periods = period == nil ? outcome.result.periods.count : 1
      func counted(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
      try Terminal.write(
        "\(outcome.isComplete ? "complete" : "INCOMPLETE"): \(counted(people, "payee")), \(counted(periods, "period")), "
          + "total \(totals), written to \(VisibleText.of(out ?? ""))\n"
      )
    }
  }
}
