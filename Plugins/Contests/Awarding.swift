import ModuleKit
import Money

/// A prize that somebody wins, and why.
struct Award {
  /// The entrant's place in the standing.
  let entrant: Int
  var amount: Int64
  var item: Int?
  let words: String
  let pointer: String
}

/// Hands out the prizes of a standing.
struct Awarding {
  let terms: Terms
  let standing: Standing

  /// The prizes of places, in the order of the standing.
  ///
  /// Worked number: prizes of 500, 300 and 100 and two who share the first place. `share`: 800 in two parts, 400 each,
  /// and by `standard` the third gets 100, by `dense` 500 in two parts, 250 each, and the next one 300. `duplicate`: 500
  /// each, and the next one gets 100 by `standard`, 300 by `dense`.
  func places(_ prizes: [Terms.Prize]) -> [Award] {
    var awards: [Award] = []
    var before = 0
    for (number, group) in standing.groups.enumerated() {
      let first = terms.ranking == .dense ? number : before
      let last = terms.ranking == .dense ? number + 1 : before + group.count
      before += group.count
      guard first < prizes.count else { break }
      let won = prizes[first..<min(last, prizes.count)]
      awards +=
        terms.ties == .share && group.count > 1
        ? shared(won, first, group) : each(prizes[first], first, group)
    }
    return awards + unclaimed(prizes, awards)
  }

  private func each(_ prize: Terms.Prize, _ place: Int, _ group: [Int]) -> [Award] {
    if group.count > 1, terms.ties == .nobody { return [] }
    return group.map {
      Award(
        entrant: $0, amount: prize.amount, item: prize.item, words: "place \(place + 1)",
        pointer: prize.pointer)
    }
  }

  private func shared(_ prizes: ArraySlice<Terms.Prize>, _ first: Int, _ group: [Int]) -> [Award] {
    let parts = Splitting.equal(prizes.reduce(0) { $0 + $1.amount }, among: group.count)
    let places = prizes.count == 1 ? "place \(first + 1)" : "places \(first + 1) to \(first + prizes.count)"
    return zip(group, parts).map {
      Award(
        entrant: $0, amount: $1, words: "\(places), shared by \(group.count)",
        pointer: prizes.first?.pointer ?? "/winners")
    }
  }

  /// What becomes of prizes for which there were too few who could win.
  private func unclaimed(_ prizes: [Terms.Prize], _ awards: [Award]) -> [Award] {
    let taken = terms.ranking == .dense ? standing.groups.count : standing.finishers
    return redistributed(prizes.dropFirst(taken), awards)
  }

  private func redistributed(_ left: ArraySlice<Terms.Prize>, _ awards: [Award]) -> [Award] {
    let sum = left.reduce(0) { $0 + $1.amount }
    guard sum > 0, !awards.isEmpty, terms.unclaimed != .keep else { return [] }
    let parts =
      terms.unclaimed == .equally
      ? Splitting.equal(sum, among: awards.count) : Splitting.proportional(sum, by: awards.map(\.amount))
    return zip(awards, parts).map {
      Award(entrant: $0.entrant, amount: $1, words: "prizes that nobody claimed", pointer: "/unclaimed")
    }
  }

  /// The highest prize whose score was reached, for each who can win.
  func reached(_ steps: [(atLeast: ExactDecimal, prize: Terms.Prize)]) throws(CalculationFault) -> [Award] {
    var awards: [Award] = []
    for entrant in standing.groups.joined() {
      guard let score = standing.entrants[entrant].score else { continue }
      var won: (atLeast: ExactDecimal, prize: Terms.Prize)?
      for step in steps {
        guard let bar = try Ratio(step.atLeast) else { continue }
        if terms.best == .highest ? score >= bar : score <= bar { won = step }
      }
      guard let won else { continue }
      awards.append(
        Award(
          entrant: entrant, amount: won.prize.amount, item: won.prize.item,
          words: "reached \(StepText.amount(won.atLeast))", pointer: won.prize.pointer))
    }
    return awards
  }

  /// The tickets of each entrant.
  func tickets(_ raffle: Terms.Raffle) throws(CalculationFault) -> [Int64] {
    try standing.entrants.indices.map { entrant throws(CalculationFault) in
      guard standing.ranks[entrant] != nil, let score = standing.entrants[entrant].score else { return 0 }
      let tickets = try score.wholeTimes(raffle.ticket)
      if tickets > 1_000_000_000_000 { throw CalculationFault("one payee has more than 10^12 tickets") }
      return tickets
    }
  }

  /// Prizes by drawn tickets, which are numbered from 0 in the order of the payees' ids.
  func drawn(
    _ prizes: [Terms.Prize], _ raffle: Terms.Raffle, _ draw: inout Draw
  ) throws(CalculationFault) -> [Award] {
    var tickets = try tickets(raffle)
    var awards: [Award] = []
    for (place, prize) in prizes.enumerated() {
      let left = tickets.reduce(0, +)
      if left == 0 { return awards + redistributed(prizes[place...], awards) }
      let number = draw.next(below: left)
      var passed: Int64 = 0
      for entrant in tickets.indices {
        passed += tickets[entrant]
        guard number < passed else { continue }
        awards.append(
          Award(
            entrant: entrant, amount: prize.amount, item: prize.item,
            words: "drawing \(place + 1), ticket \(number) of \(left)", pointer: prize.pointer))
        tickets[entrant] = raffle.wins == .once ? 0 : tickets[entrant] - 1
        break
      }
    }
    return awards
  }
}
