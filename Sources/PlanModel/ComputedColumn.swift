package import Expressions
package import Money
package import Tables

/// A column that the plan works out of others of its table, row by row.
package struct ComputedColumn: Sendable, Equatable {
  package let table: String
  package let column: ColumnSchema
  package let formula: Expression
  /// How a number with more digits than the column is rounded; nil where there must be none.
  package let rounding: RoundingMode?
  /// The rows for which it is worked out; nil for all of them.
  package let only: Expression?

  /// The formula as it is shown to people.
  package var words: String { formula.text }

  package init(
    table: String, column: ColumnSchema, formula: Expression, rounding: RoundingMode?, only: Expression? = nil
  ) {
    self.table = table
    self.column = column
    self.formula = formula
    self.rounding = rounding
    self.only = only
  }
}
