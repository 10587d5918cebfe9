import PlanModel
import Tables

/// Finds the payees of a row's team as of the row's day.
struct TeamIndex {
  /// The teams met so far, each the numbers of its payees in the order of their ids.
  private(set) var teams: [[Int32]] = []

  private struct Key: Hashable {
    let day: Int32
    let team: String
  }

  private let attribute: String
  private let people: Payees
  private let column: Column?
  private let days: [Int32]
  private var numbers: [Key: Int] = [:]
  private var known: Set<Int32> = []

  init(_ members: Members, credited table: Table, date: String, people: Payees) {
    attribute = members.attribute
    self.people = people
    column = table[members.column]
    days = if case .date(let days)? = table[date]?.values { days } else { [] }
  }

  /// The number of the row's team; nil for an empty cell, and for a team of nobody.
  mutating func members(of row: Int) -> Int? {
    guard let column, !column.isMissing(row), row < days.count else { return nil }
    let day = days[row]
    if known.insert(day).inserted { gather(day) }
    return numbers[Key(day: day, team: column.display(row))]
  }

  /// Sorts everybody into the teams of a day.
  private mutating func gather(_ day: Int32) {
    let everybody = Array(0..<Int32(people.count))
    let days = [Int32](repeating: day, count: people.count)
    guard let values = people.attribute(attribute, payees: everybody, days: days) else { return }
    for payee in everybody where !values.isMissing(Int(payee)) {
      let key = Key(day: day, team: values.display(Int(payee)))
      if let number = numbers[key] {
        teams[number].append(payee)
      } else {
        numbers[key] = teams.count
        teams.append([payee])
      }
    }
  }
}
