package import Engine
import PlanCalendar
import PlanModel

/// The words that lines of a run show again and again.
package struct LineWords: Sendable {
  let ids: ReportWords
  let names: ReportWords
  let periods: ReportWords

  /// The words; with `forCSV` they are made ready once to be written many times.
  package init(_ data: RunData, forCSV: Bool = false) {
    ids = ReportWords(data.people.ids, forCSV: forCSV)
    names = ReportWords(data.people.names, forCSV: forCSV)
    periods = ReportWords(data.plan.calendar.periods.map(\.label), forCSV: forCSV)
  }
}

/// Words by number.
package struct ReportWords: Sendable {
  let texts: [String]
  private let ready: CSVWords?

  init(_ texts: [String], forCSV: Bool = false) {
    self.texts = texts
    ready = forCSV ? CSVWords(texts.map(\.utf8)) : nil
  }

  /// The words as fields of CSV.
  var csv: CSVWords { ready ?? CSVWords(texts.map(\.utf8)) }
}
