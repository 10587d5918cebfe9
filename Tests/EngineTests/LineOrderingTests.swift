import Testing

@testable import Engine

@Suite struct LineOrderingTests {
  /// Numbers that look random, from a fixed start.
  private struct Numbers {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(truncatingIfNeeded: (state >> 33) % UInt64(bound))
    }
  }

  private func drafts(_ count: Int, payees: Int, days: Int, rows: Int, seed: UInt64) -> [LineDraft] {
    var numbers = Numbers(state: seed)
    return (0..<count).map { index in
      LineDraft(
        payee: numbers.next(payees), row: numbers.next(rows), day: 20_000 + numbers.next(days),
        period: numbers.next(12), amount: Int64(index), share: numbers.next(3) - 1,
        origin: numbers.next(payees + 1) - 1)
    }
  }

  @Test(
    "lines come in the order of payee, day, id and origin, however they are dealt out",
    arguments: [
      (0, 1, 1), (1, 1, 1), (500, 3, 2), (500, 1000, 365), (4000, 700, 30), (4000, 40, 4000), (9000, 2, 365),
    ], [1, 7, 4096])
  func order(size: (count: Int, payees: Int, days: Int), part: Int) {
    let drafts = drafts(size.count, payees: size.payees, days: size.days, rows: 300, seed: 7)
    var numbers = Numbers(state: 99)
    let ranks = RowRanks((0..<300).map { _ in numbers.next(1000) })
    let ordering = LineOrdering(
      payees: size.payees, days: 20_000..<20_000 + Int32(size.days), ranks: ranks, comesInRankOrder: false)
    var lines = CreditedLines(rule: "r", table: "t", idColumn: "id", places: 2)
    let parts = stride(from: 0, to: drafts.count, by: part).map {
      ordering.part(Array(drafts[$0..<min($0 + part, drafts.count)]))
    }
    ordering.order(parts, into: &lines)
    func key(_ draft: LineDraft) -> (Int32, Int32, Int32, Int32, Int64) {
      (draft.payee, draft.day, ranks[draft.row], draft.origin, draft.amount)
    }
    let expected = drafts.sorted { key($0) < key($1) }
    #expect(lines.count == expected.count)
    let keys = (0..<lines.count).map {
      [lines.payee[$0], lines.day[$0], ranks[lines.row[$0]], lines.origin($0), lines.share($0)]
    }
    #expect(
      keys
        == expected.map { [$0.payee, $0.day, ranks[$0.row], $0.origin, $0.share] })
    #expect(lines.amount.sorted() == expected.map(\.amount).sorted(), "every draft is there once")
  }

  @Test("rows that come in the order of their ids keep it within a payee's day")
  func keptOrder() {
    var drafts = drafts(3000, payees: 50, days: 20, rows: 1, seed: 3)
    for index in drafts.indices { (drafts[index].row, drafts[index].share) = (Int32(index), -1) }
    let ordering = LineOrdering(
      payees: 50, days: 20_000..<20_020, ranks: RowRanks(), comesInRankOrder: true)
    var lines = CreditedLines(rule: "r", table: "t", idColumn: "id", places: 2)
    ordering.order(
      [ordering.part(Array(drafts[..<1700])), ordering.part(Array(drafts[1700...]))], into: &lines)
    let expected = drafts.sorted { ($0.payee, $0.day, $0.row) < ($1.payee, $1.day, $1.row) }
    #expect(lines.row == expected.map(\.row))
  }

  @Test("a search from a place on finds the first element above a value")
  func search() {
    let ascending: [Int32] = [0, 0, 1, 3, 3, 3, 8, 9, 9, 20]
    for start in 0...ascending.count {
      for value in Int32(-1)...21 {
        let expected = ascending.indices.first { $0 >= start && ascending[$0] > value } ?? ascending.count
        #expect(ascending.firstIndex(above: value, from: start) == expected)
      }
    }
  }
}
