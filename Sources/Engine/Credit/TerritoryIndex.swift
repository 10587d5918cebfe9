import PlanModel
import Tables

/// Finds the row of a table of territories that fits a credited row best.
///
/// The rows of the table are kept by which of their cells are stated: those with the most are looked through first.
struct TerritoryIndex {
  private struct Layer {
    /// The places of the stated cells among the matches.
    let stated: [Int]
    /// The rows by the numbers of their stated cells.
    var rows: [[Int32]: [Int32]] = [:]
  }

  private let layers: [Layer]
  /// For each match, the number of each credited row's value; -1 where no territory has it.
  private let values: [[Int32]]
  private let days: [Int32]
  private let owners: [Int32]
  private let first: [Int32]
  private let end: [Int32]

  init(_ territory: Territory, _ table: Table, credited: Table, date: String, people: Payees) {
    var values: [[Int32]] = []
    var cells: [[Int32]] = []
    for match in territory.matches {
      var pool = TextPool()
      let own = table[match.own]
      cells.append(
        (0..<table.rowCount).map { row in
          guard let own, !own.isMissing(row) else { return -1 }
          return pool.code(own.display(row))
        })
      values.append(Self.numbers(credited[match.credited], count: credited.rowCount, in: pool))
    }
    var layers: [[Int]: Layer] = [:]
    for row in 0..<table.rowCount {
      let stated = cells.indices.filter { cells[$0][row] >= 0 }
      let key = stated.map { cells[$0][row] }
      layers[stated, default: Layer(stated: stated)].rows[key, default: []].append(Int32(row))
    }
    self.layers = layers.values.sorted { left, right in
      (-left.stated.count, left.stated.description) < (-right.stated.count, right.stated.description)
    }
    self.values = values
    owners = people.finder.indices(of: table[territory.person])
    days = if case .date(let days)? = credited[date]?.values { days } else { [] }
    first = Self.days(territory.from.flatMap { table[$0] }, table.rowCount, empty: Int32.min)
    let last = Self.days(territory.to.flatMap { table[$0] }, table.rowCount, empty: Int32.max)
    end = territory.includesLastDay ? last.map { $0 == Int32.max ? $0 : $0 + 1 } : last
  }

  /// The number of the person whose territory the row lies in, or the reason that there is none.
  func owner(of row: Int) -> Int32 {
    let fitting = rows(fitting: row)
    guard let first = fitting.first else { return Owners.none }
    if fitting.count > 1 { return Owners.ambiguous }
    // A territory without a person is vacant: the next way is tried.
    return owners[Int(first)]
  }

  /// The rows that fit best; several when they do so equally well.
  func rows(fitting row: Int) -> [Int32] {
    guard row < days.count else { return [] }
    let day = days[row]
    var found: [Int32] = []
    var stated = 0
    for layer in layers {
      if !found.isEmpty, layer.stated.count < stated { break }
      let key = layer.stated.map { values[$0][row] }
      if key.contains(-1) { continue }
      found += (layer.rows[key] ?? []).filter { first[Int($0)] <= day && day < end[Int($0)] }
      stated = layer.stated.count
    }
    return found
  }

  private static func numbers(_ column: Column?, count: Int, in pool: TextPool) -> [Int32] {
    guard let column else { return [Int32](repeating: -1, count: count) }
    if case .text(let codes, let texts) = column.values {
      let known = texts.codes(in: pool)
      return codes.indices.map { column.isMissing($0) ? -1 : known[Int(codes[$0])] }
    }
    return (0..<count).map { column.isMissing($0) ? -1 : pool.find(column.display($0)) ?? -1 }
  }

  private static func days(_ column: Column?, _ count: Int, empty: Int32) -> [Int32] {
    guard case .date(let days)? = column?.values else { return [Int32](repeating: empty, count: count) }
    return days.indices.map { column?.isMissing($0) ?? true ? empty : days[$0] }
  }
}
