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

  /// The version of each table: equal ones in two loads by one store stand for equal rows.
  package private(set) var versions: [String: Int] = [:]

  /// Reads tables of a plan, their files below a folder; `reading` hears the name of each file.
  ///
  /// Without a folder only the rows that stand in the plan itself are read.
  package init(
    _ sources: [TableSource], folder: String?, reading: (String) -> Void = { _ in }
  ) {
    self.init(sources, folder: folder, store: TableStore(), reading: reading)
  }

  /// Reads tables as above; what the store holds of unchanged files is not read again.
  init(
    _ sources: [TableSource], folder: String?, store: TableStore,
    reading: (String) -> Void
  ) {
    let readings = sources.compactMap { read($0, folder, store, reading) }
    rejected += TableKeys(sources.map(\.schema)).enforce(
      &tables, incomplete: Set(rejected.map(\.table)))
    for reading in readings {
      versions[reading.source.schema.name] = store.version(of: reading, among: readings)
    }
  }

  /// What is wrong with a folder that was named for the data: that it is not there, or is no folder.
  static func fault(ofFolder folder: String) -> Diagnostic? {
    if Path.isFolder(folder) { return nil }
    return Diagnostic(
      .fileNotReadable, .error,
      "the data folder `\(folder)` is \(Path.exists(folder) ? "no folder" : "not there")", at: .file(folder),
      help: "name the folder that holds the plan's data files")
  }

  private mutating func read(
    _ source: TableSource, _ folder: String?, _ store: TableStore,
    _ hearing: (String) -> Void
  ) -> TableStore.Reading? {
    let reading: TableStore.Reading
    switch source.origin {
    case .inline(let text, let firstLine, let file):
      let bytes = Array(text.utf8)
      if let known = store.reading(source, nil, nil) {
        reading = known
      } else {
        let result = CSVTableReader(source.schema, file: file, lineOffset: firstLine - 1).read(bytes)
        let warnings = SmallPercentages.warnings(source.schema, result.table) { bytes }
        reading = store.keep(source, nil, nil, result, Fingerprint.of(bytes), warnings)
      }
      add(reading, file)
    case .file(let name):
      guard let folder else { return nil }
      let path = Path.join(folder, name.text)
      let stamp = FileStamp(path)
      hearing(name.text)
      do throws(Diagnostic) {
        if let known = store.reading(source, path, stamp) {
          reading = known
        } else {
          reading = try Self.read(source, name.text, path, stamp, store)
        }
      } catch {
        diagnostics.append(
          Diagnostic(
            error.code, .error, error.message, at: name.span,
            help: "files are looked for below the data folder, `--data DIR`; without it beside the plan"))
        return nil
      }
      add(reading, name.text)
    }
    return reading
  }

  private static func read(
    _ source: TableSource, _ name: String, _ path: String, _ stamp: FileStamp?, _ store: TableStore
  ) throws(Diagnostic) -> TableStore.Reading {
    let text: any FileSource =
      if let encoding = source.encoding {
        try DecodedText(path, encoding: encoding)
      } else {
        try FileText(path)
      }
    let result = CSVTableReader(source.schema, file: name).read(from: text)
    if let failure = text.failure { throw failure }
    let warnings = SmallPercentages.warnings(source.schema, result.table) {
      (try? FileBytes.read(path)) ?? []
    }
    return store.keep(source, path, stamp, result, text.fingerprint, warnings)
  }

  private mutating func add(_ reading: TableStore.Reading, _ file: String) {
    let result = reading.result
    tables[reading.source.schema.name] = result.table
    rejected += result.rejected
    diagnostics += result.diagnostics + reading.warnings
    sources.append(
      Source(
        table: reading.source.schema.name, file: file, fingerprint: reading.fingerprint,
        recordCount: result.recordCount))
  }
}
