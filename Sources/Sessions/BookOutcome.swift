package import Diagnostics
package import Engine
package import JSONCore
import Money
import PlanCalendar
import PlanModel
import PlanReading
package import Reports

/// The runs of a book's plans, and what is to be told of who was in which.
package struct BookOutcome {
  /// A plan's version and its run.
  package struct Part {
    package let member: BookSession.Member
    package let outcome: RunOutcome
    package let membership: Membership
  }

  package let book: BookFile
  package let parts: [Part]
  /// People in several plans where that is refused, and days on which people are in none.
  package let ofPeople: [Diagnostic]

  init(book: BookFile, parts: [Part]) {
    (self.book, self.parts) = (book, parts)
    ofPeople = PlanCoverage(parts).diagnostics(book)
  }

  /// Everything there is to tell.
  package var diagnostics: [Diagnostic] {
    book.diagnostics + parts.flatMap(\.outcome.diagnostics) + ofPeople
  }

  package var isComplete: Bool { !ofPeople.hasErrors && parts.allSatisfy(\.outcome.isComplete) }

  /// The statements over all plans.
  package func report(payee: String? = nil, period: String? = nil) -> BookReport {
    BookReport(
      parts.map {
        BookReport.Part(plan: $0.member.plan.text, result: $0.outcome.result, membership: $0.membership)
      }, payee: payee, period: period)
  }

  /// The ids of all people of the plans, and the labels of all periods.
  package var payees: Set<String> { Set(parts.flatMap { $0.outcome.result.data.people.ids }) }
  package var periods: Set<String> {
    Set(parts.flatMap { $0.outcome.result.data.plan.calendar.periods.map(\.label) })
  }

  /// The content of `book.json`.
  package func manifest(payee: String? = nil, period: String? = nil) -> JSONValue {
    let total = report(payee: payee, period: period).total
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return [
      "state": isComplete ? "complete" : "incomplete",
      "book": [
        "name": text(book.book?.name.text), "file": .string(book.file), "sha256": .string(book.fingerprint),
      ],
      "only": payee == nil && period == nil ? .null : ["payee": text(payee), "period": text(period)],
      "plans": .array(
        parts.map { part in
          [
            "plan": .string(part.member.plan.text), "file": .string(part.outcome.planFile.file),
            "sha256": .string(part.outcome.planFile.fingerprint),
            "from": text(part.member.version.from?.description),
            "to": text(part.member.version.to?.description),
            "folder": .string(part.member.label),
            "state": part.outcome.isComplete ? "complete" : "incomplete",
          ]
        }),
      "total": text(total?.description),
      "diagnostics": ofPeople.shortJSON, "diagnosticsLeftOut": .number(ofPeople.leftOut),
    ]
  }
}
