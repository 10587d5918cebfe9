import Diagnostics
import Money
import PlanModel
import Tables

/// Works out the shares of people by what the plan states, for each row of the table that lists them.
///
/// Worked number: three equal shares are 33.33333334 %, 33.33333333 % and 33.33333333 %, the largest to the person whose id
/// comes first, so that they add up to 100 % exactly. Roles of 60 % and 40 %, of which the second has two people, are
/// 60 %, 20 % and 20 %.
struct SharesWorkedOut {
  private static let whole = Int64(truncatingIfNeeded: PowersOfTen[StatedShares.places])

  private let stated: StatedShares
  private let table: Table
  /// The share of each role, as an integer of the last place.
  private let shares: [Int64]
  /// For each row, the place of its role; -1 where the plan states no share for it.
  private let roles: [Int]

  init(_ stated: StatedShares, _ table: Table) {
    (self.stated, self.table) = (stated, table)
    shares = stated.roles.map { role in
      Int64(exactly: (try? role.share.rescaled(to: StatedShares.places, rounding: .halfEven)) ?? 0) ?? 0
    }
    let column = stated.by.flatMap { table[$0] }
    let places = Dictionary(
      stated.roles.enumerated().map { ($1.role, $0) }, uniquingKeysWith: { first, _ in first })
    roles = (0..<table.rowCount).map { row in
      guard let column else { return 0 }
      return column.isMissing(row) ? -1 : places[column.display(row)] ?? -1
    }
  }

  /// The shares; a person whose role has none gets an empty cell, and is told.
  func column(_ name: String, _ rejected: inout [RejectedRow]) -> Column {
    var cells = [Int64](repeating: 0, count: table.rowCount)
    var missing = [Bool](repeating: true, count: table.rowCount)
    for people in groups() {
      for row in people where roles[row] < 0 { rejected.append(withoutShare(row)) }
      let known = people.filter { roles[$0] >= 0 }
      for (role, share) in sharesOfRoles(known) {
        let same = known.filter { roles[$0] == role }
        let parts = stated.isWhole ? same.map { _ in share } : Self.parts(of: share, same.count)
        for (row, part) in zip(same, parts) { (cells[row], missing[row]) = (part, false) }
      }
    }
    return Column(name: name, values: .decimal(cells, places: StatedShares.places), missing: missing)
  }

  /// The rows that share one row of the credited table, by the ids of their people.
  private func groups() -> [[Int]] {
    guard let keys = table[stated.row], let people = table[stated.person] else { return [] }
    var numbers: [Int64: Int] = [:]
    var groups: [[Int]] = []
    for (row, key) in keys.identities.enumerated() where !keys.isMissing(row) {
      if let number = numbers[key] {
        groups[number].append(row)
      } else {
        numbers[key] = groups.count
        groups.append([row])
      }
    }
    return groups.map { rows in
      if rows.count == 1 { return rows }
      return rows.map { (id: people.display($0), row: $0) }
        .sorted { ($0.id, $0.row) < ($1.id, $1.row) }.map(\.row)
    }
  }

  /// The share of each role that somebody has here.
  private func sharesOfRoles(_ people: [Int]) -> [(role: Int, share: Int64)] {
    if stated.by == nil { return people.isEmpty ? [] : [(0, Self.whole)] }
    let present = Set(people.map { roles[$0] }).sorted()
    let sum = present.reduce(Int128(0)) { $0 + Int128(shares[$1]) }
    guard stated.vacant == .scale, !stated.isWhole, sum > 0, sum != Int128(Self.whole) else {
      return present.map { ($0, shares[$0]) }
    }
    var scaled = present.map { role in
      (role: role, share: Int64(truncatingIfNeeded: Int128(shares[role]) * Int128(Self.whole) / sum))
    }
    // What is cut off goes to the role that the plan names first.
    scaled[0].share += Self.whole - scaled.reduce(0) { $0 + $1.share }
    return scaled
  }

  /// A share in equal parts; what is left over goes to the first, a last place each.
  private static func parts(of share: Int64, _ count: Int) -> [Int64] {
    let (part, rest) = share.quotientAndRemainder(dividingBy: Int64(count))
    return (0..<count).map { part + ($0 < Int(rest) ? 1 : 0) }
  }

  private func withoutShare(_ row: Int) -> RejectedRow {
    let by = stated.by ?? ""
    let word = table[by]?.display(row) ?? ""
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: by,
      code: .splitSum,
      message: word.isEmpty
        ? "a person without `\(by)` has no share" : "the plan states no share for `\(word)`",
      help: Suggestion.help(for: word, in: stated.roles.map(\.role)))
  }
}
