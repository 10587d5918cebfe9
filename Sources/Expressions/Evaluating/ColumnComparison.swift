import Money
import PlanCalendar
import Tables

/// Compares the cells of a column of numbers or days with one value, without a value a cell.
struct ColumnComparison {
  private let comparison: Expression.Comparison
  private let literal: Expression.Value

  init(_ comparison: Expression.Comparison, _ literal: Expression.Value) {
    self.comparison = comparison
    self.literal = literal
  }

  /// For each row whether the comparison holds; nil where the column must be looked at cell by cell.
  ///
  /// An empty cell is different from every value, and neither below nor above it.
  func flags(of column: Column) -> [Bool]? {
    switch (column.values, literal) {
    case (.date(let days), .date(let date)): return flags(days, date.day, column.missing)
    case (.integer(let cells), _): return flags(cells, places: 0, column.missing)
    case (.decimal(let cells, let places), _): return flags(cells, places: places, column.missing)
    default: return nil
    }
  }

  private func flags(_ cells: [Int64], places: Int, _ missing: [Bool]?) -> [Bool]? {
    guard let short = literal.decimal?.normalized, short.scale <= places,
      let scaled = try? short.rescaled(to: places, rounding: .down), let bound = Int64(exactly: scaled)
    else { return nil }
    return flags(cells, bound, missing)
  }

  private func flags<Cell: FixedWidthInteger>(_ cells: [Cell], _ bound: Cell, _ missing: [Bool]?) -> [Bool] {
    var flags =
      switch comparison {
      case .equal: cells.map { $0 == bound }
      case .notEqual: cells.map { $0 != bound }
      case .less: cells.map { $0 < bound }
      case .lessOrEqual: cells.map { $0 <= bound }
      case .greater: cells.map { $0 > bound }
      case .greaterOrEqual: cells.map { $0 >= bound }
      }
    if let missing {
      for row in flags.indices where missing[row] { flags[row] = comparison == .notEqual }
    }
    return flags
  }
}
