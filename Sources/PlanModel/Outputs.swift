package import Diagnostics

/// Which columns the two result files have, in order; nil for the usual ones.
package struct Outputs: Sendable {
  package struct Column: Sendable {
    /// The heading in the file.
    package let heading: String
    /// What it shows: `payee`, `period`, `bookings.attainment`, `commission.earned`, `total`.
    package let path: [String]
    /// Rounds the figure for display; nil shows it as it is.
    package let rounding: Rounding?
    package let span: SourceSpan

    package init(heading: String, path: [String], rounding: Rounding?, span: SourceSpan) {
      self.heading = heading
      self.path = path
      self.rounding = rounding
      self.span = span
    }
  }

  package let statements: [Column]?
  package let lines: [Column]?
  /// The credit rules whose lines are written; nil for all.
  package let lineCredits: [String]?

  package init(statements: [Column]?, lines: [Column]?, lineCredits: [String]?) {
    self.statements = statements
    self.lines = lines
    self.lineCredits = lineCredits
  }
}
