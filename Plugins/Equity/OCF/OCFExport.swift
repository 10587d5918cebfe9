import JSONCore
import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Makes files in the Open Cap Table Format of a part of a plan written as JSON, and of its tables.
struct OCFExport {
  /// The part of the plan: `data` and `components`.
  let part: JSONValue
  /// The code of the currency of prices.
  let currency: String
  /// The rows of a file that the part names.
  let rows: (String) throws(OCFFault) -> [[String: String]]

  /// The files to write, by name.
  func files() throws(OCFFault) -> [(name: String, text: String)] {
    var terms: [JSONValue] = []
    var transactions: [JSONValue] = []
    var events: [String: JSONValue] = [:]
    for (name, component) in part["components"]?.object?.members ?? []
    where component["module"]?.string == "equity" {
      let config = component["config"] ?? .null
      guard let instrument = Terms.Instrument(rawValue: config["instrument"]?.string ?? "") else {
        throw OCFFault("component `\(name)` states no instrument")
      }
      guard instrument != .phantom, instrument != .profitUnits else {
        throw OCFFault("component `\(name)`: the Open Cap Table Format has no \(instrument.unit)")
      }
      let grants = try table(config["grants"])
      terms += try vestingTerms(config, grants)
      transactions += try issuances(config, grants, instrument)
      transactions += try movements(config, instrument)
      for row in try table(config["events"]) {
        let grant = row["grant"] ?? ""
        guard !grant.isEmpty else {
          throw OCFFault("an event of the format belongs to a grant, and one has none")
        }
        let id = "\(grant)-\(row["event"] ?? "")-\(row["date"] ?? "")"
        events[id] = merged(
          [
            ("object_type", "TX_VESTING_EVENT"), ("id", .string(id)), ("security_id", .string(grant)),
            ("vesting_condition_id", .string(row["event"] ?? "")), ("date", .string(row["date"] ?? "")),
          ], try rest(row))
      }
    }
    transactions += events.sorted { $0.key < $1.key }.map(\.value)
    return [
      ("VestingTerms.ocf.json", file("OCF_VESTING_TERMS_FILE", terms)),
      ("Transactions.ocf.json", file("OCF_TRANSACTIONS_FILE", transactions)),
    ]
  }

  /// What the column `ocf` of a row keeps.
  func rest(_ row: [String: String]) throws(OCFFault) -> JSONValue {
    guard let text = row["ocf"], !text.isEmpty else { return [:] }
    do { return try JSONValue(parsing: text) } catch {
      throw OCFFault("the column `ocf` of `\(row["id"] ?? row["grant"] ?? "")` is no JSON: \(error.message)")
    }
  }

  /// An object of these members, with those that an import has kept in their place and beside them.
  func merged(_ members: [(String, JSONValue)], _ kept: JSONValue?) -> JSONValue {
    var object = JSONObject(members)
    for (key, value) in kept?.object?.members ?? [] {
      object[key] = key == "object_type" ? .string(OCFImport.plain(value.string ?? "")) : value
    }
    return .object(object)
  }

  /// A price as an import has kept it, unless the cell says another amount now.
  func money(_ amount: String, _ kept: JSONValue?) -> JSONValue {
    if let before = kept?["amount"]?.string.flatMap({ ExactDecimal($0) }), before == ExactDecimal(amount) {
      return kept ?? .null
    }
    return ["amount": .string(amount), "currency": kept?["currency"] ?? .string(currency)]
  }

  private func file(_ type: String, _ items: [JSONValue]) -> String {
    JSONValue.object(JSONObject([("file_type", .string(type)), ("items", .array(items))])).text(pretty: true)
      + "\n"
  }

  /// The rows of a table that a config names, by the parts that its columns play.
  func table(_ ref: JSONValue?) throws(OCFFault) -> [[String: String]] {
    guard let ref, let name = ref["table"]?.string else { return [] }
    guard let file = part["data"]?[name]?["file"]?.string else {
      throw OCFFault("table `\(name)` names no file")
    }
    let parts = (ref.object?.members ?? []).compactMap { key, value in value.string.map { (key, $0) } }
    return try rows(file).map { row in
      var cells = row
      for (key, column) in parts where key != "table" { cells[key] = row[column] }
      return cells
    }
  }

  // MARK: Terms

  /// The terms, but for those that an issuance has as a list of days, and those of what has vested when it is issued.
  private func vestingTerms(
    _ config: JSONValue, _ grants: [[String: String]]
  ) throws(OCFFault) -> [JSONValue] {
    var list: [JSONValue] = []
    var dated: Set<String> = [OCFNames.vestedOnIssuance]
    for row in grants where try rest(row)["issuance"]?["vestings"] != nil { dated.insert(row["id"] ?? "") }
    for name in config["vesting"]?.object?.keys ?? [] where !dated.contains(name) {
      var faults: [ConfigFault] = []
      guard let terms = VestingReader.read(ConfigReader(config["vesting"]?[name]), name: name, &faults) else {
        throw OCFFault("vesting terms `\(name)`: \(faults.first?.message ?? "cannot be read")")
      }
      var conditions: [JSONValue] = []
      for condition in terms.conditions { conditions.append(try json(condition, terms)) }
      list.append([
        "object_type": "VESTING_TERMS", "id": .string(name), "name": .string(name),
        "description": .string(name), "allocation_type": .string(terms.allocation.rawValue),
        "vesting_conditions": .array(conditions),
      ])
    }
    return list
  }

  private func json(_ condition: VestingTerms.Condition, _ terms: VestingTerms) throws(OCFFault) -> JSONValue
  {
    guard condition.expires == nil else {
      throw OCFFault("`\(condition.id)` expires: write a condition with `quantity: 0` for the format instead")
    }
    var members: [(String, JSONValue)] = [("id", .string(condition.id))]
    switch condition.amount {
    case .quantity(let units): members.append(("quantity", .string(units.shown)))
    case .portion(let part, let ofRemainder):
      var portion: [(String, JSONValue)] = [
        ("numerator", .string("\(part.numerator)")), ("denominator", .string("\(part.denominator)")),
      ]
      if ofRemainder { portion.append(("remainder", true)) }
      members.append(("portion", .object(JSONObject(portion))))
    }
    members.append(("trigger", try json(condition.trigger, condition, terms)))
    members.append(("next_condition_ids", .array(condition.next.map { .string(terms.conditions[$0].id) })))
    return .object(JSONObject(members))
  }

  private func json(
    _ trigger: Trigger, _ condition: VestingTerms.Condition, _ terms: VestingTerms
  ) throws(OCFFault) -> JSONValue {
    switch trigger {
    case .start: return ["type": "VESTING_START_DATE"]
    case .absolute(let day): return ["type": "VESTING_SCHEDULE_ABSOLUTE", "date": .string(day.description)]
    case .event(let name) where name == condition.id: return ["type": "VESTING_EVENT"]
    case .relative(let base, let span) where span.lead == 0:
      var period: [(String, JSONValue)] = [
        ("length", .number(span.length)), ("type", .string(span.unit.rawValue)),
        ("occurrences", .number(span.occurrences)),
      ]
      if span.cliff > 1 { period.append(("cliff_installment", .number(span.cliff))) }
      if span.unit == .months { period.append(("day_of_month", .string(span.day.word))) }
      return [
        "type": "VESTING_SCHEDULE_RELATIVE", "period": .object(JSONObject(period)),
        "relative_to_condition_id": .string(terms.conditions[base].id),
      ]
    case .event, .relative, .earlierOf, .laterOf:
      throw OCFFault("the Open Cap Table Format has no trigger like that of `\(condition.id)`")
    }
  }
}
