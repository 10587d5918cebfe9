import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of gifts.
extension TermsReader {
  mutating func gifts(_ reader: ConfigReader) -> GiftTerms? {
    let catalogue = catalogue(reader["catalogue"], pointsWanted: false)
    if catalogue != nil, catalogue?.value == nil {
      faults.append(
        reader["catalogue"].fault("the value of the gifts is wanted", help: "name the column as `value`"))
    }
    let rules = reader["give"].items(&faults).compactMap { rule($0) }
    let chosen = reader["chosen"].exists ? choices(reader["chosen"], canReturn: false) : nil
    if rules.isEmpty, chosen == nil, reader["give"].value?.array?.isEmpty ?? true {
      faults.append(
        reader.fault(
          "it must be said what is given", help: "state rules under `give`, or the table of what is `chosen`")
      )
    }
    var budget: GiftTerms.Budget?
    if reader["budget"].exists, let amount = reader["budget"].decimal(&faults) {
      if amount < .zero { faults.append(reader["budget"].fault("it cannot be below zero")) }
      budget = GiftTerms.Budget(amount: amount, pointer: reader["budget"].pointer.description)
    }
    let role = role(reader, catalogue)
    let grossUp = grossUp(reader)
    guard let catalogue else { return nil }
    return GiftTerms(
      catalogue: catalogue, rules: rules, chosen: chosen, budget: budget, grossUp: grossUp,
      income: optionalText(reader["gross_up"]["income"]), role: role)
  }

  private mutating func rule(_ reader: ConfigReader) -> GiftTerms.Rule? {
    let item = reader["item"].text(&faults)
    let team = optionalText(reader["team"])
    let cause: GiftTerms.Rule.Cause?
    switch (reader["when"].exists, reader["won"].exists) {
    case (true, false): cause = condition(reader["when"]).map { .reached($0) }
    case (false, true): cause = reader["won"].text(&faults).map { .won($0) }
    default:
      faults.append(
        reader.fault(
          "it must be said when the item is given",
          help: "write `when: {attainment: MEASURE, at_least: 100%}`, or `won: CONTEST.won_ITEM`"))
      return nil
    }
    guard let item, let cause else { return nil }
    return GiftTerms.Rule(item: item, cause: cause, team: team, pointer: reader.pointer.description)
  }

  private enum Method: String, CaseIterable { case none, flat, inclusive, brackets }

  private mutating func grossUp(_ reader: ConfigReader) -> GrossUp? {
    guard reader["gross_up"].exists else {
      faults.append(
        ConfigFault(
          reader.pointer.description, "the plan must state `gross_up`: who bears the tax on gifts",
          help: "write `gross_up: {method: none}`, or `flat`, `inclusive`, `brackets`", isUnstated: true))
      return nil
    }
    let reader = reader["gross_up"]
    let method = reader["method"].word(Method.self, asking: "how the tax is worked out", &faults)
    let mode =
      reader["round"].exists ? reader["round"].word(RoundingMode.self, asking: "", &faults) : .halfEven
    if method != .brackets, reader["income"].exists {
      faults.append(reader["income"].fault("only brackets look at the income", help: "remove `income`"))
    }
    let terms: GrossUp.Method?
    switch method {
    case nil, Method.none?: return nil
    case .flat?: terms = rate(reader["rate"]).map { .flat($0) }
    case .inclusive?: terms = rate(reader["rate"]).map { .inclusive($0) }
    case .brackets?:
      if !reader["income"].exists {
        faults.append(
          reader.fault("brackets look at the income of the year", help: "write `income: payee.NAME`"))
      }
      terms = brackets(reader["brackets"]).map { .brackets($0) }
    }
    guard let terms, let mode else { return nil }
    return GrossUp(method: terms, rounding: mode, places: context.places)
  }

  private mutating func rate(_ reader: ConfigReader) -> ExactDecimal? {
    guard let rate = reader.decimal(&faults) else { return nil }
    if rate < .zero || rate >= .one {
      faults.append(reader.fault("a rate from 0% to below 100% is wanted here"))
      return nil
    }
    return rate
  }

  private mutating func brackets(_ reader: ConfigReader) -> [GrossUp.Bracket]? {
    let items = reader.items(&faults)
    var brackets: [GrossUp.Bracket] = []
    for (place, item) in items.enumerated() {
      let isLast = place == items.count - 1
      let to = item["to"].exists ? item["to"].decimal(&faults) : nil
      if (to == nil) != isLast {
        faults.append(
          item.fault(isLast ? "the last bracket has no edge" : "the edge `to` of the bracket is missing"))
      }
      if let to, let last = brackets.last?.to, to <= last {
        faults.append(item["to"].fault("the edges must ascend"))
      }
      if let rate = rate(item["rate"]) { brackets.append(GrossUp.Bracket(to: to, rate: rate)) }
    }
    if items.isEmpty { faults.append(reader.fault("at least one bracket is wanted")) }
    return brackets.isEmpty ? nil : brackets
  }
}
