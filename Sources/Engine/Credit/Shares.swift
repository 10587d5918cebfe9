import Money
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
  // those of number `n` are `rows[starts[n]..<starts[n + 1]]`.
  private let rows: [Int32]
  private let starts: [Int32]
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
    var starts = [Int32](repeating: 0, count: count + 1)
    for target in targets where target >= 0 { starts[Int(target) + 1] += 1 }
    for code in 0..<count { starts[code + 1] += starts[code] }
    let (payees, percents) = (payees, percents)
    func comesBefore(_ row: Int, _ other: Int) -> Bool {
      if payees[row] != payees[other] || percents.isEmpty { return payees[row] < payees[other] }
      return percents[row] < percents[other]
    }
    var next = starts
    var rows = [Int32](repeating: 0, count: Int(starts[count]))
    for (row, target) in targets.enumerated() where target >= 0 {
      var place = Int(next[Int(target)])
      next[Int(target)] += 1
      // The shares of one row are few: each is let in where its person stands, the smaller of one person's first.
      while place > starts[Int(target)], comesBefore(row, Int(rows[place - 1])) {
        rows[place] = rows[place - 1]
        place -= 1
      }
      rows[place] = Int32(row)
    }
    self.rows = rows
    self.starts = starts
  }

  /// The number of each id, the number of the id that each row of the split table names or -1, and how many there are.
  private static func targets(_ ids: Column, _ column: Column?) -> ([Int32], [Int32], Int) {
    guard let column else { return ([Int32](repeating: 0, count: ids.count), [], 1) }
    if case .text(let own, let pool) = ids.values, case .text(let others, let otherPool) = column.values {
      let known = otherPool.codes(in: pool)
      let targets = others.indices.map { column.isMissing($0) ? -1 : known[Int(others[$0])] }
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
    return Int(starts[code])..<Int(starts[code + 1])
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
