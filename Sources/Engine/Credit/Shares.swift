import Money
import Parallelism
import PlanModel
import Tables

/// The people who share a row's credit, found by the row's id.
struct Shares: Sendable {
  /// Why the shares of a row cannot be used.
  enum Fault: Error {
    case sum(ExactDecimal)
    case ownerMissing
    case stranger
  }

  private let remainder: Split.Remainder?
  /// For each row of the credited table, the number of its id.
  private let codes: [Int32]
  // INVARIANT: the rows of the split table by the number of the id they name, each id's in the order of the people;
  // those of number `n` end at `ends[n]`, where those of the next begin.
  private let rows: [Int32]
  private let ends: [Int32]
  private let payees: [Int32]
  private let percents: [Int64]
  private let percentPlaces: Int
  private let missing: [Bool]?
  private let product: ScaledProduct

  /// Shares for the rows whose ids are in `ids`, cut with this rounding.
  init(
    _ split: Split, table: Table, ids: Column, people: Payees.Finder, rounding: Rounding
  ) throws(ArithmeticOverflow) {
    remainder = split.remainder
    payees = people.indices(of: table[split.person])
    let percent = table[split.percent]
    (percents, percentPlaces) =
      if case .decimal(let cells, let places)? = percent?.values { (cells, places) } else { ([], 0) }
    missing = percent?.missing
    product = try ScaledProduct(places: percentPlaces, to: 0, rounding.mode)
    let (codes, targets, count) = Self.targets(ids, table[split.row])
    self.codes = codes
    // First how many rows each id has, then where its next row goes, which at last is where they end.
    var ends = [Int32](count: count) { cells, _ in for place in cells.indices { cells[place] = 0 } }
    for target in targets where target >= 0 { ends[Int(target)] += 1 }
    var start: Int32 = 0
    for code in ends.indices {
      let count = ends[code]
      ends[code] = start
      start += count
    }
    let (payees, percents) = (payees, percents)
    func comesBefore(_ row: Int, _ other: Int) -> Bool {
      if payees[row] != payees[other] || percents.isEmpty { return payees[row] < payees[other] }
      return percents[row] < percents[other]
    }
    var rows = [Int32](repeating: -1, count: Int(start))
    for (row, target) in targets.enumerated() where target >= 0 {
      var place = Int(ends[Int(target)])
      ends[Int(target)] += 1
      // The shares of one row are few: each is let in where its person stands, the smaller of one person's first.
      while place > 0, rows[place - 1] >= 0, targets[Int(rows[place - 1])] == target,
        comesBefore(row, Int(rows[place - 1]))
      {
        rows[place] = rows[place - 1]
        place -= 1
      }
      rows[place] = Int32(row)
    }
    self.ends = ends
    self.rows = rows
  }

  /// The number of each id, the number of the id that each row of the split table names or -1, and how many there are.
  private static func targets(_ ids: Column, _ column: Column?) -> ([Int32], [Int32], Int) {
    guard let column else { return ([Int32](repeating: 0, count: ids.count), [], 1) }
    if case .text(let own, let pool) = ids.values, case .text(let others, let otherPool) = column.values {
      let known = otherPool.codes(in: pool)
      let missing = column.missing
      let targets = [Int32](count: others.count) { cells, first in
        for place in cells.indices {
          let row = first + place
          cells[place] = missing?[row] ?? false ? -1 : known[Int(others[row])]
        }
      }
      return (own, targets, pool.count)
    }
    // Ids are texts on one side and numbers on the other: both go through one pool of texts.
    var pool = TextPool()
    let codes = (0..<ids.count).map { pool.code(ids.display($0)) }
    return (codes, (0..<column.count).map { pool.find(column.display($0)) ?? -1 }, pool.count)
  }

  /// The shares of a row, ascending by the people's ids; empty when it is not split.
  @inline(__always)
  func shares(of row: Int) -> Range<Int> {
    let code = Int(codes[row])
    return Range(uncheckedBounds: (code == 0 ? 0 : Int(ends[code - 1]), Int(ends[code])))
  }

  /// What is wrong with the shares of a row that is split.
  func fault(_ shares: Range<Int>, owner: Int32) -> Fault? {
    var sum: Int64 = 0
    var hasOwner = false
    for share in shares {
      let row = Int(rows[share])
      guard payees[row] >= 0, !(missing?[row] ?? false) else { return .stranger }
      let (next, overflow) = sum.addingReportingOverflow(percents[row])
      sum = overflow ? Int64.max : next
      hasOwner = hasOwner || payees[row] == owner
    }
    guard let remainder else { return nil }
    let whole = PowersOfTen[percentPlaces]
    if Int128(sum) != whole { return .sum(ExactDecimal(coefficient: Int128(sum), scale: percentPlaces)) }
    return remainder == .owner && !hasOwner ? .ownerMissing : nil
  }

  /// Cuts `amount` into one part a share: each rounded, but the part of one person, which is what is left; without
  /// a remainder, each.
  ///
  /// Worked number: 100.01 at 66.67 % and 33.33 %, remainder to the first: 33.33 (half-even of 33.333333) and
  /// 66.68.
  func cut(
    _ amount: Int64, _ shares: Range<Int>, owner: Int32,
    _ give: (_ payee: Int32, _ row: Int32, _ part: Int64) -> Void
  ) throws(ArithmeticOverflow) {
    let keeper = remainder.map { self.keeper(shares, owner, $0) }
    var left = amount
    for share in shares where keeper != nil && share != keeper {
      let (rest, overflow) = left.subtractingReportingOverflow(
        try product(amount, percents[Int(rows[share])]))
      if overflow { throw ArithmeticOverflow() }
      left = rest
    }
    for share in shares {
      let row = rows[share]
      give(payees[Int(row)], row, share == keeper ? left : try product(amount, percents[Int(row)]))
    }
  }

  private func keeper(_ shares: Range<Int>, _ owner: Int32, _ remainder: Split.Remainder) -> Int {
    switch remainder {
    case .owner: return shares.first { payees[Int(rows[$0])] == owner } ?? shares.lowerBound
    case .largest:
      var best = shares.lowerBound
      for share in shares where percents[Int(rows[share])] > percents[Int(rows[best])] { best = share }
      return best
    }
  }
}
