package import Tables

/// The tables of a run; a table whose version is that of an earlier run has the same rows.
package struct VersionedTables: Sendable {
  package private(set) var tables: [String: Table]
  private var versions: [String: Int]

  /// Tables with their versions, numbers from 1; a table without one counts as new in each run.
  package init(_ tables: [String: Table], versions: [String: Int] = [:]) {
    self.tables = tables
    self.versions = versions
  }

  /// Puts another table in the place of one.
  mutating func replace(_ name: String, with table: Table, version: Int) {
    tables[name] = table
    versions[name] = version
  }

  /// The versions of these tables.
  func versions(_ names: [String]) -> [Int] { names.map { versions[$0] ?? 0 } }
}
