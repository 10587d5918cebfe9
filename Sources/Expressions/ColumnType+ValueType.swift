package import Tables

extension ColumnType {
  /// The kind that expressions see.
  package var valueType: Expression.ValueType {
    switch self {
    case .text: .text
    case .integer, .decimal, .percent: .number
    case .date: .date
    case .boolean: .boolean
    }
  }
}
