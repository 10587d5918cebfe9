package import Diagnostics
import Engine
import JSONCore
import PlanCalendar
import PlanModel
import Reports
import SystemIO

/// Writes a book's results: a folder a plan, `statements.csv` over all of them, `book.json` last.
package struct BookFolder {
  private let lock: FolderLock

  /// Makes the folder where it is missing.
  package init(_ path: String) throws(Diagnostic) { lock = try FolderLock(path) }

  /// Writes all of it; `book.json` is there only when everything else is.
  package func write(
    _ outcome: BookOutcome, payee: String? = nil, period: String? = nil
  ) throws(Diagnostic) {
    let manifest = Path.join(lock.path, "book.json")
    AtomicFile.remove(manifest)
    for part in outcome.parts {
      let data = part.outcome.result.data
      let person = payee.map { data.people.finder.index(of: $0) }
      let place = period.map { label in data.plan.calendar.periods.firstIndex { $0.label == label } }
      if person == .some(nil) || place == .some(nil) { continue }
      try RunFolder(Path.join(lock.path, part.member.label)).write(
        part.outcome, payee: person ?? nil, period: place ?? nil)
    }
    let report = outcome.report(payee: payee, period: period).report
    let csv = ReportCSV(report)
    try AtomicFile.stage(blocks: csv.blockCount, for: Path.join(lock.path, "statements.csv")) {
      index, write in
      csv.block(index).withBytes { write(0, $0) }
    }.commit()
    let bytes = outcome.manifest(payee: payee, period: period).bytes(pretty: true) + [0x0A]
    try AtomicFile.stage(bytes, for: manifest).commit()
  }
}
