import Diagnostics
import PlanCalendar
import PlanModel
import Tables

/// Looks up a column of another table for each row of one.
struct LookedUp {
  private let lookup: Lookup
  private let other: Table?
  private let table: Table

  init(_ lookup: Lookup, in other: Table?, for table: Table) {
    (self.lookup, self.other, self.table) = (lookup, other, table)
  }

  /// The column, and the rows that have no value and must have one; rows of the other table of which several hold on a
  /// day are rejected there, all of them.
  func column(_ name: String, _ rejected: inout [RejectedRow]) -> (Column, [ComputedColumns.Fault]) {
    guard let other, let values = other[lookup.column] else {
      return (Column(name: name, values: .integer([]), missing: []), [])
    }
    let keys = LookupKeys(lookup.matches, in: other, for: table)
    let rows =
      lookup.days.map { days in
        LookupDays(days, keys, other, lookup, &rejected).rows(of: table[days.own])
      } ?? keys.rows
    var column = values.gathered(rows)
    column = Column(name: name, values: column.values, missing: column.missing)
    guard let missing = column.missing, missing.contains(true) else { return (column, []) }
    switch lookup.missing {
    case .empty: return (column, [])
    case .zero:
      // What stands in the place of an empty cell means nothing: it is made 0.
      switch column.values {
      case .integer(let cells): column.values = .integer(Self.zeroed(cells, missing))
      case .decimal(let cells, let places):
        column.values = .decimal(Self.zeroed(cells, missing), places: places)
      default: break
      }
      column.missing = nil
      return (column, [])
    case .reject:
      let known = Suggestions(other, lookup)
      return (column, missing.indices.filter { missing[$0] }.map { fault($0, rows[$0], keys, known) })
    }
  }

  private static func zeroed(_ cells: [Int64], _ missing: [Bool]) -> [Int64] {
    cells.indices.map { missing[$0] ? 0 : cells[$0] }
  }

  private func fault(
    _ row: Int, _ found: Int32, _ keys: LookupKeys, _ known: Suggestions
  ) -> ComputedColumns.Fault {
    let words = lookup.matches.map { table[$0.own]?.display(row) ?? "" }
    let key = words.joined(separator: ", ")
    let otherwise = "or state `missing: empty`"
    if found >= 0 {
      return ComputedColumns.Fault(
        row: row, code: .valueMissing,
        message: "the `\(lookup.column)` of `\(key)` is empty in table `\(lookup.table)`",
        help: "fill it in there, \(otherwise)")
    }
    if let own = lookup.matches.first(where: { table[$0.own]?.isMissing(row) ?? true }) {
      return ComputedColumns.Fault(
        row: row, code: .valueMissing,
        message: "the row has no `\(own.own)` by which `\(lookup.column)` could be looked up",
        help: "fill it in, \(otherwise)")
    }
    if let days = lookup.days, keys.knows(row) {
      return ComputedColumns.Fault(
        row: row, code: .danglingKey,
        message:
          "no row of `\(key)` in table `\(lookup.table)` holds on \(table[days.own]?.display(row) ?? "")",
        help: "add one, \(otherwise)")
    }
    return ComputedColumns.Fault(
      row: row, code: .danglingKey, message: "`\(key)` is not in table `\(lookup.table)`",
      help: known.help(words) ?? "add it there, \(otherwise)")
  }

  /// The keys of the other table, for words that resemble one.
  private struct Suggestions {
    private static let most = 2000
    private let keys: [String]

    init(_ other: Table, _ lookup: Lookup) {
      let column = lookup.matches.count == 1 ? other[lookup.matches[0].theirs] : nil
      keys =
        column.map { column in
          column.count <= Self.most ? (0..<column.count).map { column.display($0) } : []
        } ?? []
    }

    func help(_ words: [String]) -> String? {
      Suggestion.nearest(to: words.joined(), in: keys).map { "did you mean `\($0)`?" }
    }
  }
}
