import Diagnostics
import PlanModel
import SystemIO
import Tables

/// The tables that a session has read, kept so that a file that has not changed is not read again.
final class TableStore {
  /// What was read from one place.
  struct Reading {
    let source: TableSource
    /// The file as the system described it before it was read; nil for text inside the plan.
    let stamp: [FileStamp]?
    let result: TableReading
    let fingerprint: String
    let warnings: [Diagnostic]
    /// A number of its own for each reading.
    let version: Int
  }

  /// All tables of a plan after their keys were enforced, and the versions of the readings that they are of.
  struct Whole {
    struct Input: Equatable {
      let table: String
      let parts: [Int]
    }

    let inputs: [Input]
    let tables: [String: Table]
    let rejected: [RejectedRow]
    let versions: [String: Int]
  }

  /// What was last loaded: equal readings are not held against each other again.
  var whole: Whole?

  private var readings: [String: Reading] = [:]
  private var lastVersion = 0
  private var versions: [[Int]: Int] = [:]

  /// The reading of a table, if its source and its file are as they were.
  func reading(_ source: TableSource, _ path: String?, _ stamp: [FileStamp]?) -> Reading? {
    guard let reading = readings[key(source, path)], reading.stamp == stamp, path == nil || stamp != nil,
      reading.source.readsAlike(source)
    else { return nil }
    return reading
  }

  /// Keeps a new reading.
  func keep(
    _ source: TableSource, _ path: String?, _ stamp: [FileStamp]?, _ result: TableReading,
    _ fingerprint: String, _ warnings: [Diagnostic]
  ) -> Reading {
    lastVersion += 1
    let reading = Reading(
      source: source, stamp: stamp, result: result, fingerprint: fingerprint, warnings: warnings,
      version: lastVersion)
    readings[key(source, path)] = reading
    return reading
  }

  /// A number for a table of these readings after its keys were enforced: that of earlier equal ones, for equal readings.
  ///
  /// A table that points at others has other rows when those have.
  func version(of readings: [Reading], among all: [Reading]) -> Int {
    let hasReferences = readings.contains { !$0.source.schema.references.isEmpty }
    let inputs =
      readings.map(\.version) + (hasReferences ? [0] + all.map(\.version).sorted() : [])
    if let version = versions[inputs] { return version }
    let version = versions.count + 1
    versions[inputs] = version
    return version
  }

  private func key(_ source: TableSource, _ path: String?) -> String {
    "\(source.schema.name)\n\(path ?? "")"
  }
}

extension TableSource {
  /// Whether the same text gives the same table, wherever the plan describes it.
  fileprivate func readsAlike(_ other: TableSource) -> Bool {
    guard schema.describesAlike(other.schema) else { return false }
    return switch (origin, other.origin) {
    case (.files, .files): encoding == other.encoding
    case (.inline(let a, let first, let file, let format), .inline(let b, let second, let other, let another)):
      first == second && file == other && format == another && a == b
    case (.database(let rows), .database(let others)):
      rows.file == others.file && rows.rows == others.rows && rows.takesReals == others.takesReals
    default: false
    }
  }
}

extension TableSchema {
  fileprivate func describesAlike(_ other: TableSchema) -> Bool {
    name == other.name && columns == other.columns && key == other.key && separator == other.separator
      && references.elementsEqual(other.references) { $0.column == $1.column && $0.table == $1.table }
      && ignoresOtherColumns == other.ignoresOtherColumns && acceptsRejects == other.acceptsRejects
  }
}
