package import Tables

/// The tables of a run; a table whose version is that of an earlier run has the same rows.
package struct VersionedTables: Sendable {
  package let tables: [String: Table]
  private let versions: [String: Int]

  /// Tables with their versions, numbers from 1; a table without one counts as new in each run.
  package init(_ tables: [String: Table], versions: [String: Int] = [:]) {
    self.tables = tables
    self.versions = versions
  }

  /// The versions of these tables.
  func versions(_ names: [String]) -> [Int] { names.map { versions[$0] ?? 0 } }
}
