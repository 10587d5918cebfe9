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
    let readings = sources.map { (table: $0.schema.name, parts: read($0, folder, store, reading)) }
    let inputs = readings.map { TableStore.Whole.Input(table: $0.table, parts: $0.parts.map(\.version)) }
    if let whole = store.whole, whole.inputs == inputs {
      (tables, rejected, versions) = (whole.tables, whole.rejected, whole.versions)
    } else {
      rejected += TableKeys(sources.map(\.schema)).enforce(
        &tables, incomplete: Set(rejected.map(\.table)))
      let all = readings.flatMap(\.parts)
      for (table, parts) in readings where !parts.isEmpty {
        versions[table] = store.version(of: parts, among: all)
      }
      store.whole = .init(inputs: inputs, tables: tables, rejected: rejected, versions: versions)
    }
    for source in sources where !diagnostics.hasErrors {
      diagnostics += tables[source.schema.name].map { ControlCheck(source, $0).faults } ?? []
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

  /// Reads the files of a table, or its rows in the plan; empty where one of them cannot be had.
  private mutating func read(
    _ source: TableSource, _ folder: String?, _ store: TableStore, _ hearing: (String) -> Void
  ) -> [TableStore.Reading] {
    let own = readOwn(source, folder, store, hearing)
    guard let addition = source.addition, !own.isEmpty else { return own }
    return own + readOwn(addition, folder, store, hearing)
  }

  private mutating func readOwn(
    _ source: TableSource, _ folder: String?, _ store: TableStore, _ hearing: (String) -> Void
  ) -> [TableStore.Reading] {
    switch source.origin {
    case .inline(let text, let firstLine, let file, let format):
      let reading =
        store.reading(source, nil, nil)
        ?? {
          let bytes = Array(text.utf8)
          let result = format.read(source.schema, bytes, file: file, lineOffset: firstLine - 1)
          let warnings = SmallPercentages.warnings(source.schema, result.table) { bytes }
          return store.keep(source, nil, nil, result, Fingerprint.of(bytes), warnings)
        }()
      add(reading, file)
      return [reading]
    case .files(let names):
      guard let folder else { return [] }
      var readings: [TableStore.Reading] = []
      for name in names {
        do throws(Diagnostic) {
          for file in try Self.files(name.text, below: folder) {
            hearing(file)
            let path = Path.join(folder, file)
            let stamp = FileStamp(path).map { [$0] }
            let reading =
              if let known = store.reading(source, path, stamp) {
                known
              } else {
                try Self.read(source, file, path, stamp, store)
              }
            readings.append(reading)
            add(reading, file)
          }
        } catch {
          diagnostics.append(
            Diagnostic(
              error.code, .error, error.message, at: name.span,
              help: DataFolder.help(name.text, below: folder)))
          return []
        }
      }
      return readings
    case .database(let rows):
      guard let folder else { return [] }
      hearing(rows.file.text)
      let database = DatabaseReading(rows: rows, path: Path.join(folder, rows.file.text))
      let stamp = database.stamp
      do throws(Diagnostic) {
        let reading =
          if let known = store.reading(source, database.path, stamp) {
            known
          } else {
            try Self.read(source, database, stamp, store, folder)
          }
        add(reading, rows.file.text)
        return [reading]
      } catch {
        diagnostics.append(error)
        return []
      }
    }
  }

  /// The files that a name stands for: itself, or with a `*` in it those of the folder that fit, by their names.
  package static func files(_ name: String, below folder: String) throws(Diagnostic) -> [String] {
    let last = name.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? name
    guard last.contains("*") else { return [name] }
    let parent = String(name.dropLast(last.utf8.count))
    let fitting = Path.names(in: Path.join(folder, parent.isEmpty ? "." : parent)).filter {
      FilePattern(last).fits($0)
    }
    if fitting.isEmpty {
      throw Diagnostic(.fileNotReadable, .error, "no file fits `\(name)`", at: .file(name))
    }
    return fitting.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { parent + $0 }
  }

  private static func read(
    _ source: TableSource, _ database: DatabaseReading, _ stamp: [FileStamp]?, _ store: TableStore,
    _ folder: String
  ) throws(Diagnostic) -> TableStore.Reading {
    let (result, fingerprint) = try database.read(source.schema, below: folder)
    // What a text of percentages would look like is not known of numbers.
    let warnings = SmallPercentages.warnings(source.schema, result.table) { [] }
    return store.keep(source, database.path, stamp, result, fingerprint, warnings)
  }

  private static func read(
    _ source: TableSource, _ name: String, _ path: String, _ stamp: [FileStamp]?, _ store: TableStore
  ) throws(Diagnostic) -> TableStore.Reading {
    let text: any FileSource =
      if let encoding = source.encoding {
        try DecodedText(path, encoding: encoding)
      } else {
        try FileText(path)
      }
    let result = TextFormat(ofFile: name).read(source.schema, from: text, file: name)
    if let failure = text.failure { throw failure }
    let warnings = SmallPercentages.warnings(source.schema, result.table) {
      (try? FileBytes.read(path)) ?? []
    }
    return store.keep(source, path, stamp, result, text.fingerprint, warnings)
  }

  private mutating func add(_ reading: TableStore.Reading, _ file: String) {
    let result = reading.result
    let name = reading.source.schema.name
    if tables[name]?.append(result.table) == nil { tables[name] = result.table }
    rejected += result.rejected
    diagnostics += result.diagnostics + reading.warnings
    sources.append(
      Source(
        table: reading.source.schema.name, file: file, fingerprint: reading.fingerprint,
        recordCount: result.recordCount))
  }
}
