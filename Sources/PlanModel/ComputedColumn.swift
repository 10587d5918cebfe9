package import Expressions
package import Money
package import Tables

/// A column that the plan works out, row by row: of others of its table, or by what stands in another one.
package struct ComputedColumn: Sendable, Equatable {
  package enum Source: Sendable, Equatable {
    case formula(Formula)
    case lookup(Lookup)
    /// The shares of people in the rows that they stand by.
    case shares(StatedShares)
    /// The cells of another column, where a condition over the row holds.
    case cells(String, only: Expression)
  }

  package struct Formula: Sendable, Equatable {
    package let expression: Expression
    /// How a number with more digits than the column is rounded; nil where there must be none.
    package let rounding: RoundingMode?
    /// The rows for which it is worked out; nil for all of them.
    package let only: Expression?
  }

  package let table: String
  package let column: ColumnSchema
  package let source: Source

  /// The formula as it is shown to people; nil where the column is no formula.
  package var words: String? {
    if case .formula(let formula) = source { formula.expression.text } else { nil }
  }

  package init(
    table: String, column: ColumnSchema, formula: Expression, rounding: RoundingMode?, only: Expression? = nil
  ) {
    self.table = table
    self.column = column
    source = .formula(Formula(expression: formula, rounding: rounding, only: only))
  }

  package init(table: String, column: ColumnSchema, _ source: Source) {
    (self.table, self.column, self.source) = (table, column, source)
  }

  /// The table that its values stand in, where that is another one.
  package var otherTable: String? {
    if case .lookup(let lookup) = source, lookup.table != table { lookup.table } else { nil }
  }
}
