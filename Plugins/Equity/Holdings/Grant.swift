import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// What a payee was granted.
struct Grant {
  let id: String
  let payee: Int64
  let day: CalendarDate
  /// The day on which vesting starts.
  let start: CalendarDate
  /// In integers of the last digit.
  let units: Int64
  let terms: VestingTerms
  /// What is paid for a unit: the price of a share, an exercise price, the base of an appreciation right.
  let price: Fraction?
  /// What a unit is worth on the day of the grant, for the expense.
  let fairValue: Fraction?
  /// What a share is worth on the day of the grant.
  let marketValue: Fraction?
  /// The last day on which it can be exercised.
  let expires: CalendarDate?
  /// Whether its options are meant as incentive stock options.
  let isISO: Bool
  /// The day on which the plan that it is of was announced.
  let announced: CalendarDate?
  /// The day on which the holder accepted it.
  let accepted: CalendarDate?
  /// Its place in the table of grants.
  let row: Int

  var key: Facts.GrantKey { Facts.GrantKey(payee: payee, id: id) }

  /// The grants of a batch, by payee, day and id.
  static func read(_ terms: Terms, _ batch: Batch) throws(CalculationFault) -> [Grant] {
    let rows = try Rows(terms.grants, batch)
    let (ids, names) = (try rows.texts("id"), try rows.texts("terms"))
    let (days, starts, ends) = (try rows.days("date"), try rows.days("start"), try rows.days("expires"))
    let (units, prices) = (try rows.numbers("units"), try rows.numbers("price"))
    let (fair, market) = (try rows.numbers("fair_value"), try rows.numbers("market_value"))
    let (kinds, announced) = (try rows.texts("kind"), try rows.days("announced"))
    let accepted = try rows.days("accepted")
    let payees = try rows.payees()
    var grants: [Grant] = []
    var seen: [Facts.GrantKey: Int] = [:]
    for row in 0..<rows.count {
      guard let payee = payees[row] else { continue }
      let id = try rows.wanted(ids, row, "id")
      if let other = seen.updateValue(row, forKey: Facts.GrantKey(payee: payee, id: id)) {
        throw CalculationFault(
          "there are two grants `\(id)`", at: [rows.ref.place(row, "id"), rows.ref.place(other, "id")])
      }
      let day = try rows.wanted(days, row, "date")
      let granted = try rows.wanted(units, row, "units")
      let whole = try granted.rounded(to: terms.unitPlaces, .down)
      guard granted >= .zero, Fraction(units: whole, places: terms.unitPlaces) == granted else {
        throw CalculationFault(
          "grant `\(id)` is of \(granted.shown) \(terms.unit), which is no number of units",
          at: [rows.ref.place(row, "units")],
          help: "state how many digits a unit has after the point as `unit_places`")
      }
      grants.append(
        Grant(
          id: id, payee: payee, day: day, start: starts[row] ?? day, units: whole,
          terms: try vesting(names[row], of: id, terms, row), price: prices[row], fairValue: fair[row],
          marketValue: market[row], expires: ends[row],
          isISO: try isISO(kinds[row], of: id, terms, row), announced: announced[row],
          accepted: accepted[row], row: row))
    }
    return grants.sorted { ($0.payee, $0.day, $0.id) < ($1.payee, $1.day, $1.id) }
  }

  private static func vesting(
    _ name: String?, of id: String, _ terms: Terms, _ row: Int
  ) throws(CalculationFault) -> VestingTerms {
    if let name {
      if let found = terms.vesting.first(where: { $0.name == name }) { return found }
      let names = terms.vesting.map { "`\($0.name)`" }.joined(separator: ", ")
      throw CalculationFault(
        "grant `\(id)` has the vesting terms `\(name)`, and there are \(names)",
        at: [terms.grants.place(row, "terms")])
    }
    guard terms.vesting.count == 1 else {
      throw CalculationFault("grant `\(id)` names no vesting terms", at: [terms.grants.place(row, "terms")])
    }
    return terms.vesting[0]
  }

  /// Whether options are meant as incentive stock options: all are, unless their kind says otherwise.
  private static func isISO(
    _ kind: String?, of id: String, _ terms: Terms, _ row: Int
  ) throws(CalculationFault) -> Bool {
    switch kind {
    case nil: return !terms.grants.has("kind")
    case "ISO", "OPTION_ISO": return true
    case "NSO", "OPTION_NSO", "OPTION": return false
    case let other?:
      throw CalculationFault(
        "grant `\(id)` is of the kind `\(other)`, and the kinds are `ISO` and `NSO`",
        at: [terms.grants.place(row, "kind")])
    }
  }
}
