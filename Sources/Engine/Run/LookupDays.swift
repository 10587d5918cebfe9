import Diagnostics
import PlanCalendar
import PlanModel
import Tables

/// Which row of a dated table holds for a key on a day.
struct LookupDays {
  private struct Stretch {
    let start: Int32
    var end: Int32
    let row: Int32
  }

  private let keys: LookupKeys
  /// For each key, its stretches in order of their days.
  private var stretches: [[Stretch]]

  /// Reads the stretches; rows of one key that overlap, or end before they begin, are rejected.
  init(
    _ days: Lookup.Days, _ keys: LookupKeys, _ table: Table, _ lookup: Lookup, _ rejected: inout [RejectedRow]
  ) {
    self.keys = keys
    stretches = [[Stretch]](repeating: [], count: keys.count)
    let from = days.from.flatMap { table[$0] }
    let to = days.to.flatMap { table[$0] }
    for row in 0..<table.rowCount where keys.theirs[row] >= 0 {
      let start = from?.date(row)?.day ?? Int32.min
      let end = to?.date(row).map { days.includesLastDay ? $0.day + 1 : $0.day } ?? Int32.max
      if end <= start {
        rejected.append(
          Self.rejection(
            row, table, days.to, .datesReversed,
            "the row ends on \(to?.display(row) ?? ""), before it begins on \(from?.display(row) ?? "")"))
      } else {
        stretches[Int(keys.theirs[row])].append(Stretch(start: start, end: end, row: Int32(row)))
      }
    }
    for key in stretches.indices where stretches[key].count > 1 {
      stretches[key].sort { ($0.start, $0.row) < ($1.start, $1.row) }
      if to == nil {
        for place in stretches[key].indices.dropLast() {
          stretches[key][place].end = stretches[key][place + 1].start
        }
      }
      for row in Self.overlapping(stretches[key]).sorted() {
        stretches[key].removeAll { $0.row == row }
        let words = lookup.matches.map { table[$0.theirs]?.display(Int(row)) ?? "" }.joined(separator: ", ")
        rejected.append(
          Self.rejection(
            Int(row), table, days.from, .overlappingDates,
            "the days of `\(words)` overlap those of another row"))
      }
    }
  }

  /// For each row that asks, the row that holds on its day, or -1.
  func rows(of column: Column?) -> [Int32] {
    guard let column, case .date(let days) = column.values else {
      return [Int32](repeating: -1, count: keys.askingCount)
    }
    return days.indices.map { row in
      guard !column.isMissing(row), keys[row] >= 0 else { return -1 }
      let found = stretches[Int(keys[row])].last { $0.start <= days[row] }
      return found.map { days[row] < $0.end ? $0.row : -1 } ?? -1
    }
  }

  /// The rows that hold on a day of another one.
  private static func overlapping(_ stretches: [Stretch]) -> Set<Int32> {
    var bad: Set<Int32> = []
    // INVARIANT: in order of their first days, so that one overlaps an earlier one if it does the one that ends last.
    var last = stretches[0]
    for stretch in stretches.dropFirst() {
      // With an equal start an earlier one has no days where the next row ends it.
      if stretch.start < last.end || stretch.start == last.start { bad.formUnion([stretch.row, last.row]) }
      if stretch.end >= last.end { last = stretch }
    }
    return bad
  }

  private static func rejection(
    _ row: Int, _ table: Table, _ column: String?, _ code: DiagnosticCode, _ message: String
  ) -> RejectedRow {
    RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: column, code: code,
      message: message,
      help: code == .overlappingDates
        ? "let each day have one row; none of these is used" : "swap the days, or leave the end empty")
  }
}
