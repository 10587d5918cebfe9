package import Diagnostics
import Engine
package import ModuleHost
import Money
import PlanCalendar
import PlanModel
package import Reports
import Sessions

/// Runs the tests of a file, all in one session of the plan.
package struct PlanTestRun: Sendable {
  /// A figure that is not what a test expects.
  package struct Failure: Sendable {
    package let payee: String
    package let period: String
    package let figure: PlanTest.Figure
    /// What the plan makes of the rows; empty when the component failed.
    package let found: Cell
    /// The failure in words, at the place of the expected amount.
    package let diagnostic: Diagnostic
    /// How the figure found came about.
    package let derivations: [Derivation]
  }

  /// What a test came to.
  package struct Result: Sendable {
    package let test: PlanTest
    package let failures: [Failure]
    /// What kept the plan from being run whole, or the test from being tried.
    package let faults: [Diagnostic]
    package var hasPassed: Bool { failures.isEmpty && faults.isEmpty }
  }

  package let file: PlanTestFile
  package let results: [Result]
  /// What is wrong with the file or its plan; then no test was tried.
  package let faults: [Diagnostic]

  package var hasPassed: Bool { faults.isEmpty && results.allSatisfy(\.hasPassed) }

  /// Tries all tests; rows that they do not give come from the data folder, or from the plan's own.
  package init(
    _ file: PlanTestFile, dataFolder: String? = nil, modules: ModuleDirectory,
    deadlines: ModuleProcess.Deadlines = .init(), isCancelled: @escaping () -> Bool = { false }
  ) {
    self.file = file
    guard let planFile = file.plan else {
      (faults, results) = (file.diagnostics, [])
      return
    }
    let session = PlanSession(planFile, modules: modules, deadlines: deadlines)
    let errors = (file.diagnostics + session.diagnostics).filter { $0.severity == .error }
    faults = errors
    results = errors.isEmpty ? file.tests.map { Self.tried($0, session, dataFolder, isCancelled) } : []
  }

  private static func tried(
    _ test: PlanTest, _ session: PlanSession, _ dataFolder: String?, _ isCancelled: @escaping () -> Bool
  ) -> Result {
    var options = PlanSession.RunOptions(dataFolder: dataFolder, asOf: test.asOf)
    options.rows = test.rows
    do throws(RunFaults) {
      let outcome = try session.run(options, isCancelled: isCancelled)
      var faults = outcome.diagnostics.filter { $0.severity == .error }
      var failures: [Failure] = []
      let checking = Checking(session: session, outcome: outcome)
      for expectation in test.expectations {
        do throws(Diagnostic) {
          failures += try checking.failures(expectation)
        } catch {
          faults.append(error)
        }
      }
      return Result(test: test, failures: failures, faults: faults)
    } catch {
      return Result(test: test, failures: [], faults: error.diagnostics)
    }
  }
}

/// Compares what was expected with what a run gave.
private struct Checking {
  let session: PlanSession
  let outcome: RunOutcome

  func failures(_ expectation: PlanTest.Expectation) throws(Diagnostic) -> [PlanTestRun.Failure] {
    let people = outcome.result.data.people
    let periods = outcome.result.data.plan.calendar.periods
    guard let payee = people.finder.index(of: expectation.payee.text) else {
      throw Diagnostic(
        .payeeUnknown, .error, "there is no payee `\(expectation.payee.text)`", at: expectation.payee.span,
        help: Suggestion.help(for: expectation.payee.text, in: people.ids))
    }
    var period = 0
    if let label = expectation.period {
      guard let place = periods.firstIndex(where: { $0.label == label.text }) else {
        throw Diagnostic(
          .periodUnknown, .error, "there is no period `\(label.text)`", at: label.span,
          help: Suggestion.help(for: label.text, in: periods.map(\.label)))
      }
      period = place
    }
    let statements = StatementReport(outcome.result)
    let paths = FigurePaths(plan: outcome.result.data.plan)
    var failures: [PlanTestRun.Failure] = []
    var whole: [Derivation] = []
    for figure in expectation.figures {
      try refuseUnknown(figure, paths)
      let found = statements.figure(paths.path(figure.name), payee: payee, period: period)
      if case .number(figure.amount) = found { continue }
      if whole.isEmpty {
        whole = try session.derivations(outcome, payee: payee, periods: [period]).flatMap { $0 }
      }
      let part = paths.component(figure.name).flatMap { name in
        whole.flatMap(\.children).first { $0.title == name }
      }
      failures.append(
        PlanTestRun.Failure(
          payee: expectation.payee.text, period: periods[period].label, figure: figure, found: found,
          diagnostic: Self.words(figure, found, "`\(expectation.payee.text)` in \(periods[period].label)"),
          derivations: part.map { [$0] } ?? whole))
    }
    return failures
  }

  /// A figure of a component's own that its module does not give.
  private func refuseUnknown(_ figure: PlanTest.Figure, _ paths: FigurePaths) throws(Diagnostic) {
    if paths.names.contains(figure.name) { return }
    let path = paths.path(figure.name)
    guard let figures = outcome.result.component(path[0])?.figures else { return }
    let given = figures.givenPeriods.map(\.name)
    if given.contains(path[1]) { return }
    throw Diagnostic(
      .unknownName, .error, "component `\(path[0])` gives no figure `\(path[1])` a period",
      at: figure.place.span,
      help: Suggestion.help(for: path[1], in: ["earned", "adjustment"] + given))
  }

  private static func words(_ figure: PlanTest.Figure, _ found: Cell, _ whose: String) -> Diagnostic {
    var message = "`\(figure.name)` of \(whose) is not known, since its component failed"
    if case .number(let amount) = found {
      message = "`\(figure.name)` of \(whose) is \(amount.grouped), not \(figure.amount.grouped)"
      if let difference = try? amount.subtracting(figure.amount) {
        let isLess = difference < .zero
        message += ": \((isLess ? difference.negated : difference).grouped) too \(isLess ? "little" : "much")"
      }
    }
    return Diagnostic(.testFailed, .error, message, at: figure.place.span)
  }
}
