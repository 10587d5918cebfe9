import PlanModel
import Tables

/// The keys of a table in which things are looked up, numbered from 0, and which of them each row asks for.
struct LookupKeys {
  /// For each row of the other table, the number of its key; -1 where a cell of it is empty.
  let theirs: [Int32]
  /// For each row that asks, the number of the key it asks for; -1 where there is none like it.
  private let own: [Int32]
  let count: Int

  init(_ matches: [Lookup.Match], in other: Table, for table: Table) {
    var (theirs, own, count) = Self.numbers(matches[0], other, table)
    for match in matches.dropFirst() {
      let (more, asked, _) = Self.numbers(match, other, table)
      var pairs: [Int64: Int32] = [:]
      theirs = theirs.indices.map { row in
        guard theirs[row] >= 0, more[row] >= 0 else { return -1 }
        let pair = Int64(theirs[row]) << 32 | Int64(more[row])
        let number = pairs[pair] ?? Int32(pairs.count)
        pairs[pair] = number
        return number
      }
      own = own.indices.map { row in
        guard own[row] >= 0, asked[row] >= 0 else { return -1 }
        return pairs[Int64(own[row]) << 32 | Int64(asked[row])] ?? -1
      }
      count = pairs.count
    }
    (self.theirs, self.own, self.count) = (theirs, own, count)
  }

  /// For each row that asks, the row of the other table with its key, or -1.
  var rows: [Int32] {
    var rowOfKey = [Int32](repeating: -1, count: count)
    for (row, key) in theirs.enumerated() where key >= 0 { rowOfKey[Int(key)] = Int32(row) }
    return own.map { $0 < 0 ? -1 : rowOfKey[Int($0)] }
  }

  /// The number of the key that a row asks for, or -1.
  subscript(row: Int) -> Int32 { own[row] }

  /// How many rows ask.
  var askingCount: Int { own.count }

  /// Whether any row of the other table has the key that a row asks for.
  func knows(_ row: Int) -> Bool { own[row] >= 0 }

  private static func numbers(
    _ match: Lookup.Match, _ other: Table, _ table: Table
  ) -> (theirs: [Int32], own: [Int32], count: Int) {
    guard let theirs = other[match.theirs], let own = table[match.own] else {
      return (
        [Int32](repeating: -1, count: other.rowCount), [Int32](repeating: -1, count: table.rowCount), 0
      )
    }
    if case .text(let codes, let pool) = theirs.values, case .text(let asked, let askedPool) = own.values {
      // Only texts that stand in a row are keys, and not all of the pool need do so.
      var present = [Bool](repeating: false, count: pool.count)
      for row in codes.indices where !theirs.isMissing(row) { present[Int(codes[row])] = true }
      let known = askedPool.codes(in: pool).map { $0 >= 0 && present[Int($0)] ? $0 : -1 }
      return (
        codes.indices.map { theirs.isMissing($0) ? -1 : codes[$0] },
        asked.indices.map { own.isMissing($0) ? -1 : known[Int(asked[$0])] }, pool.count
      )
    }
    // Numbers and days, and texts on one side alone, are compared as they are shown.
    var pool = TextPool()
    let keys = (0..<theirs.count).map { theirs.isMissing($0) ? -1 : pool.code(theirs.display($0)) }
    let asked = (0..<own.count).map { own.isMissing($0) ? -1 : pool.find(own.display($0)) ?? -1 }
    return (keys, asked, pool.count)
  }
}
