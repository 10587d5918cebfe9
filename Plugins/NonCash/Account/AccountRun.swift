import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Keeps the accounts of a batch from day to day.
///
/// On each day what is gone is lost first; then comes what was earned, what is taken back, what people chose, and at the
/// end of a period its balance. What was earned for a period as a whole comes on its last day.
struct AccountRun {
  struct Row {
    var redeemed: Int64 = 0
    var returned: Int64 = 0
    var expired: Int64 = 0
    var refused: Int64 = 0
    var forgiven: Int64 = 0
    var balance: Int64 = 0
    var owed: Int64 = 0
    var level: Int64 = 0
    var words: [String] = []
  }

  private enum Event {
    case points(Int64)
    case choice(Choice, row: Int, number: Int)
    case back(Choice, row: Int?, number: Int)
    case close(row: Int)

    /// What comes first on a day.
    var order: Int {
      switch self {
      case .points(let points): points >= 0 ? 0 : 1
      // What comes back on the day on which it was chosen comes after it.
      case .back(let choice, _, _): choice.returned == choice.day ? 3 : 0
      case .choice: 2
      case .close: 4
      }
    }
  }

  private(set) var rows: [Row]
  private let terms: AccountTerms
  private let roster: Roster
  private let catalogue: Catalogue?
  private let roles: KeyColumn?
  private var ledgers: [Int64: Ledger] = [:]
  private var stock: [String: Int64] = [:]
  // The points that choices took, by the choice's number.
  private var taken: [Int: [Ledger.Lot]] = [:]

  init(_ terms: AccountTerms, _ batch: Batch, _ earning: Earning) throws(CalculationFault) {
    self.terms = terms
    rows = [Row](repeating: Row(), count: batch.periods.count)
    roster = try Roster(batch.periods)
    catalogue = try terms.catalogue.map { terms throws(CalculationFault) in try Catalogue(terms, batch) }
    roles = try terms.role.map { role throws(CalculationFault) in try batch.periods.keys(role) }
    for item in catalogue?.items ?? [] { stock[item.name] = item.stock }
    for payee in roster.payees { ledgers[payee] = Ledger(terms.expiry) }
    let events = try events(batch, earning).enumerated().sorted { a, b in
      (a.element.day, a.element.event.order, a.element.payee, a.offset)
        < (b.element.day, b.element.event.order, b.element.payee, b.offset)
    }
    for (_, item) in events { try handle(item.event, of: item.payee, on: item.day) }
  }

  private func events(
    _ batch: Batch, _ earning: Earning
  ) throws(CalculationFault) -> [(day: Int32, payee: Int64, event: Event)] {
    var events: [(day: Int32, payee: Int64, event: Event)] = []
    if let opening = terms.opening, let table = batch.tables[opening.table] {
      let payees = try table.numbers("payee").values
      let (points, days) = (try table.numbers(opening.points), try table.days(opening.date))
      for row in payees.indices {
        let number = points.decimal(row).normalized
        guard let day = days.day(row), !points.isMissing(row), number.scale == 0, number >= .zero,
          number.coefficient <= 1_000_000_000_000
        else {
          throw CalculationFault(
            "a row of `\(opening.table)` must have a day, and whole points not below zero")
        }
        events.append((day.day, payees[row], .points(Int64(number.coefficient))))
      }
    }
    if !earning.lines.isEmpty {
      let (days, periodRows) = (
        try batch.lines.days("date").numbers, try batch.lines.numbers("period_row").values
      )
      for line in earning.lines.indices where earning.lines[line] != 0 {
        events.append((days[line], roster.rows[Int(periodRows[line])].payee, .points(earning.lines[line])))
      }
    }
    for (row, period) in roster.rows.enumerated() {
      if earning.periods[row] != 0 { events.append((period.to, period.payee, .points(earning.periods[row]))) }
      events.append((period.to, period.payee, .close(row: row)))
    }
    if let redeem = terms.redeem {
      for (number, choice) in try Choice.all(redeem, batch).enumerated() {
        guard let row = roster.row(of: choice.payee, on: choice.day) else { continue }
        events.append((choice.day, choice.payee, .choice(choice, row: row, number: number)))
        if let day = choice.returned {
          let row = roster.row(of: choice.payee, on: day)
          events.append((day, choice.payee, .back(choice, row: row, number: number)))
        }
      }
    }
    return events
  }

  private mutating func handle(_ event: Event, of payee: Int64, on day: Int32) throws(CalculationFault) {
    guard var ledger = ledgers[payee] else { return }
    for lost in ledger.expire(by: day) {
      if let row = roster.row(of: payee, on: lost.day) { rows[row].expired += lost.points }
    }
    switch event {
    case .points(let points) where points >= 0: ledger.add(points, on: day)
    case .points(let points):
      let forgiven = ledger.reverse(-points, terms.short)
      if let row = roster.row(of: payee, on: day) { rows[row].forgiven += forgiven }
    case .choice(let choice, let row, let number): try redeem(choice, number, row, &ledger)
    case .back(let choice, let row, let number): giveBack(choice, number, row, on: day, &ledger)
    case .close(let row):
      rows[row].balance = ledger.balance
      rows[row].owed = ledger.owed
      rows[row].level = Int64(level(ledger))
    }
    ledgers[payee] = ledger
  }

  private func level(_ ledger: Ledger) -> Int {
    guard let levels = terms.levels else { return 0 }
    return levels.number(levels.by == .earned ? ledger.earned : ledger.balance)
  }

  private mutating func redeem(
    _ choice: Choice, _ number: Int, _ row: Int, _ ledger: inout Ledger
  ) throws(CalculationFault) {
    guard let item = catalogue?[choice.item] else {
      throw CalculationFault("`\(choice.item)` is not in the catalogue")
    }
    guard let each = item.points else {
      throw CalculationFault("`\(choice.item)` has no price in points in the catalogue")
    }
    let (points, overflow) = each.multipliedReportingOverflow(by: choice.quantity)
    if overflow { throw CalculationFault("`\(choice.item)` costs too many points") }
    let what = choice.quantity == 1 ? item.name : "\(choice.quantity) × \(item.name)"
    if let why = refusal(item, choice.quantity, row, ledger) {
      rows[row].refused += points
      rows[row].words.append("\(what) for \(points): refused, \(why)")
    } else if let lots = ledger.redeem(points) {
      taken[number] = lots
      rows[row].redeemed += points
      rows[row].words.append("\(what) for \(points), \(choice.state.rawValue)")
      if let left = stock[item.name] { stock[item.name] = left - choice.quantity }
    } else {
      rows[row].refused += points
      rows[row].words.append("\(what) for \(points): refused, \(ledger.balance) are there")
    }
  }

  /// An item came back: so do its points, each until the day on which it would have been lost, and the stock.
  ///
  /// Worked number: 300 points of March 2025 with twelve months, redeemed in February 2026 and back in April, are lost at
  /// once.
  private mutating func giveBack(
    _ choice: Choice, _ number: Int, _ row: Int?, on day: Int32, _ ledger: inout Ledger
  ) {
    guard let lots = taken.removeValue(forKey: number) else { return }
    let points = lots.reduce(Int64(0)) { $0 + $1.points }
    ledger.restore(lots)
    if let left = stock[choice.item] { stock[choice.item] = left + choice.quantity }
    let lost = ledger.expire(by: day).reduce(Int64(0)) { $0 + $1.points }
    guard let row else { return }
    rows[row].returned += points
    rows[row].expired += lost
    rows[row].words.append("\(choice.item) came back, and \(points) points with it")
  }

  /// Why somebody cannot have an item, whatever the points.
  private func refusal(_ item: Catalogue.Item, _ quantity: Int64, _ row: Int, _ ledger: Ledger) -> String? {
    if let role = item.role, roles?.name(row) != role { return "it is for the role \(role)" }
    if let left = stock[item.name], left < quantity { return "\(left) are left" }
    if let wanted = item.level {
      let place = terms.levels?.steps.firstIndex { $0.name == wanted }
      if place.map({ level(ledger) <= $0 }) ?? true { return "it is for the level \(wanted)" }
    }
    return nil
  }
}
