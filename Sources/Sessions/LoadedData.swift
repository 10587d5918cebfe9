package import Diagnostics
package import PlanModel
import SystemIO
package import Tables

/// The tables of a plan, read from their files, and what was wrong with them.
package struct LoadedData: Sendable {
  /// What was read for one table.
  package struct Source: Sendable {
    package let table: String
    package let file: String
    /// SHA-256 of the bytes, in hexadecimal.
    package let fingerprint: String
    package let recordCount: Int
  }

  package private(set) var tables: [String: Table] = [:]
  package private(set) var sources: [Source] = []
  package private(set) var rejected: [RejectedRow] = []
  /// Faults of files as a whole; rejected rows stand in `rejected`.
  package private(set) var diagnostics: [Diagnostic] = []

  /// Reads tables of a plan, their files below a folder; `reading` hears the name of each file.
  ///
  /// Without a folder only the rows that stand in the plan itself are read.
  package init(
    _ sources: [TableSource], planFile: String, folder: String?, reading: (String) -> Void = { _ in }
  ) {
    for source in sources { read(source, planFile: planFile, folder: folder, reading) }
    rejected += TableKeys(sources.map(\.schema)).enforce(
      &tables, incomplete: Set(rejected.map(\.table)))
  }

  private mutating func read(
    _ source: TableSource, planFile: String, folder: String?, _ reading: (String) -> Void
  ) {
    switch source.origin {
    case .inline(let text, let firstLine):
      let bytes = Array(text.utf8)
      let reader = CSVTableReader(source.schema, file: planFile, lineOffset: firstLine - 1)
      add(reader.read(bytes), source, planFile, Fingerprint.of(bytes)) { bytes }
    case .file(let name):
      guard let folder else { return }
      reading(name.text)
      do throws(Diagnostic) {
        let text = try FileText(Path.join(folder, name.text))
        let result = CSVTableReader(source.schema, file: name.text).read(from: text)
        if let failure = text.failure { throw failure }
        add(result, source, name.text, text.fingerprint) {
          (try? FileBytes.read(Path.join(folder, name.text))) ?? []
        }
      } catch {
        diagnostics.append(
          Diagnostic(
            error.code, .error, error.message, at: name.span,
            help: "files are looked for below the data folder, `--data DIR`; without it beside the plan"))
      }
    }
  }

  private mutating func add(
    _ result: CSVTableReader.Result, _ source: TableSource, _ file: String, _ fingerprint: String,
    _ bytes: () -> [UInt8]
  ) {
    tables[source.schema.name] = result.table
    rejected += result.rejected
    diagnostics += result.diagnostics + SmallPercentages.warnings(source.schema, result.table, bytes)
    sources.append(
      Source(
        table: source.schema.name, file: file, fingerprint: fingerprint, recordCount: result.recordCount))
  }
}
