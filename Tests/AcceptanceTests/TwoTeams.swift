import JSONCore
import TestSupport
import Testing

/// Two managers and three reps, one of whom changes teams, and a session with the host about them.
///
/// Each rep earns 10 % of what they sell, each manager 1 % of what their people sell. By hand: in the first quarter
/// 100.00 to ann, 200.00 to ben, 30.00 to mei; in the second 400.00 to ben, 800.00 to cho, 120.00 to raj.
enum TwoTeams {
  static let plan = """
    plan: Two teams
    currency: USD
    calendar: {period: quarter, from: 2026-01-01, to: 2026-06-30}
    data:
      people:
        file: people.csv
        key: id
        columns: {id: text, name: text, team: text}
      reporting:
        file: reporting.csv
        columns: {person: text, manager: text, from: date, to: date?}
      deals:
        file: deals.csv
        key: id
        columns: {id: text, date: date, owner: {type: text, references: people}, amount: money}
    people:
      table: people
      name: name
      team: team
      manager: {table: reporting, person: person, value: manager, from: from, to: to}
    credits:
      own: {table: deals, date: date, amount: amount, to: owner}
      team: {roll_up: own}
    components:
      commission: {module: commission, credits: own, config: {rate: 10%, round: {at: line}}}
      override: {module: commission, credits: team, config: {rate: 1%, round: {at: period}}}

    """

  /// A folder with the plan and its data; with a row that cannot be read, when asked for.
  static func folder(faulty: Bool = false) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.write(plan, "plan.yaml")
    _ = try folder.write(
      """
      id,name,team
      mei,Mei Zhang,West
      raj,Raj Okafor,East
      ann,Ann Lee,West
      ben,Ben Ortiz,West
      cho,Cho Tanaka,East

      """, "people.csv")
    _ = try folder.write(
      """
      person,manager,from,to
      ann,mei,2025-01-01,
      ben,mei,2025-01-01,2026-03-31
      ben,raj,2026-04-01,
      cho,raj,2025-01-01,

      """, "reporting.csv")
    _ = try folder.write(
      """
      id,date,owner,amount
      D-1,2026-02-10,ann,1000.00
      D-2,2026-03-05,ben,2000.00
      D-3,2026-04-20,ben,4000.00
      D-4,2026-05-02,cho,8000.00
      \(faulty ? "D-5,2026-05-03,ben,seven\n" : "")
      """, "deals.csv")
    return folder
  }

  /// What the host says to these requests: the answers by the requests' numbers from 1, and all that it wrote.
  static func session(
    _ arguments: [String], _ requests: [(String, JSONValue)]
  ) throws -> (answers: [Int: JSONValue], output: String) {
    try HostSession.answers(arguments, requests)
  }
}
