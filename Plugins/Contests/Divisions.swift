import ModuleKit
import ModuleProtocol

/// The division of each payee in a league, from round to round.
struct Divisions {
  private let league: Terms.League?
  /// For each payee, the place of the division in the league; nil for who is in none.
  private var places: [Int?]

  init(_ league: Terms.League?, _ field: Field) throws(CalculationFault) {
    self.league = league
    places = [Int?](repeating: nil, count: field.payees.count)
    guard let league else { return }
    let start = try field.batch.periods.keys(league.start)
    for (payee, rows) in field.rows.enumerated() {
      guard let name = rows.lazy.compactMap({ start.name($0) }).first else { continue }
      guard let place = league.divisions.firstIndex(of: name) else {
        throw CalculationFault("`\(name)` in `\(league.start)` is no division of the league")
      }
      places[payee] = place
    }
  }

  /// The division's name.
  func name(_ place: Int) -> String? { league?.divisions[place] }

  /// The number of the payee's division, 1 for the highest.
  func number(of payee: Int) -> Int64? { places[payee].map { Int64($0 + 1) } }

  /// These payees by division, the highest first.
  func parts(_ payees: [Int]) -> [(division: Int, members: [Int])] {
    (0..<(league?.divisions.count ?? 0)).map { division in
      (division, payees.filter { places[$0] == division })
    }
  }

  /// After a round the best of a division move up and the last ones down; who is tied across the line stays.
  mutating func move(_ standing: Standing, _ division: Int?) {
    guard let league, let division else { return }
    var before = 0
    let losers = standing.entrants.indices.filter { standing.ranks[$0] == nil }
    for group in standing.groups + (losers.isEmpty ? [] : [losers]) {
      let isUp = division > 0 && before + group.count <= league.promote && standing.ranks[group[0]] != nil
      let isDown =
        division + 1 < league.divisions.count && standing.entrants.count - before <= league.relegate
      before += group.count
      for member in group.flatMap({ standing.entrants[$0].members }) where isUp || isDown {
        places[member] = isUp ? division - 1 : division + 1
      }
    }
  }
}
