/// A value that stands in another table, found by a key of the row, and by its day where that table is dated.
package struct Lookup: Sendable, Equatable {
  /// A column of the other table, and that of the row which it must equal.
  package struct Match: Sendable, Equatable {
    package let theirs: String
    package let own: String

    package init(theirs: String, own: String) { (self.theirs, self.own) = (theirs, own) }
  }

  /// The stretch of days for which a row of the other table holds.
  package struct Days: Sendable, Equatable {
    /// The column of the row with its day.
    package let own: String
    /// The columns with the first day and the end; an empty cell, or no column, for none.
    package let from: String?
    package let to: String?
    /// Whether the day in `to` is still included.
    package let includesLastDay: Bool

    package init(own: String, from: String?, to: String?, includesLastDay: Bool) {
      (self.own, self.from, self.to, self.includesLastDay) = (own, from, to, includesLastDay)
    }
  }

  /// What becomes of a row for which nothing is found.
  package enum Missing: String, Sendable, CaseIterable {
    /// It is rejected.
    case reject
    /// It has 0.
    case zero
    /// Its cell is empty.
    case empty
  }

  package let table: String
  package let column: String
  package let matches: [Match]
  package let days: Days?
  package let missing: Missing

  package init(table: String, column: String, matches: [Match], days: Days?, missing: Missing) {
    (self.table, self.column, self.matches) = (table, column, matches)
    (self.days, self.missing) = (days, missing)
  }
}
