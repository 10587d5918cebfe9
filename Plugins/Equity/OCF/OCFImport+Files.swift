import JSONCore
import Money

extension OCFImport {
  /// The columns of a table of grants.
  static let columns = [
    "grant", "person", "granted", "start", "units", "price", "terms", "expires", "type", "accepted", "ocf",
  ]

  /// The files to write, by name.
  func files() throws(OCFFault) -> [(name: String, text: String)] {
    var files: [(name: String, text: String)] = []
    var data: [(String, JSONValue)] = []
    var components: [(String, JSONValue)] = []
    for instrument in Terms.Instrument.allCases {
      let own = issuances.filter { Self.instrument($0) == instrument }
        .sorted { ($0["security_id"]?.string ?? "") < ($1["security_id"]?.string ?? "") }
      guard !own.isEmpty else { continue }
      let name = instrument.rawValue.replacing("-", with: "_")
      let holders = try holders(own)
      let places = places(own, holders)
      var used: [String: JSONValue] = [:]
      var csv = CSVText.line(Self.columns)
      for issuance in own { csv += CSVText.line(try row(issuance, try vesting(issuance, &used))) }
      files.append(("grants_\(name).csv", csv))
      data.append(("grants_\(name)", grantTable("grants_\(name)", places)))
      var tables: [Movement: String] = [:]
      for kind in Movement.allCases {
        let rows = try rows(kind, holders)
        guard !rows.isEmpty else { continue }
        let table = "\(kind.rawValue)_\(name)"
        tables[kind] = table
        files.append(
          (
            table + ".csv",
            ([["grant", "person", "date", "units", "price", "ocf"]] + rows).map(CSVText.line).joined()
          ))
        data.append((table, movementTable(table, places)))
      }
      components.append((name, component(instrument, "grants_\(name)", used, places, tables)))
    }
    files.append(("vesting_events.csv", try eventRows()))
    data.append(
      (
        "vesting_events",
        [
          "file": "vesting_events.csv",
          "columns": ["event": "text", "date": "date", "grant": "text", "ocf": "text?"],
        ]
      ))
    let part = JSONValue.object(
      JSONObject([("data", .object(JSONObject(data))), ("components", .object(JSONObject(components)))]))
    files.append(("equity.yaml", part.text(pretty: true) + "\n"))
    return files
  }

  // MARK: Rows

  /// The holder of each security.
  private func holders(_ issuances: [JSONValue]) throws(OCFFault) -> [String: String] {
    var holders: [String: String] = [:]
    for issuance in issuances {
      let id = try text(issuance, "security_id", "an issuance")
      if holders.updateValue(try text(issuance, "stakeholder_id", "an issuance"), forKey: id) != nil {
        throw OCFFault("two issuances have the security id `\(id)`")
      }
    }
    return holders
  }

  /// The digits after the point of units.
  private func places(_ issuances: [JSONValue], _ holders: [String: String]) -> Int {
    let items = issuances + movements.map(\.item).filter { holders[$0["security_id"]?.string ?? ""] != nil }
    return items.map { item in
      let number = item["quantity"]?.string.flatMap { ExactDecimal($0) } ?? item["quantity"]?.decimal
      return number?.normalized.scale ?? 0
    }.reduce(0, max)
  }

  private func row(_ issuance: JSONValue, _ terms: String) throws(OCFFault) -> [String] {
    let id = try text(issuance, "security_id", "an issuance")
    let price = ["exercise_price", "base_price", "share_price"].lazy.compactMap { issuance[$0]?["amount"] }
      .first
    let (start, acceptance) = (starts[id], acceptances[id])
    var rest: [(String, JSONValue)] = []
    for (name, json) in [
      ("issuance", OCFNames.rest(issuance, without: OCFNames.issuance)),
      ("start", OCFNames.rest(start, without: OCFNames.movement)),
      ("acceptance", OCFNames.rest(acceptance, without: OCFNames.movement)),
    ] {
      if let json { rest.append((name, json)) }
    }
    return [
      id, try text(issuance, "stakeholder_id", "an issuance"), try text(issuance, "date", "an issuance"),
      start?["date"]?.string ?? "", try number(issuance["quantity"], id, "quantity"),
      try price.map { value throws(OCFFault) in try number(value, id, "price") } ?? "", terms,
      issuance["expiration_date"]?.string ?? "", Self.type(issuance), acceptance?["date"]?.string ?? "",
      JSONValue.object(JSONObject(rest)).text(),
    ]
  }

  /// The kind of an option as the module knows it; earlier versions of the format tell it apart.
  private static func type(_ issuance: JSONValue) -> String {
    let type = issuance["compensation_type"]?.string ?? ""
    switch issuance["option_grant_type"]?.string {
    case "ISO" where type == "OPTION" || type.isEmpty: return "OPTION_ISO"
    case "NSO" where type == "OPTION" || type.isEmpty: return "OPTION_NSO"
    default: return type.isEmpty && instrument(issuance) == .option ? "OPTION" : type
    }
  }

  /// The rows of a kind of movement, by day, security and id.
  private func rows(_ kind: Movement, _ holders: [String: String]) throws(OCFFault) -> [[String]] {
    var rows: [(key: (String, String, String), cells: [String])] = []
    for item in movements.filter({ $0.kind == kind }).map(\.item) {
      guard let id = item["security_id"]?.string, let holder = holders[id] else { continue }
      let day = try text(item, "date", "a transaction of `\(id)`")
      // A balance is in a security of its own, so that nothing of the old one is left; a retraction takes all back.
      let isWhole =
        item["balance_security_id"] != nil || item["object_type"]?.string?.hasSuffix("_RETRACTION") == true
      let units = isWhole ? "" : try number(item["quantity"], id, "quantity")
      let price =
        try item["price"].map { json throws(OCFFault) in try number(json["amount"], id, "price") } ?? ""
      let rest = OCFNames.rest(item, without: isWhole ? ["security_id", "date"] : OCFNames.movement)
      rows.append(
        ((day, id, item["id"]?.string ?? ""), [id, holder, day, units, price, rest?.text() ?? ""]))
    }
    return rows.sorted { $0.key < $1.key }.map(\.cells)
  }

  private func eventRows() throws(OCFFault) -> String {
    let own = Set(issuances.compactMap { $0["security_id"]?.string })
    var rows: [[String]] = []
    for item in events where own.contains(item["security_id"]?.string ?? "") {
      rows.append([
        try text(item, "vesting_condition_id", "an event"), try text(item, "date", "an event"),
        try text(item, "security_id", "an event"),
        OCFNames.rest(item, without: OCFNames.movement)?.text() ?? "",
      ])
    }
    rows.sort { ($0[1], $0[2], $0[0]) < ($1[1], $1[2], $1[0]) }
    return ([["event", "date", "grant", "ocf"]] + rows).map(CSVText.line).joined()
  }

  // MARK: The part of the plan

  private func units(_ places: Int, optional: Bool) -> JSONValue {
    if places == 0 { return optional ? "integer?" : "integer" }
    return ["type": "decimal", "places": .number(places), "optional": .bool(optional)]
  }

  private var price: JSONValue { ["type": "decimal", "places": 10, "optional": true] }

  private func grantTable(_ name: String, _ places: Int) -> JSONValue {
    [
      "file": .string(name + ".csv"), "key": "grant",
      "columns": [
        "grant": "text", "person": "text", "granted": "date", "start": "date?",
        "units": units(places, optional: false), "price": price, "terms": "text", "expires": "date?",
        "type": "text?", "accepted": "date?", "ocf": "text?",
      ],
    ]
  }

  private func movementTable(_ name: String, _ places: Int) -> JSONValue {
    [
      "file": .string(name + ".csv"),
      "columns": [
        "grant": "text", "person": "text", "date": "date", "units": units(places, optional: true),
        "price": price, "ocf": "text?",
      ],
    ]
  }

  private func component(
    _ instrument: Terms.Instrument, _ table: String, _ used: [String: JSONValue], _ places: Int,
    _ tables: [Movement: String]
  ) -> JSONValue {
    var grants: [(String, JSONValue)] = [
      ("table", .string(table)), ("person", "person"), ("id", "grant"), ("date", "granted"),
      ("units", "units"), ("start", "start"), ("terms", "terms"), ("price", "price"),
      ("accepted", "accepted"),
    ]
    if instrument.isExercised { grants.append(("expires", "expires")) }
    if instrument == .option { grants.append(("kind", "type")) }
    var config: [(String, JSONValue)] = [
      ("instrument", .string(instrument.rawValue)), ("grants", .object(JSONObject(grants))),
      ("before_grant", "on-grant-date"),
      ("events", ["table": "vesting_events", "event": "event", "date": "date", "grant": "grant"]),
      ("vesting", .object(JSONObject(used.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))),
    ]
    if places > 0 { config.append(("unit_places", .number(places))) }
    if let name = tables[.exercises] { config.append(("exercises", reference(name, nil, hasPrice: false))) }
    if let name = tables[.cancellations] {
      config.append(("cancellations", reference(name, choices.cancelled, hasPrice: true)))
    }
    if let name = tables[.accelerations] {
      config.append(("acceleration", [reference(name, choices.accelerated, hasPrice: false)]))
    }
    return ["module": "equity", "config": .object(JSONObject(config))]
  }

  private func reference(_ table: String, _ from: String?, hasPrice: Bool) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("table", .string(table)), ("person", "person"), ("grant", "grant"), ("date", "date"),
      ("units", "units"),
    ]
    if hasPrice { members.append(("price", "price")) }
    if let from { members.append(("from", .string(from))) }
    return .object(JSONObject(members))
  }
}
