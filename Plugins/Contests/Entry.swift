import ModuleKit
import ModuleProtocol
import Money

/// Who takes part in a round as it stands, alone or as a team, with their scores.
struct Entry {
  private let terms: Terms
  private let scores: [Figures.Quantity?]
  private let tieKeys: [[Figures.Quantity?]]
  private let lastDays: [Int32?]
  private let isEligible: [Bool]
  /// For each payee, the team; nil for none.
  private let teams: [String?]
  private let rows: [Int?]

  init(terms: Terms, figures: Figures) throws(CalculationFault) {
    self.terms = terms
    rows = figures.rows
    scores = try figures.quantities(terms.score)
    var needsDays = false
    tieKeys = try terms.tieBreaks.map { tieBreak throws(CalculationFault) in
      switch tieBreak {
      case .figure(let figure, _): return try figures.quantities(figure)
      case .earliest:
        needsDays = true
        return []
      }
    }
    lastDays = needsDays ? figures.lastDays() : []
    var isEligible = rows.map { $0 != nil }
    for bar in terms.eligible {
      let wanted = try Ratio(bar.atLeast)
      for (payee, quantity) in try figures.quantities(bar.figure).enumerated() where isEligible[payee] {
        guard let wanted, let reached = try quantity?.ratio(), reached >= wanted else {
          isEligible[payee] = false
          continue
        }
      }
    }
    self.isEligible = isEligible
    if let team = terms.team {
      let column = try figures.field.batch.periods.keys(team.by)
      teams = rows.map { $0.flatMap { column.name($0) } }
    } else {
      teams = []
    }
  }

  /// The places of the payees who take part.
  var participants: [Int] {
    rows.indices.filter { isEligible[$0] && (terms.team == nil || teams[$0] != nil) }
  }

  /// The entrants that these payees are, or that they make up, in the order of their ids or the teams' names.
  func entrants(_ payees: [Int]) throws(CalculationFault) -> [Standing.Entrant] {
    if terms.team == nil { return try payees.map { payee throws(CalculationFault) in try entrant([payee]) } }
    var groups: [String: [Int]] = [:]
    for payee in payees { groups[teams[payee] ?? "", default: []].append(payee) }
    return try groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { group throws(CalculationFault) in try entrant(group.value) }
  }

  /// Whether the entrant's score is good enough to win anything.
  func isFinisher(_ entrant: Standing.Entrant) -> Bool {
    guard let score = entrant.score, let limit = try? Ratio(terms.limit) else { return false }
    return terms.best == .highest ? score >= limit : score <= limit
  }

  private func entrant(_ members: [Int]) throws(CalculationFault) -> Standing.Entrant {
    let keys = try terms.tieBreaks.indices.map { place throws(CalculationFault) -> Ratio? in
      switch terms.tieBreaks[place] {
      case .figure(_, let best):
        let key = try ratio(tieKeys[place], members)
        return best == .lowest ? key?.negated : key
      case .earliest: return members.compactMap { lastDays[$0] }.max().map { Ratio($0).negated }
      }
    }
    return Standing.Entrant(
      members: members,
      parts: try members.map { member throws(CalculationFault) in try scores[member]?.ratio() },
      score: try ratio(scores, members), tieKeys: keys)
  }

  /// The figure of several together: of sums the sum, or the average a head; of shares that of their totals.
  private func ratio(_ quantities: [Figures.Quantity?], _ members: [Int]) throws(CalculationFault) -> Ratio? {
    var sum: Figures.Quantity?
    for member in members {
      guard let quantity = quantities[member] else { continue }
      sum = try sum?.adding(quantity) ?? quantity
    }
    guard var sum else { return nil }
    if terms.team?.score == .average, sum.base == nil { sum.base = ExactDecimal(members.count) }
    return try sum.ratio()
  }
}
