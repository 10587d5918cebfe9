package import Diagnostics
import Engine
package import ModuleHost
import Money
import PlanModel
package import Reports
import Sessions

/// Runs the tests of a file, all in one session of the plan.
package struct PlanTestRun: Sendable {
  /// A figure that is not what a test expects.
  package struct Failure: Sendable {
    package let payee: String
    /// The label of the period; nil when the figure is one of a transaction.
    package let period: String?
    /// The id of the transaction; nil when the figure is one of a period.
    package let transaction: String?
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
    // Where a test is about what is wrong with the plan, the plan's errors are results.
    let isTried = file.tests.contains { $0.tellings != nil }
    let errors = (file.diagnostics + (isTried ? [] : session.diagnostics)).filter { $0.severity == .error }
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
      let places = TellingPlaces(rows: test.rows, plan: session.planFile, rejected: outcome.rejected)
      var faults = places.faults(outcome.diagnostics, test.tellings)
      var failures: [Failure] = []
      let checking = FigureChecking(session: session, outcome: outcome)
      for expectation in test.expectations {
        do throws(Diagnostic) {
          failures += try checking.failures(expectation)
        } catch {
          faults.append(error)
        }
      }
      return Result(test: test, failures: failures, faults: faults)
    } catch {
      let places = TellingPlaces(rows: test.rows, plan: session.planFile)
      var faults = places.faults(error.diagnostics, test.tellings)
      if let first = test.expectations.first, faults.isEmpty {
        faults.append(
          Diagnostic(
            .testFailed, .error, "there are no figures, since the plan could not be run", at: first.payee.span
          ))
      }
      return Result(test: test, failures: [], faults: faults)
    }
  }
}
