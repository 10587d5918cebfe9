import ModuleKit
import ModuleProtocol
import Money

/// Gives the gifts of a batch, period by period, within stock and budget.
struct GiftRun {
  struct Row {
    var given: Int64 = 0
    var pending: Int64 = 0
    var refused: Int64 = 0
    /// The fair value, in the last digit of the currency.
    var value: Int64 = 0
    var grossUp: Int64 = 0
    var words: [(text: String, pointer: String)] = []
  }

  private(set) var rows: [Row]
  private let terms: GiftTerms
  private let places: Int
  private let periods: Frame
  private let roster: Roster
  private let catalogue: Catalogue
  /// What is left of each item and of the budget.
  private var stock: [String: Int64] = [:]
  private var budget: ExactDecimal?

  init(_ terms: GiftTerms, _ batch: Batch, places: Int) throws(CalculationFault) {
    (self.terms, self.places, periods) = (terms, places, batch.periods)
    rows = [Row](repeating: Row(), count: batch.periods.count)
    roster = try Roster(batch.periods)
    catalogue = try Catalogue(terms.catalogue, batch)
    for item in catalogue.items { stock[item.name] = item.stock }
    budget = terms.budget?.amount
    let choices =
      try terms.chosen.map { chosen throws(CalculationFault) in try Choice.all(chosen, batch) } ?? []
    // By the first day of the period, so that earlier gifts come first into stock, budget and income.
    let days = Set(roster.rows.map(\.from)).sorted()
    for day in days {
      let now = roster.rows.indices.filter { roster.rows[$0].from == day }
      for rule in terms.rules { try apply(rule, now) }
      for choice in choices {
        if let row = roster.row(of: choice.payee, on: choice.day), roster.rows[row].from == day {
          try apply(choice, row)
        }
      }
    }
    if terms.grossUp != nil { try addGrossUps() }
  }

  // MARK: Giving

  private mutating func apply(_ rule: GiftTerms.Rule, _ now: [Int]) throws(CalculationFault) {
    for group in try groups(rule, now) {
      let count: Int64
      let words: String
      switch rule.cause {
      case .reached(let condition):
        count = try condition.holds(periods, rows: group) ? 1 : 0
        words = condition.words
      case .won(let column):
        let won = try periods.numbers(column)
        var sum = Int64(0)
        for row in group where !won.isMissing(row) {
          guard let number = try? won.decimal(row).rescaled(to: 0, rounding: .down), number <= 1000 else {
            throw CalculationFault("`\(column)` is more than 1000")
          }
          sum += Int64(number)
        }
        count = sum
        words = "won, by \(column)"
      }
      for _ in 0..<max(0, count) {
        try give(try item(rule.item), 1, to: group, "\(rule.item): \(words)", rule.pointer)
      }
    }
  }

  /// Each payee alone, or the members of each team, in the order of the teams' names.
  private func groups(_ rule: GiftTerms.Rule, _ now: [Int]) throws(CalculationFault) -> [[Int]] {
    guard let team = rule.team else { return now.map { [$0] } }
    let teams = try periods.keys(team)
    var groups: [String: [Int]] = [:]
    for row in now { if let name = teams.name(row) { groups[name, default: []].append(row) } }
    return groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }

  private mutating func apply(_ choice: Choice, _ row: Int) throws(CalculationFault) {
    let item = try item(choice.item)
    let pointer = terms.chosen?.pointer ?? ""
    if let role = item.role, try periods.keys(terms.role ?? "").name(row) != role {
      refuse([row], choice.quantity, "\(item.name): is for the role \(role)", pointer)
    } else if terms.chosen?.state == nil || choice.state == .delivered {
      try give(item, choice.quantity, to: [row], "\(item.name), chosen", pointer)
    } else if try take(item, choice.quantity) {
      rows[row].pending += choice.quantity
      rows[row].words.append(("\(item.name), \(choice.state.rawValue)", pointer))
    } else {
      refuse([row], choice.quantity, "\(item.name): neither in stock nor in the budget", pointer)
    }
  }

  private func item(_ name: String) throws(CalculationFault) -> Catalogue.Item {
    if let item = catalogue[name] { return item }
    throw CalculationFault("`\(name)` is not in the catalogue `\(terms.catalogue.table)`")
  }

  private mutating func give(
    _ item: Catalogue.Item, _ count: Int64, to group: [Int], _ words: String, _ pointer: String
  ) throws(CalculationFault) {
    guard try take(item, count) else {
      refuse(group, count, "\(words); there is none left in stock or in the budget", pointer)
      return
    }
    let whole = try digits(item.value, times: count)
    let (part, rest) = whole.quotientAndRemainder(dividingBy: Int64(group.count))
    for (place, row) in group.enumerated() {
      let value = part + (Int64(place) < rest ? 1 : 0)
      rows[row].given += count
      rows[row].value += value
      let share = group.count == 1 ? "" : ", shared by \(group.count)"
      let amount = StepText.amount(ExactDecimal(coefficient: Int128(value), scale: places))
      rows[row].words.append(("\(words), worth \(amount)\(share)", pointer))
    }
  }

  private mutating func refuse(_ group: [Int], _ count: Int64, _ words: String, _ pointer: String) {
    for row in group {
      rows[row].refused += count
      rows[row].words.append(("not given: \(words)", pointer))
    }
  }

  /// Takes so many of an item out of the stock and the budget; false, and nothing taken, when there are not so many.
  private mutating func take(_ item: Catalogue.Item, _ count: Int64) throws(CalculationFault) -> Bool {
    if let left = stock[item.name], left < count { return false }
    do {
      let cost = try item.value.multiplied(by: ExactDecimal(count))
      if let left = budget {
        if left < cost { return false }
        budget = try left.subtracting(cost)
      }
    } catch {
      throw CalculationFault("the value of `\(item.name)` is too large")
    }
    if let left = stock[item.name] { stock[item.name] = left - count }
    return true
  }

  private func digits(_ value: ExactDecimal, times count: Int64) throws(CalculationFault) -> Int64 {
    guard let product = try? value.multiplied(by: ExactDecimal(count)), product.normalized.scale <= places,
      let digits = try? product.rescaled(to: places, rounding: .down), digits <= 1_000_000_000_000_000
    else { throw CalculationFault("a value in the catalogue is too large, or has parts of the last digit") }
    return Int64(digits)
  }

  // MARK: Tax

  /// The tax of each period, on top of the income of the year and of what was given in the periods before.
  private mutating func addGrossUps() throws(CalculationFault) {
    guard let grossUp = terms.grossUp else { return }
    let income = try terms.income.map { name throws(CalculationFault) in try periods.numbers(name) }
    for payee in roster.payees {
      var before = Int128(0)
      for row in roster.rows(of: payee) where rows[row].value > 0 {
        let other = income.flatMap { $0.isMissing(row) ? nil : $0.decimal(row) } ?? .zero
        guard let base = try? other.adding(ExactDecimal(coefficient: before, scale: places)) else {
          throw CalculationFault("an income is too large")
        }
        rows[row].grossUp = try grossUp.amount(
          of: ExactDecimal(coefficient: Int128(rows[row].value), scale: places), above: base)
        before += Int128(rows[row].value) + Int128(rows[row].grossUp)
      }
    }
  }
}
