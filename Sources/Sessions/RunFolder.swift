package import Diagnostics
package import Engine
import JSONCore
import Reports
import SystemIO
import Tables

/// Writes a run's files into a folder, all of them or none, `run.json` last.
///
/// The folder is the run's own from before it begins: of two runs into one folder the second is refused.
package struct RunFolder {
  private static let linesFile = "lines.csv"
  private static let names = ["statements.csv", linesFile, "rejected.csv", "trace.jsonl", "balances.csv"]
  private let lock: FolderLock
  private let lines: LinesFile
  private var path: String { lock.path }

  /// Makes the folder where it is missing, and clears it of what a run that was killed left half-written.
  package init(_ path: String) throws(Diagnostic) {
    if path.isEmpty {
      throw Diagnostic(
        .fileNotWritable, .error, "the name of the folder for the result files is empty",
        at: nil as Location?,
        help: "write `.` for the current folder")
    }
    lock = try FolderLock(path)
    lock.removeLeftovers(of: Self.names + ["run.json"])
    lines = LinesFile(Path.join(path, Self.linesFile))
  }

  /// Takes a run's lines as they are made into the file that `write` puts in its place.
  package var lineSink: LineSink { lines.write }

  /// Writes `statements.csv`, `lines.csv`, `rejected.csv` when there is something to tell, `balances.csv` where
  /// the plan settles, `trace.jsonl` when
  /// it is given, and `run.json`.
  package func write(
    _ outcome: RunOutcome, payee: Int? = nil, period: Int? = nil, trace: [UInt8]? = nil
  ) throws(Diagnostic) {
    let result = outcome.result
    try replace { stage throws(Diagnostic) in
      try stage("statements.csv", StatementReport(result).report(payee: payee, period: period))
      if let taken = try lines.taken(), result.linesWereTaken {
        stage.files.append((Self.linesFile, taken))
      } else {
        try stage(Self.linesFile, LineReport(result).report(payee: payee, period: period))
      }
      if !outcome.rejected.isEmpty { try stage("rejected.csv", Self.report(outcome.rejected)) }
      if let balances = BalanceReport.report(result, payee: payee) { try stage("balances.csv", balances) }
      if let trace { try stage("trace.jsonl", trace) }
      try stage("run.json", outcome.manifest(payee: payee, period: period).bytes(pretty: true) + [0x0A])
    }
  }

  /// Writes a `run.json` that says why a run came to nothing, and takes away the files of an earlier one.
  package func write(failure: RunFaults, plan: String) throws(Diagnostic) {
    try replace { stage throws(Diagnostic) in
      try stage("run.json", failure.manifest(plan: plan).bytes(pretty: true) + [0x0A])
    }
  }

  /// Files that are written and wait to be put in their places.
  private struct Stage {
    let path: String
    var files: [(name: String, file: AtomicFile.Staged)] = []

    mutating func callAsFunction(_ name: String, _ bytes: [UInt8]) throws(Diagnostic) {
      files.append((name, try AtomicFile.stage(bytes, for: Path.join(path, name))))
    }

    /// Writes a report as CSV, its blocks made and written on all cores.
    mutating func callAsFunction(_ name: String, _ report: Report) throws(Diagnostic) {
      let csv = ReportCSV(report)
      let file = try AtomicFile.stage(blocks: csv.blockCount, for: Path.join(path, name)) { index, write in
        csv.block(index).withBytes { write(0, $0) }
      }
      files.append((name, file))
    }
  }

  /// Puts the files that `fill` writes in the place of those of an earlier run.
  ///
  /// Until all of them are written the old ones stay as they are. The older `run.json` goes before the first is put in
  /// its place, and the new one comes last: a folder has one only when everything else in it belongs to it.
  private func replace(_ fill: (inout Stage) throws(Diagnostic) -> Void) throws(Diagnostic) {
    var stage = Stage(path: path)
    do throws(Diagnostic) {
      try fill(&stage)
      AtomicFile.remove(Path.join(path, "run.json"))
      for name in Self.names where !stage.files.contains(where: { $0.name == name }) {
        AtomicFile.remove(Path.join(path, name))
      }
      for (_, file) in stage.files { try file.commit() }
    } catch {
      for (_, file) in stage.files { file.discard() }
      throw error
    }
  }

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
