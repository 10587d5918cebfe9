import Diagnostics
import Expressions
import Money
import PlanModel
import Tables

/// Who owns each row of a credited table: a number of the people, or one that says why it is none of them.
struct Owners: Sendable {
  /// No way of the rule names anybody.
  static let none: Int32 = -1
  /// Somebody is named who is not among the people.
  static let stranger: Int32 = -2
  /// A house account: the row is nobody's, as the plan says.
  static let house: Int32 = -3
  /// Several rows of a table of territories fit equally well.
  static let ambiguous: Int32 = -4
  // A row of a whole team is `firstGroup - n`, n being the team's number among `groups`.
  private static let firstGroup: Int32 = -16

  private var codes: [Int32]
  private var groups: [[Int32]] = []
  private var isEqual: [Bool] = []

  /// Finds the owners of all rows of the table.
  init(
    _ credit: RowCredit, of table: Table, tables: [String: Table], people: Payees
  ) throws(Diagnostic) {
    if credit.recipients.count == 1, case .column(let column) = credit.recipients[0].way,
      credit.recipients[0].condition == nil
    {
      codes = people.finder.indices(of: table[column])
      return
    }
    codes = [Int32](repeating: Self.none, count: table.rowCount)
    for recipient in credit.recipients {
      let mask = try recipient.condition.map { condition throws(Diagnostic) in try table.mask(condition) }
      let open = codes.indices.filter { codes[$0] == Self.none && mask?[$0] ?? true }
      switch recipient.way {
      case .column(let column):
        let owners = people.finder.indices(of: table[column])
        for row in open { codes[row] = owners[row] }
      case .person(let person):
        guard let payee = people.finder.index(of: person.text) else {
          throw Self.unknown(person, people)
        }
        for row in open { codes[row] = Int32(payee) }
      case .territory(let territory):
        guard let source = tables[territory.table] else { continue }
        let index = TerritoryIndex(territory, source, credited: table, date: credit.date, people: people)
        for row in open { codes[row] = index.owner(of: row) }
      case .members(let members):
        var teams = TeamIndex(members, credited: table, date: credit.date, people: people)
        for row in open {
          guard let team = teams.members(of: row) else { continue }
          codes[row] = Self.firstGroup - Int32(groups.count + team)
        }
        isEqual += [Bool](repeating: members.each == .equal, count: teams.teams.count)
        groups += teams.teams
      case .nobody:
        for row in open { codes[row] = Self.house }
      }
    }
  }

  /// The number of the row's owner, or why there is no single one.
  @inline(__always)
  subscript(row: Int) -> Int32 { codes[row] }

  /// The payees among whom a row of a whole team is shared, and whether in equal parts.
  func team(_ code: Int32) -> (payees: [Int32], isEqual: Bool)? {
    guard code <= Self.firstGroup else { return nil }
    let group = Int(Self.firstGroup - code)
    return (groups[group], isEqual[group])
  }

  /// The part of the `index`-th of `count` people: equal ones, what is left over one unit each to the first.
  ///
  /// Worked number: 100.00 among three is 33.34, 33.33 and 33.33; -100.00 is -33.34, -33.33 and -33.33.
  static func equalPart(of amount: Int64, _ index: Int, of count: Int) -> Int64 {
    let (part, left) = amount.quotientAndRemainder(dividingBy: Int64(count))
    return part + (Int64(index) < abs(left) ? left.signum() : 0)
  }

  private static func unknown(_ person: Named, _ people: Payees) -> Diagnostic {
    Diagnostic(
      .payeeUnknown, .error, "`\(person.text)` is not among the people of the plan", at: person.span,
      help: Suggestion.help(for: person.text, in: people.count <= 2000 ? people.ids : []))
  }
}
