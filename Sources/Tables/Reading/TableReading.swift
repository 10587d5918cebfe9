package import Diagnostics

/// What reading one source of a table gave: the good rows, the bad ones, and what is wrong with the whole.
package struct TableReading: Sendable {
  package var table: Table
  package var rejected: [RejectedRow]
  package var diagnostics: [Diagnostic]
  /// The number of records read, good and bad, without a header.
  package var recordCount: Int
}
