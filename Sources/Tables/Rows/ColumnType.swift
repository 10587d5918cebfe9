/// What the cells of a column hold.
package enum ColumnType: Sendable, Hashable {
  case text
  /// A whole number of at most 18 digits.
  case integer
  /// An exact number with at most this many digits after the point.
  case decimal(places: Int)
  /// A percentage: the cell `7.5` or `7.5%` is 0.075; kept with this many places of the fraction.
  case percent(places: Int)
  /// A day, `YYYY-MM-DD`.
  case date
  /// `true` or `false`, `1` or `0`.
  case boolean

  /// The word that a plan uses for it.
  package var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .decimal: "decimal"
    case .percent: "percent"
    case .date: "date"
    case .boolean: "boolean"
    }
  }
}

/// A column that a plan names: where it stands in the file and what it holds.
package struct ColumnSchema: Sendable, Hashable {
  /// The name in the plan.
  package let name: String
  /// The name in the file's header line.
  package let header: String
  package let type: ColumnType
  /// Whether a cell may be empty.
  package let isOptional: Bool
  /// How numbers are written.
  package let numbers: NumberStyle
  /// How days are written; nil for `YYYY-MM-DD`.
  package let dates: DateFormat?

  package init(
    name: String, header: String? = nil, type: ColumnType, isOptional: Bool = false,
    numbers: NumberStyle = .plain, dates: DateFormat? = nil
  ) {
    self.numbers = numbers
    self.dates = dates
    self.name = name
    self.header = header ?? name
    self.type = type
    self.isOptional = isOptional
  }
}
