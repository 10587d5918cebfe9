package import Expressions

/// One way to find who owns a row; those of a rule are tried in order, and the first that names somebody decides.
package struct Recipient: Sendable, Equatable {
  package enum Way: Sendable, Equatable {
    /// The person whose id stands in a column of the row; an empty cell names nobody.
    case column(String)
    /// Always this person.
    case person(Named)
    /// The person of the row of a table that fits, as of the row's day.
    case territory(Territory)
    /// All payees of a team, as of the row's day.
    case members(Members)
    /// Nobody: a house account.
    case nobody
  }

  package let way: Way
  /// Only rows for which this holds are meant.
  package let condition: Expression?

  package init(_ way: Way, where condition: Expression? = nil) {
    self.way = way
    self.condition = condition
  }
}

/// A table of territories or named accounts: which columns must agree with those of the row, and who it is then.
///
/// An empty cell agrees with everything. Of the rows that fit, the one with the fewest empty cells counts.
package struct Territory: Sendable, Equatable {
  /// A column of the territory table, and that of the credited table which it is compared with.
  package struct Match: Sendable, Equatable {
    package let own: String
    package let credited: String

    package init(own: String, credited: String) {
      self.own = own
      self.credited = credited
    }
  }

  package let table: String
  package let matches: [Match]
  package let person: String
  /// The columns with the first day and the end; an empty cell, or no column, for none.
  package let from: String?
  package let to: String?
  /// Whether the day in `to` is still included.
  package let includesLastDay: Bool

  package init(
    table: String, matches: [Match], person: String, from: String?, to: String?, includesLastDay: Bool
  ) {
    self.table = table
    self.matches = matches
    self.person = person
    self.from = from
    self.to = to
    self.includesLastDay = includesLastDay
  }
}

/// The payees whose attribute, as of the row's day, equals a column of the row.
package struct Members: Sendable, Equatable {
  package enum Each: String, Sendable, CaseIterable {
    /// Each gets the whole amount.
    case full
    /// Each gets an equal part; the last digits that are left over go one each to the first by id.
    case equal
  }

  package let attribute: String
  package let column: String
  package let each: Each

  package init(attribute: String, column: String, each: Each) {
    self.attribute = attribute
    self.column = column
    self.each = each
  }
}
