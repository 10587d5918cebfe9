import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Where it stands what people chose: a table of the plan with a row a choice.
struct ChoiceTerms {
  let table: String
  let person: String
  let item: String
  let date: String
  let quantity: String?
  let state: String?
  /// The column with the day on which the item came back, and its points with it.
  let returned: String?
  let pointer: String

  var need: ColumnNeeds.TableNeed {
    var columns: [ColumnNeeds.Need] = [
      .init(item, .key, at: pointer + "/item"), .init(date, .date, at: pointer + "/date"),
    ]
    if let quantity { columns.append(.init(quantity, .number, at: pointer + "/quantity")) }
    if let state { columns.append(.init(state, .key, at: pointer + "/state")) }
    if let returned { columns.append(.init(returned, .date, at: pointer + "/returned")) }
    return ColumnNeeds.TableNeed(table, person: person, columns: columns, at: pointer + "/table")
  }
}

/// What somebody chose.
struct Choice {
  /// How far it has come.
  enum State: String, CaseIterable {
    case chosen, approved, ordered, delivered, cancelled
  }

  let payee: Int64
  let item: String
  let day: Int32
  let quantity: Int64
  let state: State
  /// The day on which it came back; nil for what did not.
  let returned: Int32?

  /// The choices of a batch by day, then payee, those that were cancelled left out.
  static func all(_ terms: ChoiceTerms, _ batch: Batch) throws(CalculationFault) -> [Choice] {
    guard let table = batch.tables[terms.table] else {
      throw CalculationFault("table `\(terms.table)` is missing")
    }
    let (payees, items) = (try table.numbers("payee").values, try table.keys(terms.item))
    let days = try table.days(terms.date)
    let quantities = try terms.quantity.map { name throws(CalculationFault) in try table.numbers(name) }
    let returns = try terms.returned.map { name throws(CalculationFault) in try table.days(name) }
    let states = try terms.state.map { name throws(CalculationFault) in try table.keys(name) }
    var choices: [Choice] = []
    for row in 0..<table.count {
      guard let item = items.name(row), let day = days.day(row) else {
        throw CalculationFault("a choice in `\(terms.table)` has no item or no day")
      }
      let quantity = quantities.map { $0.isMissing(row) ? .one : $0.decimal(row).normalized } ?? .one
      guard quantity.scale == 0, quantity > .zero, quantity.coefficient <= 1_000_000 else {
        throw CalculationFault(
          "the number of `\(item)` in `\(terms.table)` must be whole and above zero, not \(quantity)")
      }
      guard let state = states.map({ $0.name(row).flatMap { State(rawValue: $0) } }) ?? .chosen else {
        throw CalculationFault(
          "a choice in `\(terms.table)` is in state `\(states?.name(row) ?? "")`, and must be one of "
            + State.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))
      }
      if state == .cancelled { continue }
      if let back = returns?.day(row)?.day, back < day.day {
        throw CalculationFault("`\(item)` in `\(terms.table)` came back before it was chosen")
      }
      choices.append(
        Choice(
          payee: payees[row], item: item, day: day.day, quantity: Int64(quantity.coefficient), state: state,
          returned: returns?.day(row)?.day))
    }
    return choices.enumerated()
      .sorted {
        ($0.element.day, $0.element.payee, $0.offset) < ($1.element.day, $1.element.payee, $1.offset)
      }
      .map(\.element)
  }
}
