import Diagnostics
import PlanCalendar
import PlanModel
package import Tables

/// For each payee, which row of a dated table holds on a day.
package struct DatedValues: Sendable {
  private struct Stretch {
    var start: Int32
    var end: Int32
    var row: Int32
  }

  /// The column with the values.
  package let values: Column
  private let stretches: [[Stretch]]
  // The row of a day on which none holds.
  private let none: Int32

  /// Reads the stretches; rows of one payee that overlap are returned as rejected, all of them.
  init(_ attribute: DatedAttribute, table: Table, people: Payees.Finder, rejected: inout [RejectedRow]) {
    if let fact = attribute.fact {
      (values, none) = (Column(name: fact.column, values: .boolean([true, false])), 1)
    } else {
      values = table[attribute.value] ?? Column(name: attribute.value, values: .integer([]))
      none = -1
    }
    var found = [[Stretch]](repeating: [], count: people.count)
    let owners = people.indices(of: table[attribute.person])
    for row in 0..<table.rowCount where owners[row] >= 0 {
      if let fact = attribute.fact, table[fact.column]?.display(row) != fact.text { continue }
      let start = attribute.from.flatMap { table[$0]?.date(row)?.day } ?? Int32.min
      var end = Int32.max
      if let to = attribute.to, let day = table[to]?.date(row)?.day {
        end = attribute.includesLastDay ? day + 1 : day
        if end <= start {
          rejected.append(Self.reversed(row, to, attribute, table))
          continue
        }
      }
      found[Int(owners[row])].append(
        Stretch(start: start, end: end, row: attribute.fact == nil ? Int32(row) : 0))
    }
    for payee in found.indices where !found[payee].isEmpty && attribute.fact == nil {
      found[payee].sort { ($0.start, $0.row) < ($1.start, $1.row) }
      if attribute.from != nil, attribute.to == nil {
        for index in found[payee].indices.dropLast() {
          found[payee][index].end = found[payee][index + 1].start
        }
      }
      found[payee] = Self.withoutOverlaps(found[payee], attribute, table, &rejected)
    }
    stretches = found
  }

  /// The row that holds for the payee on the day, or -1.
  package func row(payee: Int, day: Int32) -> Int32 {
    for stretch in stretches[payee] where stretch.start <= day && day < stretch.end { return stretch.row }
    return none
  }

  /// A row that ends before it begins holds on no day.
  private static func reversed(
    _ row: Int, _ to: String, _ attribute: DatedAttribute, _ table: Table
  ) -> RejectedRow {
    let (first, end) = (
      attribute.from.flatMap { table[$0]?.display(row) } ?? "", table[to]?.display(row) ?? ""
    )
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: to,
      code: .datesReversed,
      message: attribute.includesLastDay
        ? "the row ends on \(end), before it begins on \(first)"
        : "the row holds until \(end), and begins only on \(first)",
      help: "swap the days, or leave the end empty if there is none yet")
  }

  private static func withoutOverlaps(
    _ stretches: [Stretch], _ attribute: DatedAttribute, _ table: Table, _ rejected: inout [RejectedRow]
  ) -> [Stretch] {
    var bad = Set<Int32>()
    for (index, stretch) in stretches.enumerated() {
      // A stretch with an equal start is an overlap too: with no `to` column it would have no days at all.
      for other in stretches[(index + 1)...] where other.start < stretch.end || other.start == stretch.start {
        bad.formUnion([stretch.row, other.row])
      }
    }
    for row in bad.sorted() {
      rejected.append(
        RejectedRow(
          table: table.name, file: table.file(of: Int(row)), line: Int(table.lines[Int(row)]),
          column: attribute.from ?? attribute.person,
          code: .overlappingDates,
          message:
            "the days of `\(table[attribute.person]?.display(Int(row)) ?? "")` overlap those of another row",
          help: attribute.includesLastDay
            ? "`to` names the last day that is included; use `until` for the first day after" : nil))
    }
    return stretches.filter { !bad.contains($0.row) }
  }
}
