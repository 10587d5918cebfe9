import ModuleKit
import Money
import PlanCalendar

/// What a contest came to, for each row of the periods.
struct ContestOutcome {
  /// A part of what is paid, and why.
  struct Reason {
    let words: String
    let amount: Int64
    let pointer: String
  }

  var amounts: [Int64]
  var ranks: [Int64?]
  var scores: [Int64?]
  var divisions: [Int64?]
  var tickets: [Int64?]
  /// For each item, how many were won in each row.
  var items: [[Int64]]
  var reasons: [[Reason]]

  init(rows: Int, items: Int) {
    amounts = [Int64](repeating: 0, count: rows)
    ranks = [Int64?](repeating: nil, count: rows)
    (scores, divisions, tickets) = (ranks, ranks, ranks)
    self.items = [[Int64]](repeating: amounts, count: items)
    reasons = [[Reason]](repeating: [], count: rows)
  }
}

/// Goes through the rounds of a contest in the order of their last days.
struct ContestRun {
  let terms: Terms
  let field: Field
  let scorePlaces: Int
  private var outcome: ContestOutcome
  private var divisions: Divisions
  private var purse: Purse

  init(terms: Terms, field: Field, scorePlaces: Int) throws(CalculationFault) {
    (self.terms, self.field, self.scorePlaces) = (terms, field, scorePlaces)
    outcome = ContestOutcome(rows: field.spanOfRow.count, items: terms.items.count)
    divisions = try Divisions(terms.league, field)
    purse = Purse(terms.budget)
  }

  consuming func finished() throws(CalculationFault) -> ContestOutcome {
    if field.payees.isEmpty { return outcome }
    for round in field.rounds(terms) {
      let spans = field.spans.filter { $0.from <= round.to.day && $0.to >= round.from.day }
      guard spans.last.map({ $0.to >= round.to.day }) ?? false else {
        throw CalculationFault(
          "nobody takes part in a period that holds \(round.to), the last day of round `\(round.name)`, on which it is paid"
        )
      }
      for span in spans { try run(round, span) }
    }
    return outcome
  }

  /// The standing of a round at the end of a period, or of the round; then it is paid.
  private mutating func run(_ round: Terms.Round, _ span: Field.Span) throws(CalculationFault) {
    let isLast = span.to >= round.to.day
    let rows = field.rows(in: span)
    let figures = Figures(
      field: field, round: round, until: isLast ? round.to : CalendarDate(day: span.to), rows: rows)
    let entry = try Entry(terms: terms, figures: figures)
    var draw = Draw(seed: terms.seed, round: round.name)
    var paid: [Payout] = []
    for heat in try heats(entry, round, rows) {
      // Ties are drawn when the round is over, not before.
      let standing = Standing(
        try entry.entrants(heat.members), terms, isFinisher: entry.isFinisher, drawsTies: isLast, draw: &draw)
      let awarding = Awarding(terms: terms, standing: standing)
      try show(standing, awarding, rows)
      guard isLast else { continue }
      let awards = try self.awards(awarding, heat, &draw)
      paid += payouts(awards, standing, heat, round)
      divisions.move(standing, heat.division)
    }
    if isLast { pay(purse.kept(paid), rows) }
  }

  /// A part of the field that competes for prizes of its own.
  private struct Heat {
    let name: String?
    let members: [Int]
    let prizes: [Terms.Prize]
    var division: Int?
  }

  private func heats(_ entry: Entry, _ round: Terms.Round, _ rows: [Int?]) throws(CalculationFault) -> [Heat]
  {
    let all = entry.participants
    switch terms.winners {
    case .duels(let duels, let prize):
      return try DuelTable(duels, field).groups(in: round).map { name, members in
        Heat(name: name, members: members.filter(Set(all).contains), prizes: [prize])
      }
    case .divisions(let prizes):
      return divisions.parts(all).map { division, members in
        Heat(
          name: divisions.name(division), members: members, prizes: prizes[division], division: division)
      }
    case .places(let prizes) where terms.league != nil:
      return divisions.parts(all).map { division, members in
        Heat(name: divisions.name(division), members: members, prizes: prizes, division: division)
      }
    case .places(let prizes), .raffle(_, let prizes): return [Heat(name: nil, members: all, prizes: prizes)]
    case .topShare, .reach: return [Heat(name: nil, members: all, prizes: [])]
    }
  }

  private func awards(
    _ awarding: Awarding, _ heat: Heat, _ draw: inout Draw
  ) throws(CalculationFault) -> [Award] {
    switch terms.winners {
    case .places, .duels, .divisions: return awarding.places(heat.prizes)
    case .topShare(let share, let ofParticipants, let mode, let prize):
      let standing = awarding.standing
      let count = ofParticipants ? standing.entrants.count : standing.finishers
      guard let product = try? share.multiplied(by: ExactDecimal(count)),
        let winners = try? product.rescaled(to: 0, rounding: mode)
      else { throw CalculationFault("the share of the field that wins is too large") }
      return awarding.places([Terms.Prize](repeating: prize, count: Int(clamping: winners)))
    case .reach(let steps): return try awarding.reached(steps)
    case .raffle(let raffle, let prizes): return try awarding.drawn(prizes, raffle, &draw)
    }
  }

  private mutating func show(
    _ standing: Standing, _ awarding: Awarding, _ rows: [Int?]
  ) throws(CalculationFault) {
    var tickets: [Int64]?
    if case .raffle(let raffle, _) = terms.winners { tickets = try awarding.tickets(raffle) }
    for (place, entrant) in standing.entrants.enumerated() {
      let score = try entrant.score.map { score throws(CalculationFault) in
        Int64(clamping: try score.decimal(places: scorePlaces).coefficient)
      }
      for member in entrant.members {
        guard let row = rows[member] else { continue }
        outcome.ranks[row] = standing.ranks[place].map(Int64.init)
        outcome.scores[row] = score
        outcome.divisions[row] = divisions.number(of: member)
        outcome.tickets[row] = tickets?[place]
      }
    }
  }

  /// What the awards come to for each payee.
  private func payouts(
    _ awards: [Award], _ standing: Standing, _ heat: Heat, _ round: Terms.Round
  ) -> [Payout] {
    awards.flatMap { award -> [Payout] in
      let entrant = standing.entrants[award.entrant]
      let rank = standing.ranks[award.entrant].map { " (rank \($0) of \(standing.entrants.count))" } ?? ""
      var words =
        [round.name, heat.name].compactMap { $0 }.joined(separator: ", ") + ": \(award.words)\(rank)"
      if let item = award.item { words += ", \(terms.items[item])" }
      var parts = [Int64](repeating: award.amount, count: entrant.members.count)
      if let team = terms.team, team.split != .each, entrant.members.count > 1 {
        parts = split(award.amount, team.split, entrant)
        words += ", part of the team's \(entrant.members.count) members"
      }
      return zip(entrant.members, parts).map { member, amount in
        Payout(
          member: member, amount: amount, item: award.item, rank: standing.ranks[award.entrant] ?? .max,
          words: words, pointer: award.pointer)
      }
    }
  }

  private func split(_ amount: Int64, _ split: Terms.Team.Split, _ team: Standing.Entrant) -> [Int64] {
    if split == .equal { return Splitting.equal(amount, among: team.members.count) }
    let weights = team.parts.map { part in
      part.flatMap { try? $0.decimal(places: 6) }.map { max(0, Int64(clamping: $0.coefficient)) } ?? 0
    }
    return Splitting.proportional(amount, by: weights)
  }

  private mutating func pay(_ payouts: [Payout], _ rows: [Int?]) {
    for payout in payouts {
      guard let row = rows[payout.member] else { continue }
      outcome.amounts[row] += payout.amount
      if let item = payout.item { outcome.items[item][row] += payout.amount }
      outcome.reasons[row].append(
        ContestOutcome.Reason(words: payout.words, amount: payout.amount, pointer: payout.pointer))
    }
  }
}
