import ArgumentParser
import Diagnostics
import Engine
import JSONCore
import ModuleHost
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions
import SystemIO

/// A book as commands open and run it.
struct OpenBook {
  let options: OpenPlan
  let session: BookSession

  /// The book that the options name; nil when they name a plan.
  init?(_ options: OpenPlan) throws {
    // A file that cannot be read is told as that of a plan.
    guard let file = try? BookFile.read(options.plan) else { return nil }
    self.options = options
    session = BookSession(
      file, modules: ModuleDirectory(folders: ModuleDirectory.standardFolders),
      deadlines: .init(start: 10, call: Double(options.moduleTimeout)))
    if !session.isWhole { throw CommandFailure(diagnostics: session.diagnostics, sources: session.sources) }
  }

  func run(keepsLines: Bool = true) throws -> BookOutcome {
    let bar = ProgressBar()
    defer { bar.clear() }
    do {
      return try session.run(
        .init(
          dataFolder: options.data, asOf: options.asOf.flatMap { CalendarDate($0) }, keepsLines: keepsLines),
        progress: { bar.show($0) })
    } catch {
      throw CommandFailure(diagnostics: error.diagnostics, sources: session.sources)
    }
  }

  /// Refuses a payee, or a period, that no plan of the book has.
  func check(payee: String?, period: String?, _ outcome: BookOutcome) throws {
    if let payee, !outcome.payees.contains(payee) {
      throw Diagnostic(
        .payeeUnknown, .error, "there is no payee `\(payee)`", at: nil as Location?,
        help: Suggestion.help(for: payee, in: outcome.payees.sorted()))
    }
    if let period, !outcome.periods.contains(period) {
      throw Diagnostic(
        .periodUnknown, .error, "there is no period `\(period)`", at: nil as Location?,
        help: Suggestion.help(for: period, in: outcome.periods.sorted()))
    }
  }
}

extension RunCommand {
  /// Runs a book: the statements over all of its plans.
  func run(_ book: OpenBook) throws {
    if trace {
      throw ValidationError("--trace is of one plan: run that plan, or explain a payee of the book")
    }
    let folder = try out.map { out throws(Diagnostic) in try BookFolder(out) }
    let outcome = try book.run(keepsLines: false)
    try book.check(payee: payee, period: period, outcome)
    try folder?.write(outcome, payee: payee, period: period)
    DiagnosticPrinter(book.session.sources).show(outcome.diagnostics)
    let report = outcome.report(payee: payee, period: period)
    switch format ?? (out == nil ? .table : nil) {
    case .table: try Terminal.write(TextTable(report.report).text)
    case .json:
      let answer: JSONValue = [
        "run": outcome.manifest(payee: payee, period: period), "statements": report.report.json,
      ]
      try Terminal.write(answer.text(pretty: true) + "\n")
    case nil:
      try Terminal.write(
        "\(outcome.isComplete ? "complete" : "INCOMPLETE"): \(outcome.parts.count) plans, total "
          + "\(report.total.map { $0.grouped } ?? "unknown"), written to \(VisibleText.of(out ?? ""))\n")
    }
    if !outcome.isComplete { throw ExitCode(1) }
  }
}

extension ExplainCommand {
  /// Explains a payee's pay, plan by plan.
  func run(_ book: OpenBook) throws {
    let outcome = try book.run()
    try book.check(payee: payee, period: period, outcome)
    var trees: [JSONValue] = []
    var text = ""
    for part in outcome.parts {
      let data = part.outcome.result.data
      guard let person = data.people.finder.index(of: payee) else { continue }
      if let period, !data.plan.calendar.periods.contains(where: { $0.label == period }) { continue }
      let found: [Derivation]
      do { found = try derivations(part.member.session, part.outcome, person) } catch let fault as Diagnostic
      {
        // A transaction is of one plan, and of no other.
        if fault.code == .transactionUnknown { continue }
        throw fault
      }
      // Who is not in a plan has nothing there to be explained.
      let periods = data.plan.calendar.periods.filter { period == nil || $0.label == period }
      if found.allSatisfy(\.amount.isZero),
        !periods.contains(where: { part.membership.holds(person, in: $0) })
      {
        continue
      }
      trees.append(["plan": .string(part.member.label), "derivations": .array(found.map(\.json))])
      let writer = DerivationText(
        places: data.plan.currency.places, colour: Terminal.outputIsTerminal && Terminal.wantsColour)
      text += "\(VisibleText.of(part.member.label))\n" + found.map(writer.text).joined(separator: "\n") + "\n"
    }
    if trees.isEmpty, let transaction {
      throw Diagnostic(
        .transactionUnknown, .error, "`\(payee)` is paid on no transaction `\(transaction)`",
        at: nil as Location?)
    }
    DiagnosticPrinter(book.session.sources).show(outcome.diagnostics)
    try Terminal.write(format == .text ? text : JSONValue.array(trees).text(pretty: true) + "\n")
    if !outcome.isComplete { throw ExitCode(1) }
  }
}
