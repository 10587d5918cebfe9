import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct TermsReader {
  let context: ComponentContext
  var faults: [ConfigFault] = []

  init(context: ComponentContext) { self.context = context }

  // MARK: What both kinds of component have

  mutating func catalogue(_ reader: ConfigReader, pointsWanted: Bool) -> CatalogueTerms? {
    let table = reader["table"].text(&faults)
    let item = reader["item"].text(&faults)
    let kind = reader["kind"].text(&faults)
    let points = pointsWanted || reader["points"].exists ? reader["points"].text(&faults) : nil
    let value = optionalText(reader["value"])
    let stock = optionalText(reader["stock"])
    let role = optionalText(reader["role"])
    let level = optionalText(reader["level"])
    guard let table, let item, let kind else { return nil }
    return CatalogueTerms(
      table: table, item: item, kind: kind, points: points, value: value, stock: stock, role: role,
      level: level,
      pointer: reader.pointer.description)
  }

  mutating func choices(_ reader: ConfigReader, canReturn: Bool) -> ChoiceTerms? {
    let table = reader["table"].text(&faults)
    let person = reader["person"].text(&faults)
    let item = reader["item"].text(&faults)
    let date = reader["date"].text(&faults)
    let quantity = optionalText(reader["quantity"])
    let state = optionalText(reader["state"])
    let returned = optionalText(reader["returned"])
    if returned != nil, !canReturn {
      faults.append(
        reader["returned"].fault(
          "a gift costs no points that could come back", help: "write the state `cancelled` in its row"))
    }
    guard let table, let person, let item, let date else { return nil }
    return ChoiceTerms(
      table: table, person: person, item: item, date: date, quantity: quantity, state: state,
      returned: returned, pointer: reader.pointer.description)
  }

  mutating func condition(_ reader: ConfigReader) -> Condition? {
    let atLeast = reader["at_least"].decimal(&faults)
    let figure: Condition.Figure?
    switch (reader["attainment"].exists, reader["measure"].exists) {
    case (true, false): figure = reader["attainment"].text(&faults).map { .attainment($0) }
    case (false, true): figure = reader["measure"].text(&faults).map { .measure($0) }
    default:
      faults.append(
        reader.fault("a figure is wanted here", help: "write `attainment: MEASURE` or `measure: MEASURE`"))
      return nil
    }
    guard let figure, let atLeast else { return nil }
    return Condition(figure: figure, atLeast: atLeast, pointer: reader.pointer.description)
  }

  /// The attribute with the role; it must be stated where the catalogue is for roles.
  mutating func role(_ reader: ConfigReader, _ catalogue: CatalogueTerms?) -> String? {
    if catalogue?.role != nil, !reader["role"].exists {
      faults.append(
        reader.fault(
          "the catalogue is for roles, and it is not said where the payee's role stands",
          help: "write `role: payee.role`"))
    }
    return optionalText(reader["role"])
  }

  mutating func optionalText(_ reader: ConfigReader) -> String? { reader.exists ? reader.text(&faults) : nil }

  mutating func whole(_ reader: ConfigReader, least: Int64 = 0) -> Int64? {
    guard let number = reader.decimal(&faults) else { return nil }
    guard number.scale == 0, number.coefficient >= Int128(least), number.coefficient <= 1_000_000_000 else {
      faults.append(reader.fault("a whole number from \(least) to 1000000000 is wanted here"))
      return nil
    }
    return Int64(number.coefficient)
  }

  // MARK: Accounts

  mutating func account(_ reader: ConfigReader) -> AccountTerms? {
    let rules = reader["earn"].items(&faults).compactMap { rule($0) }
    if reader["earn"].value?.array?.isEmpty ?? true {
      faults.append(reader["earn"].fault("at least one rule of earning is wanted"))
    }
    let expiry = expiry(reader)
    let short = reader["short"].word(
      AccountTerms.Short.self,
      asking: "what becomes of points that are taken back and are not there any more", &faults)
    let opening = reader["opening"].exists ? opening(reader["opening"]) : nil
    let redeem = reader["redeem"].exists ? choices(reader["redeem"], canReturn: true) : nil
    let catalogue = reader["catalogue"].exists ? catalogue(reader["catalogue"], pointsWanted: true) : nil
    if redeem != nil, !reader["catalogue"].exists {
      faults.append(
        reader.fault("points can be redeemed only for items of a `catalogue`", help: "state `catalogue`"))
    }
    let levels = reader["levels"].exists ? levels(reader["levels"]) : nil
    if catalogue?.level != nil, levels == nil {
      faults.append(reader["catalogue"]["level"].fault("there are no levels", help: "state `levels`"))
    }
    let role = role(reader, catalogue)
    let value = reader["value"].exists ? reader["value"].decimal(&faults) : nil
    guard let short else { return nil }
    return AccountTerms(
      rules: rules, expiry: expiry, short: short, opening: opening, redeem: redeem, catalogue: catalogue,
      levels: levels,
      value: value, role: role)
  }

  private mutating func rule(_ reader: ConfigReader) -> AccountTerms.Rule? {
    let pointer = reader.pointer.description
    if reader["from"].exists {
      return reader["from"].text(&faults).map { .from(component: $0, pointer: pointer) }
    }
    let points = whole(reader["points"], least: 1)
    if reader["when"].exists {
      let condition = condition(reader["when"])
      guard let points, let condition else { return nil }
      return .reached(points: points, condition, pointer: pointer)
    }
    if reader["per"].value?.string == "line" { return points.map { .perLine(points: $0, pointer: pointer) } }
    let per = reader["per"].decimal(&faults)
    let column = reader["of"].text(&faults)
    let mode = reader["round"].word(RoundingMode.self, asking: "how parts of a point are rounded", &faults)
    if let per, per <= .zero { faults.append(reader["per"].fault("it must be above zero")) }
    guard let points, let per, let column, let mode else { return nil }
    return .perAmount(points: points, per: per, column: column, mode, pointer: pointer)
  }

  private mutating func expiry(_ reader: ConfigReader) -> AccountTerms.Expiry? {
    if reader["expire"].value?.string == "never" { return nil }
    guard reader["expire"].exists else {
      faults.append(
        ConfigFault(
          reader.pointer.description, "the plan must state `expire`: when points are lost",
          help: "write `expire: never`, or `expire: {months: 12, counted: day}`", isUnstated: true))
      return nil
    }
    let months = whole(reader["expire"]["months"], least: 1)
    let counted = reader["expire"]["counted"].word(
      AccountTerms.Expiry.Counted.self,
      asking: "on which day points are lost, the same of a later month or its last",
      &faults)
    guard let months, let counted else { return nil }
    if months > 1200 { faults.append(reader["expire"]["months"].fault("that is more than a hundred years")) }
    return AccountTerms.Expiry(months: min(Int(months), 1200), counted: counted)
  }

  private mutating func opening(_ reader: ConfigReader) -> AccountTerms.Opening? {
    let table = reader["table"].text(&faults)
    let person = reader["person"].text(&faults)
    let points = reader["points"].text(&faults)
    let date = reader["date"].text(&faults)
    guard let table, let person, let points, let date else { return nil }
    return AccountTerms.Opening(table: table, person: person, points: points, date: date)
  }

  private mutating func levels(_ reader: ConfigReader) -> AccountTerms.Levels? {
    let by = reader["by"].word(
      AccountTerms.Levels.By.self, asking: "whether redeemed and lost points count for a level", &faults)
    var steps: [(name: String, atLeast: Int64)] = []
    for item in reader["steps"].items(&faults) {
      let name = item["name"].text(&faults)
      let atLeast = whole(item["at_least"])
      guard let name, let atLeast else { continue }
      if let last = steps.last, atLeast <= last.atLeast {
        faults.append(item["at_least"].fault("the levels must ascend"))
      }
      steps.append((name, atLeast))
    }
    if steps.isEmpty { faults.append(reader["steps"].fault("at least one level is wanted")) }
    return by.map { AccountTerms.Levels(by: $0, steps: steps) }
  }
}
