/// What a payee is to be paid in a round, and why.
struct Payout {
  /// The payee's place in the field.
  let member: Int
  var amount: Int64
  var item: Int?
  let rank: Int
  var words: String
  var pointer: String
}

/// Keeps the prizes within the budget.
struct Purse {
  private let budget: Terms.Budget?
  private var left: Int64

  init(_ budget: Terms.Budget?) {
    self.budget = budget
    left = budget?.amount ?? 0
  }

  /// The payouts of a round, and after them what the budget takes off, each with its reason.
  ///
  /// Worked number: prizes of 600.00 and 300.00 with a budget of 600.00. `scale`: 400.00 and 200.00. `in-order`: 600.00,
  /// and nothing for the second.
  mutating func kept(_ payouts: [Payout]) -> [Payout] {
    guard let budget else { return payouts }
    let limit = budget.per == .round ? budget.amount : left
    let wanted = payouts.reduce(0) { $0 + $1.amount }
    left -= min(wanted, limit)
    if wanted <= limit { return payouts }
    let parts =
      budget.over == .scale
      ? Splitting.proportional(limit, by: payouts.map(\.amount)) : inOrder(payouts, limit)
    return payouts
      + zip(payouts, parts).compactMap { payout, part in
        if part == payout.amount { return nil }
        var cut = payout
        cut.amount = part - payout.amount
        cut.words = "the prizes of the round exceed the budget"
        cut.pointer = "/budget/amount"
        return cut
      }
  }

  /// The best are paid first; of equal ones those whose ids come first.
  private func inOrder(_ payouts: [Payout], _ limit: Int64) -> [Int64] {
    var parts = [Int64](repeating: 0, count: payouts.count)
    var left = limit
    let order = payouts.indices.sorted {
      (payouts[$0].rank, payouts[$0].member, $0) < (payouts[$1].rank, payouts[$1].member, $1)
    }
    for place in order {
      parts[place] = min(payouts[place].amount, left)
      left -= parts[place]
    }
    return parts
  }
}
