import Money
import PlanModel
import Tables

/// A column of numbers that are counted, like units sold, for each credited person.
///
/// Where people share a row and the plan says `share`, each has their part, exactly: of 10 units at 33.33 % and
/// 66.67 % these are 3.333 and 6.667, and nothing is left over. Where it says `full`, each has the whole number.
struct Quantities {
  private let column: Column
  /// For each rule of the lines, the column of shares by which it divides the number; nil where it does not.
  private let percents: [Column?]
  /// Digits after the point.
  let places: Int

  /// The column of this name in the table of the lines, which the credit rules gave; nil when there is none.
  init?(_ name: String, of lines: CreditedLines, _ rules: [String], _ context: RunData) {
    guard let column = context.tables[lines.table]?[name] else { return nil }
    self.column = column
    percents = rules.map { rule in
      guard let split = context.plan.credits.rowCredit(of: rule)?.split, split.quantities[name] == .share
      else {
        return nil
      }
      return context.tables[split.table]?[split.percent]
    }
    places = column.places + percents.reduce(0) { max($0, $1?.places ?? 0) }
  }

  /// The column for a stretch of the lines.
  func column(
    _ lines: CreditedLines, _ range: Range<Int>, _ from: LineSources
  ) throws(ArithmeticOverflow) -> Column {
    let whole = column.gathered(range.count == lines.count ? lines.row : Array(lines.row[range]))
    let added = places - column.places
    if added == 0 { return whole }
    let cells: [Int64]
    switch whole.values {
    case .integer(let numbers), .decimal(let numbers, _): cells = numbers
    default: return whole
    }
    let one = Int64(truncatingIfNeeded: PowersOfTen[added])
    var parts: [Int64] = []
    parts.reserveCapacity(cells.count)
    for line in range {
      var factor = one
      let share = lines.share(line)
      if share >= 0, let percents = percents[from.rule(line)], let percent = percents.cell(Int(share)) {
        factor = percent * Int64(truncatingIfNeeded: PowersOfTen[added - percents.places])
      }
      let (part, overflow) = cells[line - range.lowerBound].multipliedReportingOverflow(by: factor)
      if overflow { throw ArithmeticOverflow() }
      parts.append(part)
    }
    return Column(name: whole.name, values: .decimal(parts, places: places), missing: whole.missing)
  }
}

extension Column {
  /// Digits after the point of the numbers.
  var places: Int { if case .decimal(_, let places) = values { places } else { 0 } }

  /// The integer of the last digit of a row's number.
  fileprivate func cell(_ row: Int) -> Int64? {
    switch values {
    case .integer(let cells), .decimal(let cells, _): isMissing(row) ? nil : cells[row]
    default: nil
    }
  }
}
