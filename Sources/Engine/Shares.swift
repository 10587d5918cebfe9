import Money
import PlanModel
import Tables

/// The people who share a row's credit, found by the row's id.
struct Shares {
  struct Share {
    let payee: Int32
    let percent: ExactDecimal
    let row: Int32
  }

  /// Why the shares of a row cannot be used.
  enum Fault: Error {
    case sum(ExactDecimal)
    case ownerMissing
    case stranger(row: Int)
  }

  private let split: Split
  private var rowsOfCode: [[Int32]] = []
  private var codes: [Int32] = []
  private let payees: [Int32]
  private let percents: Column?

  /// Shares for the rows whose ids are in `ids`.
  init(_ split: Split, table: Table, ids: Column, people: Payees.Finder) {
    self.split = split
    payees = people.indices(of: table[split.person])
    percents = table[split.percent]
    guard let column = table[split.row] else {
      codes = [Int32](repeating: 0, count: ids.count)
      rowsOfCode = [[]]
      return
    }
    if case .text(let own, let pool) = ids.values, case .text(let others, let otherPool) = column.values {
      codes = own
      rowsOfCode = [[Int32]](repeating: [], count: pool.count)
      let codeOf = otherPool.codes(in: pool)
      for row in 0..<table.rowCount where !column.isMissing(row) {
        let code = codeOf[Int(others[row])]
        if code >= 0 { rowsOfCode[Int(code)].append(Int32(row)) }
      }
      return
    }
    // Ids are texts on one side and numbers on the other: both go through one pool of texts.
    var pool = TextPool()
    codes = (0..<ids.count).map { pool.code(ids.display($0)) }
    rowsOfCode = [[Int32]](repeating: [], count: pool.count)
    for row in 0..<table.rowCount {
      if let code = pool.find(column.display(row)) { rowsOfCode[Int(code)].append(Int32(row)) }
    }
  }

  /// The shares of a row in the order of the people's ids; empty when it is not split.
  func shares(of row: Int, owner: Int32) throws(Fault) -> [Share] {
    let rows = rowsOfCode[Int(codes[row])]
    if rows.isEmpty { return [] }
    var shares: [Share] = []
    var sum = ExactDecimal.zero
    for row in rows {
      guard payees[Int(row)] >= 0, let percent = percents?.number(Int(row)) else {
        throw .stranger(row: Int(row))
      }
      sum = (try? sum.adding(percent)) ?? sum
      shares.append(Share(payee: payees[Int(row)], percent: percent, row: row))
    }
    if sum != .one { throw .sum(sum) }
    if split.remainder == .owner, !shares.contains(where: { $0.payee == owner }) { throw .ownerMissing }
    return shares.sorted { ($0.payee, $0.row) < ($1.payee, $1.row) }
  }

  /// Cuts `amount` into one part a share: each rounded, but the part of one person, which is what is left.
  ///
  /// Worked number: 100.01 at 66.67 % and 33.33 %, remainder to the first: 33.33 (half-even of 33.333333) and
  /// 66.68.
  func parts(
    of amount: Int64, _ shares: [Share], owner: Int32, _ rounding: Rounding
  ) throws(ArithmeticOverflow) -> [Int64] {
    let keeper = keeper(shares, owner)
    var parts = [Int64](repeating: 0, count: shares.count)
    var left = amount
    for (index, share) in shares.enumerated() where index != keeper {
      let exact = try ExactDecimal(amount).multiplied(by: share.percent)
      guard let part = Int64(exactly: try exact.rescaled(to: 0, rounding: rounding.mode)) else {
        throw ArithmeticOverflow()
      }
      parts[index] = part
      left -= part
    }
    parts[keeper] = left
    return parts
  }

  private func keeper(_ shares: [Share], _ owner: Int32) -> Int {
    switch split.remainder {
    case .owner: return shares.firstIndex { $0.payee == owner } ?? 0
    case .largest:
      var best = 0
      for index in shares.indices where shares[index].percent > shares[best].percent { best = index }
      return best
    }
  }
}
