import JSONCore
import Money

/// Makes a part of a plan, and its tables, of files in the Open Cap Table Format.
///
/// Vesting terms, issuances of equity compensation and of stock that vests, starts and events are taken over by the
/// format's own names; everything else is passed over. A component is made for each kind of instrument.
struct OCFImport {
  private var terms: [String: JSONValue] = [:]
  private var issuances: [JSONValue] = []
  private var starts: [String: String] = [:]
  private var events: [(event: String, date: String, grant: String)] = []
  /// How many objects of each type were passed over.
  private(set) var passedOver: [String: Int] = [:]

  /// The columns of a table of grants.
  static let columns = [
    "grant", "person", "granted", "start", "units", "price", "terms", "expires", "type", "stock_class",
    "custom_id",
  ]

  /// Takes in the objects of a file: those of `items`, or a list.
  mutating func add(_ json: JSONValue, _ path: String) throws(OCFFault) {
    guard let items = json["items"]?.array ?? json.array else {
      throw OCFFault("\(path) has no `items`: it is no file of the Open Cap Table Format")
    }
    for item in items {
      switch item["object_type"]?.string ?? "" {
      case "VESTING_TERMS": terms[try text(item, "id", path)] = item
      case "TX_EQUITY_COMPENSATION_ISSUANCE", "TX_PLAN_SECURITY_ISSUANCE": issuances.append(item)
      case "TX_STOCK_ISSUANCE" where item["vesting_terms_id"] != nil || item["vestings"] != nil:
        issuances.append(item)
      case "TX_VESTING_START":
        starts[try text(item, "security_id", path)] = try text(item, "date", path)
      case "TX_VESTING_EVENT":
        events.append(
          (
            try text(item, "vesting_condition_id", path), try text(item, "date", path),
            try text(item, "security_id", path)
          ))
      case let other: passedOver[other.isEmpty ? "objects without a type" : other, default: 0] += 1
      }
    }
  }

  private func text(_ item: JSONValue, _ key: String, _ path: String) throws(OCFFault) -> String {
    if let text = item[key]?.string { return text }
    throw OCFFault("\(path): an object \(item["id"]?.string.map { "`\($0)` " } ?? "")has no `\(key)`")
  }

  /// The files to write, by name.
  func files() throws(OCFFault) -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    var data: [(String, JSONValue)] = []
    var components: [(String, JSONValue)] = []
    for instrument in Terms.Instrument.allCases {
      let own = issuances.filter { self.instrument($0) == instrument }
        .sorted { ($0["security_id"]?.string ?? "") < ($1["security_id"]?.string ?? "") }
      guard !own.isEmpty else { continue }
      let name = instrument.rawValue.replacing("-", with: "_")
      let table = "grants_\(name)"
      var used: [String: JSONValue] = [:]
      var csv = CSVText.line(Self.columns)
      var places = 0
      for issuance in own {
        let cells = try row(issuance, try vesting(issuance, &used))
        places = max(places, cells[4].split(separator: ".").dropFirst().first?.count ?? 0)
        csv += CSVText.line(cells)
      }
      files.append((table + ".csv", csv))
      data.append((table, self.table(table, places)))
      components.append((name, component(instrument, table, used, places)))
    }
    var csv = CSVText.line(["event", "date", "grant"])
    for event in events.sorted(by: { ($0.date, $0.grant, $0.event) < ($1.date, $1.grant, $1.event) }) {
      csv += CSVText.line([event.event, event.date, event.grant])
    }
    files.append(("vesting_events.csv", csv))
    data.append(
      (
        "vesting_events",
        ["file": "vesting_events.csv", "columns": ["event": "text", "date": "date", "grant": "text"]]
      ))
    let part = JSONValue.object(
      JSONObject([("data", .object(JSONObject(data))), ("components", .object(JSONObject(components)))]))
    files.append(("equity.yaml", part.text(pretty: true) + "\n"))
    return files
  }

  private func instrument(_ issuance: JSONValue) -> Terms.Instrument {
    switch issuance["compensation_type"]?.string ?? "" {
    case "RSU": .rsu
    case "CSAR", "SSAR": .sar
    case "": issuance["object_type"]?.string == "TX_STOCK_ISSUANCE" ? .restrictedStock : .option
    default: .option
    }
  }

  private func row(_ issuance: JSONValue, _ terms: String) throws(OCFFault) -> [String] {
    let id = try text(issuance, "security_id", "an issuance")
    let price = ["exercise_price", "base_price", "share_price"].lazy.compactMap { issuance[$0]?["amount"] }
      .first
    return [
      id, try text(issuance, "stakeholder_id", "an issuance"), try text(issuance, "date", "an issuance"),
      starts[id] ?? "", try number(issuance["quantity"], id, "quantity"),
      try price.map { value throws(OCFFault) in try number(value, id, "price") } ?? "", terms,
      issuance["expiration_date"]?.string ?? "", issuance["compensation_type"]?.string ?? "",
      issuance["stock_class_id"]?.string ?? "", issuance["custom_id"]?.string ?? "",
    ]
  }

  /// A number, which the format writes as a text.
  private func number(_ value: JSONValue?, _ id: String, _ what: String) throws(OCFFault) -> String {
    let number = value?.string.flatMap { ExactDecimal($0) } ?? value?.decimal
    guard let number else { throw OCFFault("`\(id)` has no \(what) that is a number") }
    return number.normalized.description
  }

  /// The name of an issuance's vesting terms, which are added to those used.
  private func vesting(_ issuance: JSONValue, _ used: inout [String: JSONValue]) throws(OCFFault) -> String {
    let id = issuance["security_id"]?.string ?? ""
    if let list = issuance["vestings"]?.array {
      used[id] = try exactDays(list, id)
      return id
    }
    guard let name = issuance["vesting_terms_id"]?.string else {
      used["vested-on-issuance"] = [
        "allocation_type": "CUMULATIVE_ROUNDING", "segments": [["days": 0, "portion": 1]],
      ]
      return "vested-on-issuance"
    }
    guard let found = terms[name] else {
      throw OCFFault("`\(id)` names the vesting terms `\(name)`, which are missing")
    }
    used[name] = [
      "allocation_type": found["allocation_type"] ?? .null,
      "vesting_conditions": .array((found["vesting_conditions"]?.array ?? []).map(Self.condition)),
    ]
    return name
  }

  /// A condition without the words that describe it.
  private static func condition(_ json: JSONValue) -> JSONValue {
    .object(
      JSONObject(
        (json.object?.members ?? []).filter { $0.key != "description" && $0.key != "comments" }
          .map { ($0.key, $0.value) }))
  }

  /// Days and amounts, as conditions that follow one another.
  private func exactDays(_ list: [JSONValue], _ id: String) throws(OCFFault) -> JSONValue {
    var conditions: [JSONValue] = []
    for (index, item) in list.sorted(by: { ($0["date"]?.string ?? "") < ($1["date"]?.string ?? "") })
      .enumerated()
    {
      let next: [JSONValue] = index + 1 < list.count ? [.string("vesting-\(index + 2)")] : []
      conditions.append([
        "id": .string("vesting-\(index + 1)"), "quantity": .string(try number(item["amount"], id, "amount")),
        "trigger": ["type": "VESTING_SCHEDULE_ABSOLUTE", "date": item["date"] ?? .null],
        "next_condition_ids": .array(next),
      ])
    }
    return ["allocation_type": "CUMULATIVE_ROUNDING", "vesting_conditions": .array(conditions)]
  }

  private func table(_ name: String, _ places: Int) -> JSONValue {
    let units: JSONValue = places == 0 ? "integer" : ["type": "decimal", "places": .number(places)]
    return [
      "file": .string(name + ".csv"), "key": "grant",
      "columns": [
        "grant": "text", "person": "text", "granted": "date", "start": "date?", "units": units,
        "price": ["type": "decimal", "places": 10, "optional": true], "terms": "text", "expires": "date?",
        "type": "text?", "stock_class": "text?", "custom_id": "text?",
      ],
    ]
  }

  private func component(
    _ instrument: Terms.Instrument, _ table: String, _ used: [String: JSONValue], _ places: Int
  ) -> JSONValue {
    var grants: [(String, JSONValue)] = [
      ("table", .string(table)), ("person", "person"), ("id", "grant"), ("date", "granted"),
      ("units", "units"), ("start", "start"), ("terms", "terms"), ("price", "price"),
    ]
    if instrument.isExercised { grants.append(("expires", "expires")) }
    var config: [(String, JSONValue)] = [
      ("instrument", .string(instrument.rawValue)), ("grants", .object(JSONObject(grants))),
      ("before_grant", "on-grant-date"),
      ("events", ["table": "vesting_events", "event": "event", "date": "date", "grant": "grant"]),
      ("vesting", .object(JSONObject(used.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))),
    ]
    if places > 0 { config.append(("unit_places", .number(places))) }
    return ["module": "equity", "config": .object(JSONObject(config))]
  }
}
