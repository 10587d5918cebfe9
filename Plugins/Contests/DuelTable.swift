import ModuleKit
import ModuleProtocol

/// Who meets whom, from a table with a row for each person of a duel.
struct DuelTable {
  private let names: KeyColumn
  private let members: [Int?]
  private let dates: DayColumn?

  init(_ duels: Terms.Duels, _ field: Field) throws(CalculationFault) {
    guard let table = field.batch.tables[duels.table] else {
      throw CalculationFault("table `\(duels.table)` is missing")
    }
    names = try table.keys(duels.duel)
    let places = Dictionary(uniqueKeysWithValues: field.payees.enumerated().map { ($1, $0) })
    members = try table.numbers("payee").values.map { places[$0] }
    dates = try duels.date.map { date throws(CalculationFault) in try table.days(date) }
  }

  /// The duels of a round by name, each with the places of its payees in the field.
  func groups(in round: Terms.Round) throws(CalculationFault) -> [(name: String, members: [Int])] {
    var groups: [String: [Int]] = [:]
    for row in members.indices {
      guard let member = members[row], let name = names.name(row) else { continue }
      if let dates {
        guard let day = dates.day(row), round.from <= day, day <= round.to else { continue }
      }
      if groups[name]?.contains(member) == true {
        throw CalculationFault("duel `\(name)` has the same person twice")
      }
      groups[name, default: []].append(member)
    }
    return groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { ($0.key, $0.value.sorted()) }
  }
}
