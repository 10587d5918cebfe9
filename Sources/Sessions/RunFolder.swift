package import Diagnostics
import JSONCore
import Reports
import SystemIO
import Tables

/// Writes a run's files into a folder, each whole or not at all, `run.json` last.
package struct RunFolder {
  private let path: String

  package init(_ path: String) { self.path = path }

  /// Writes `statements.csv`, `lines.csv`, `rejected.csv` when there is something to tell, `trace.jsonl` when
  /// it is given, and `run.json`.
  ///
  /// An older `run.json` is taken away first: a folder has one only when everything else in it belongs to it.
  package func write(
    _ outcome: RunOutcome, payee: Int? = nil, period: Int? = nil, trace: [UInt8]? = nil
  ) throws(Diagnostic) {
    try AtomicFile.makeFolder(path)
    AtomicFile.remove(file("run.json"))
    try write(StatementReport(outcome.result).report(payee: payee, period: period), "statements.csv")
    try write(LineReport(outcome.result).report(payee: payee, period: period), "lines.csv")
    let rejected = outcome.rejected
    if rejected.isEmpty {
      AtomicFile.remove(file("rejected.csv"))
    } else {
      try write(Self.report(rejected), "rejected.csv")
    }
    if let trace {
      try AtomicFile.write(trace, to: file("trace.jsonl"))
    } else {
      AtomicFile.remove(file("trace.jsonl"))
    }
    try AtomicFile.write(outcome.manifest.bytes(pretty: true) + [0x0A], to: file("run.json"))
  }

  /// Writes a report as CSV, its blocks made and written on all cores.
  private func write(_ report: Report, _ name: String) throws(Diagnostic) {
    let csv = ReportCSV(report)
    try AtomicFile.write(blocks: csv.blockCount, to: file(name)) { index, write in
      csv.block(index).withBytes(write)
    }
  }

  private func file(_ name: String) -> String { Path.join(path, name) }

  private static func report(_ rows: [RejectedRow]) -> Report {
    Report(
      headings: ["file", "line", "column", "code", "message"], isFigure: [false, true, false, false, false],
      rows: rows.map { row in
        [
          .text(row.file), .text(String(row.line)), .text(row.column ?? ""), .text(row.code.rawValue),
          .text(row.message),
        ]
      })
  }
}
