import ModuleKit
import Money
import PlanCalendar

/// The order of a field, or of one of its parts: who takes part, best first, those who are equal together.
struct Standing {
  /// A payee, or a team.
  struct Entrant {
    /// The places of its payees in the field, ascending.
    let members: [Int]
    /// What the score is to the members, by which a team may split.
    let parts: [Ratio?]
    let score: Ratio?
    /// What breaks ties, the greater the better; nil is worst.
    let tieKeys: [Ratio?]
  }

  let entrants: [Entrant]
  /// The places in `entrants` of those who can win, in groups of equals.
  let groups: [[Int]]
  /// For each entrant, the rank; nil for who cannot win.
  let ranks: [Int?]

  /// The standing of entrants who come in a fixed order; `isFinisher` says who can win, `drawsTies` whether those who are
  /// equal are put in an order that is drawn, where the terms want it.
  init(
    _ entrants: [Entrant], _ terms: Terms, isFinisher: (Entrant) -> Bool, drawsTies: Bool, draw: inout Draw
  ) {
    func isBetter(_ a: Int, _ b: Int) -> Bool? {
      let keys = { (entrant: Entrant) in
        [terms.best == .lowest ? entrant.score?.negated : entrant.score] + entrant.tieKeys
      }
      for (a, b) in zip(keys(entrants[a]), keys(entrants[b])) {
        switch (a, b) {
        case (nil, nil): continue
        case (nil, _): return false
        case (_, nil): return true
        case (let a?, let b?): if a != b { return a > b }
        }
      }
      return nil
    }
    let finishers = entrants.indices.filter { isFinisher(entrants[$0]) }
      .sorted { isBetter($0, $1) ?? ($0 < $1) }
    var groups: [[Int]] = []
    for entrant in finishers {
      if let last = groups.last?.last, isBetter(last, entrant) == nil {
        groups[groups.count - 1].append(entrant)
      } else {
        groups.append([entrant])
      }
    }
    if drawsTies, terms.ties == .draw {
      groups = groups.flatMap { $0.count == 1 ? [$0] : draw.shuffled($0).map { [$0] } }
    }
    var ranks = [Int?](repeating: nil, count: entrants.count)
    var before = 0
    for (place, group) in groups.enumerated() {
      for entrant in group { ranks[entrant] = terms.ranking == .dense ? place + 1 : before + 1 }
      before += group.count
    }
    (self.entrants, self.groups, self.ranks) = (entrants, groups, ranks)
  }

  /// How many can win.
  var finishers: Int { groups.reduce(0) { $0 + $1.count } }
}
