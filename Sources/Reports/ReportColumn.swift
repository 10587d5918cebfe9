import Money
import PlanCalendar
import PlanModel
package import Tables

/// The cells of one column of a report, by the row numbers of what is reported.
package enum ReportColumn: Sendable {
  /// No figure is known, because its component failed, or there is none.
  case empty
  case same(String)
  /// Words by number; a number below zero is an empty cell.
  case words([Int32], [String])
  case pooled([Int32], TextPool)
  /// Figures as integers of the last of `places` digits; empty where `missing` says so.
  case numbers([Int64], places: Int, missing: [Bool]? = nil)
  case dates([Int32])
  /// Cells that are worked out one by one.
  case each(@Sendable (Int) -> Cell)

  /// The cells of a table's column for these rows of it; a row below zero gives an empty cell.
  package init(_ column: Column?, rows: [Int32]) {
    guard let column else {
      self = .empty
      return
    }
    if case .text(let codes, let pool) = column.values, column.missing == nil {
      self = .pooled(rows.map { $0 < 0 ? -1 : codes[Int($0)] }, pool)
    } else {
      self = .each { rows[$0] < 0 ? .empty : .text(column.display(Int(rows[$0]))) }
    }
  }

  /// The sums of columns of figures, row by row, exactly.
  static func sum(_ parts: [(cells: [Int64], places: Int)], count: Int) -> ReportColumn {
    let places = parts.map(\.places).max() ?? 0
    var sums = [Int128](repeating: 0, count: count)
    for part in parts {
      let factor = PowersOfTen[places - part.places]
      for row in 0..<count { sums[row] += Int128(part.cells[row]) * factor }
    }
    if sums.allSatisfy({ Int64(exactly: $0) != nil }) {
      return .numbers(sums.map { Int64(truncatingIfNeeded: $0) }, places: places)
    }
    return .each { [sums] in .number(ExactDecimal(coefficient: sums[$0], scale: places)) }
  }

  /// The cell of a row.
  package func cell(_ row: Int) -> Cell {
    switch self {
    case .empty: .empty
    case .same(let word): .text(word)
    case .words(let numbers, let words): numbers[row] < 0 ? .empty : .text(words[Int(numbers[row])])
    case .pooled(let codes, let pool): codes[row] < 0 ? .empty : .text(pool[codes[row]])
    case .numbers(let cells, let places, let missing):
      missing?[row] ?? false
        ? .empty : .number(ExactDecimal(coefficient: Int128(cells[row]), scale: places))
    case .dates(let days): .text(CalendarDate(day: days[row]).description)
    case .each(let cell): cell(row)
    }
  }

  /// The figures rounded for show.
  func rounded(_ rounding: Rounding?) -> ReportColumn {
    guard let rounding else { return self }
    switch self {
    case .numbers(let cells, let places, let missing) where rounding.places <= places:
      let unit = PowersOfTen[places - rounding.places]
      let shown = cells.map { Int64(truncatingIfNeeded: rounding.mode.quotient(Int128($0), unit)) }
      return .numbers(shown, places: rounding.places, missing: missing)
    case .numbers, .each: return .each { self.cell($0).rounded(rounding) }
    default: return self
    }
  }
}
