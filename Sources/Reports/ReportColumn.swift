import Money
import PlanCalendar
import PlanModel
package import Tables

/// The cells of one column of a report, by the row numbers of what is reported.
package struct ReportColumn: Sendable {
  /// Cells by kind.
  package enum Cells: Sendable {
    /// No figure is known, because its component failed, or there is none.
    case empty
    case same(String)
    /// Words by number; a number below zero is an empty cell.
    case words([Int32], ReportWords)
    case pooled([Int32], TextPool)
    /// Figures as integers of the last of `places` digits.
    case numbers([Int64], places: Int)
    case dates([Int32])
    /// Cells that are worked out one by one.
    case each(@Sendable (Int) -> Cell)
  }

  package let cells: Cells
  /// For each row reported, the place of its cell, below zero for an empty one; nil where rows are places.
  let places: [Int32]?
  /// How figures are rounded for show.
  let rounding: Rounding?

  init(_ cells: Cells, at places: [Int32]? = nil, rounding: Rounding? = nil) {
    self.cells = cells
    self.places = places
    self.rounding = rounding
  }

  /// The cells of a table's column for these rows of it; a row below zero gives an empty cell.
  package init(_ column: Column?, rows: [Int32]) {
    guard let column else {
      self.init(.empty)
      return
    }
    switch column.values {
    case .text(let codes, let pool) where column.missing == nil: self.init(.pooled(codes, pool), at: rows)
    default: self.init(.each { .text(column.display($0)) }, at: rows)
    }
  }

  /// The sums of columns of figures, row by row, exactly.
  static func sum(_ parts: [(cells: [Int64], places: Int)], count: Int) -> ReportColumn {
    let places = parts.map(\.places).max() ?? 0
    var sums = [Int64](repeating: 0, count: count)
    for part in parts {
      let factor = Int64(truncatingIfNeeded: PowersOfTen[places - part.places])
      for row in 0..<count {
        let (addend, tooLarge) = part.cells[row].multipliedReportingOverflow(by: factor)
        let (sum, carried) = sums[row].addingReportingOverflow(addend)
        if tooLarge || carried { return wideSum(parts, places: places) }
        sums[row] = sum
      }
    }
    return ReportColumn(.numbers(sums, places: places))
  }

  private static func wideSum(_ parts: [(cells: [Int64], places: Int)], places: Int) -> ReportColumn {
    ReportColumn(
      .each { row in
        let sum = parts.reduce(Int128(0)) { $0 + Int128($1.cells[row]) * PowersOfTen[places - $1.places] }
        return .number(ExactDecimal(coefficient: sum, scale: places))
      })
  }

  /// The cell of a row.
  package func cell(_ row: Int) -> Cell {
    let place = places.map { Int($0[row]) } ?? row
    if place < 0 { return .empty }
    return switch cells {
    case .empty: .empty
    case .same(let word): .text(word)
    case .words(let numbers, let words): numbers[place] < 0 ? .empty : .text(words.texts[Int(numbers[place])])
    case .pooled(let codes, let pool): .text(pool[codes[place]])
    case .numbers(let cells, let scale):
      Cell.number(ExactDecimal(coefficient: Int128(cells[place]), scale: scale)).rounded(rounding)
    case .dates(let days): .text(CalendarDate(day: days[place]).description)
    case .each(let cell): cell(place).rounded(rounding)
    }
  }

  /// The figures rounded for show.
  func rounded(_ rounding: Rounding?) -> ReportColumn {
    ReportColumn(cells, at: places, rounding: rounding ?? self.rounding)
  }
}
