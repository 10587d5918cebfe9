import Diagnostics
import Engine
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions

/// Compares what was expected with what a run gave.
struct FigureChecking {
  let session: PlanSession
  let outcome: RunOutcome

  /// The figures of an expectation that are not what was expected.
  func failures(_ expectation: PlanTest.Expectation) throws(Diagnostic) -> [PlanTestRun.Failure] {
    let people = outcome.result.data.people
    guard let payee = people.finder.index(of: expectation.payee.text) else {
      throw Diagnostic(
        .payeeUnknown, .error, "there is no payee `\(expectation.payee.text)`", at: expectation.payee.span,
        help: Suggestion.help(for: expectation.payee.text, in: people.ids))
    }
    switch expectation.subject {
    case .period(let label):
      return try failures(expectation.figures, payee: payee, period: try period(label))
    case .transaction(let id, let credit):
      return try failures(expectation.figures, payee: payee, transaction: id, credit: credit?.text)
    }
  }

  private func period(_ label: Named?) throws(Diagnostic) -> Int {
    let labels = outcome.result.data.plan.calendar.periods.map(\.label)
    guard let label else { return 0 }
    if let place = labels.firstIndex(of: label.text) { return place }
    throw Diagnostic(
      .periodUnknown, .error, "there is no period `\(label.text)`", at: label.span,
      help: Suggestion.help(for: label.text, in: labels))
  }

  private func failures(_ figures: [PlanTest.Figure], payee: Int, period: Int) throws(Diagnostic)
    -> [PlanTestRun.Failure]
  {
    let statements = StatementReport(outcome.result)
    let paths = FigurePaths(plan: outcome.result.data.plan)
    let id = outcome.result.data.people.ids[payee]
    let label = outcome.result.data.plan.calendar.periods[period].label
    var failures: [PlanTestRun.Failure] = []
    for figure in figures {
      try refuseUnknown(figure, paths.names) { $0.givenPeriods.map(\.name) }
      let found = statements.figure(paths.path(figure.name), payee: payee, period: period)
      if case .number(figure.amount) = found { continue }
      let whole = try session.derivations(outcome, payee: payee, periods: [period]).flatMap { $0 }
      failures.append(
        PlanTestRun.Failure(
          payee: id, period: label, transaction: nil, figure: figure, found: found,
          diagnostic: Self.words(figure, found, "`\(id)` in \(label)"), derivations: part(of: whole, figure)))
    }
    return failures
  }

  private func failures(
    _ figures: [PlanTest.Figure], payee: Int, transaction: Named, credit: String?
  ) throws(Diagnostic) -> [PlanTestRun.Failure] {
    let lines = LineReport(outcome.result)
    let paths = FigurePaths(plan: outcome.result.data.plan)
    let id = outcome.result.data.people.ids[payee]
    var failures: [PlanTestRun.Failure] = []
    for figure in figures {
      try refuseUnknown(figure, paths.lineNames) { $0.given.map(\.name) }
      let path = figure.name == "credited" ? [figure.name] : paths.path(figure.name)
      guard let found = lines.figure(path, payee: payee, transaction: transaction.text, credit: credit) else {
        throw Diagnostic(
          .transactionUnknown, .error, "there is no transaction `\(transaction.text)`", at: transaction.span,
          help: Suggestion.help(for: transaction.text, in: lines.transactions))
      }
      if case .number(figure.amount) = found { continue }
      // A transaction that pays somebody nothing has no derivation.
      let whole = (try? session.derivations(outcome, payee: payee, transaction: transaction.text)) ?? []
      failures.append(
        PlanTestRun.Failure(
          payee: id, period: nil, transaction: transaction.text, figure: figure, found: found,
          diagnostic: Self.words(figure, found, "`\(id)` for \(transaction.text)"),
          derivations: part(of: whole, figure)))
    }
    return failures
  }

  /// The part of an explanation that a figure comes from; all of it where no component does.
  private func part(of whole: [Derivation], _ figure: PlanTest.Figure) -> [Derivation] {
    let component = FigurePaths(plan: outcome.result.data.plan).component(figure.name)
    let part = component.flatMap { name in whole.flatMap(\.children).first { $0.title == name } }
    return part.map { [$0] } ?? whole
  }

  /// A figure of a component's own that its module does not give.
  private func refuseUnknown(
    _ figure: PlanTest.Figure, _ known: [String], _ given: (ComponentResult.Figures) -> [String]
  ) throws(Diagnostic) {
    if known.contains(figure.name) { return }
    let path = FigurePaths(plan: outcome.result.data.plan).path(figure.name)
    guard let figures = outcome.result.component(path[0])?.figures else { return }
    let names = given(figures)
    if names.contains(path[1]) { return }
    throw Diagnostic(
      .unknownName, .error, "component `\(path[0])` gives no figure `\(path[1])` here", at: figure.place.span,
      help: Suggestion.help(for: path[1], in: known.filter { $0.hasPrefix(path[0] + ".") } + names))
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
