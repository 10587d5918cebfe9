package import Diagnostics
import Engine
package import ModuleHost
import Money
import PlanCalendar
package import PlanModel
package import PlanReading
import SystemIO

/// A book that is open: the plans in it, each with its modules.
package final class BookSession {
  /// A version of a plan.
  package struct Member {
    /// The plan's name in the book.
    package let plan: Named
    package let version: Book.Version
    /// What its results are called: the plan's name, with the number of the version where there are several.
    package let label: String
    package let session: PlanSession
  }

  package let book: BookFile
  package let members: [Member]
  /// Everything that is wrong with the book and its plans.
  package let diagnostics: [Diagnostic]

  /// Opens the plans of a book; one whose file cannot be read is a fault.
  package init(_ book: BookFile, modules: ModuleDirectory, deadlines: ModuleProcess.Deadlines = .init()) {
    self.book = book
    var members: [Member] = []
    var diagnostics = book.diagnostics
    for plan in book.book?.members ?? [] {
      for (place, version) in plan.versions.enumerated() {
        let folder = Path.folder(of: book.file)
        let path = Path.join(folder == "." ? "" : folder, version.file.text)
        do {
          let file = PlanFile(
            bytes: try FileBytes.read(path), file: path, assigned: version.assigned, book: book.source)
          let label = plan.versions.count > 1 ? "\(plan.name.text)-\(place + 1)" : plan.name.text
          members.append(
            Member(
              plan: plan.name, version: version, label: label,
              session: PlanSession(file, modules: modules, deadlines: deadlines)))
        } catch {
          diagnostics.append(
            Diagnostic(
              error.code, .error, error.message, at: version.file.span,
              help: "the file is looked for beside \(book.file)"))
        }
      }
    }
    self.members = members
    let plans = members.flatMap(\.session.diagnostics)
    self.diagnostics = diagnostics + plans + Self.currencyFaults(members)
  }

  /// The texts of all files.
  package var sources: [SourceText] { [book.source] + members.flatMap(\.session.planFile.sources) }

  /// Whether the book can be run.
  package var isWhole: Bool {
    book.book != nil && members.allSatisfy { $0.session.planFile.plan != nil }
      && !Self.currencyFaults(members).hasErrors
      && members.count == book.book?.members.reduce(0) { $0 + $1.versions.count }
  }

  /// All that can be told before a run, with the rows of the plans and, where there is a folder, its files.
  package func checked(dataFolder: String?) -> [Diagnostic] {
    diagnostics + members.flatMap { $0.session.dataDiagnostics(folder: dataFolder) }
  }

  /// Pay of several plans is added up, and so is of one currency.
  private static func currencyFaults(_ members: [Member]) -> [Diagnostic] {
    guard let first = members.first(where: { $0.session.planFile.plan != nil }),
      let currency = first.session.planFile.plan?.currency
    else { return [] }
    return members.compactMap { member in
      guard let other = member.session.planFile.plan?.currency, other != currency else { return nil }
      return Diagnostic(
        .currencyMismatch, .error,
        "plan `\(member.label)` is in \(other.code), and `\(first.label)` in \(currency.code)",
        at: member.version.file.span, help: "make a book of each currency")
    }
  }

  /// Runs all plans, and looks at who was in which.
  package func run(
    _ options: PlanSession.RunOptions, progress: @escaping (PlanSession.Progress) -> Void = { _ in }
  ) throws(RunFaults) -> BookOutcome {
    if !isWhole { throw RunFaults(diagnostics) }
    var outcomes: [BookOutcome.Part] = []
    for member in members {
      let outcome = try member.session.run(options, progress: progress)
      let membership: Membership
      do { membership = try Membership(outcome.result.data) } catch { throw RunFaults([error]) }
      outcomes.append(BookOutcome.Part(member: member, outcome: outcome, membership: membership))
    }
    return BookOutcome(book: book, parts: outcomes)
  }
}
