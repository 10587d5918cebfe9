import JSONCore

extension OCFExport {
  /// Issuances, and the start and the acceptance of each.
  func issuances(
    _ config: JSONValue, _ grants: [[String: String]], _ instrument: Terms.Instrument
  ) throws(OCFFault) -> [JSONValue] {
    var list: [JSONValue] = []
    let only = config["vesting"]?.object?.keys.first ?? ""
    for row in grants.sorted(by: { ($0["id"] ?? "") < ($1["id"] ?? "") }) {
      let (id, kept) = (row["id"] ?? "", try rest(row))
      let terms = row["terms"] ?? only
      list.append(issuance(row, id, instrument, terms, kept["issuance"]))
      if let accepted = filled(row["accepted"]) {
        let type =
          instrument == .restrictedStock ? "TX_STOCK_ACCEPTANCE" : "TX_EQUITY_COMPENSATION_ACCEPTANCE"
        list.append(
          merged(
            [
              ("object_type", .string(type)), ("id", .string(id + "-acceptance")),
              ("security_id", .string(id)), ("date", .string(accepted)),
            ], kept["acceptance"]))
      }
      // What was imported without a start has none.
      let start = start(config["vesting"]?[terms])
      if start.isEmpty || (kept["issuance"] != nil && kept["start"] == nil) { continue }
      list.append(
        merged(
          [
            ("object_type", "TX_VESTING_START"), ("id", .string(id + "-start")), ("security_id", .string(id)),
            ("vesting_condition_id", .string(start)),
            ("date", .string(filled(row["start"]) ?? row["date"] ?? "")),
          ], kept["start"]))
    }
    return list
  }

  private func filled(_ cell: String?) -> String? { cell.flatMap { $0.isEmpty ? nil : $0 } }

  /// The id of the condition with which vesting starts; empty where none counts from a start.
  private func start(_ terms: JSONValue?) -> String {
    guard let conditions = terms?["vesting_conditions"]?.array else { return "start" }
    return conditions.first { $0["trigger"]?["type"]?.string == "VESTING_START_DATE" }?["id"]?.string ?? ""
  }

  private func issuance(
    _ row: [String: String], _ id: String, _ instrument: Terms.Instrument, _ terms: String, _ kept: JSONValue?
  ) -> JSONValue {
    let isStock = instrument == .restrictedStock
    var members: [(String, JSONValue)] = [
      ("object_type", .string(isStock ? "TX_STOCK_ISSUANCE" : "TX_EQUITY_COMPENSATION_ISSUANCE")),
      ("id", .string(id + "-issuance")), ("security_id", .string(id)), ("date", .string(row["date"] ?? "")),
      ("custom_id", .string(id)), ("stakeholder_id", .string(row["person"] ?? "")),
      ("security_law_exemptions", []), ("quantity", .string(row["units"] ?? "")),
    ]
    if kept?["vestings"] == nil, terms != OCFNames.vestedOnIssuance {
      members.append(("vesting_terms_id", .string(terms)))
    }
    if let price = filled(row["price"]) {
      let key = isStock ? "share_price" : instrument == .sar ? "base_price" : "exercise_price"
      members.append((key, money(price, kept?[key])))
    }
    if isStock {
      members.append(("stock_legend_ids", []))
    } else {
      let type = filled(row["kind"]) ?? (instrument == .rsu ? "RSU" : instrument == .sar ? "CSAR" : "OPTION")
      members += [
        (
          "compensation_type",
          .string(type.hasSuffix("SO") && !type.hasPrefix("OPTION") ? "OPTION_" + type : type)
        ),
        ("expiration_date", filled(row["expires"]).map { .string($0) } ?? .null),
        ("termination_exercise_windows", []),
      ]
    }
    return merged(members, OCFNames.rest(kept, without: ["exercise_price", "base_price", "share_price"]))
  }

  // MARK: What happened

  /// Exercises, cancellations and accelerations.
  func movements(_ config: JSONValue, _ instrument: Terms.Instrument) throws(OCFFault) -> [JSONValue] {
    let family = instrument == .restrictedStock ? "TX_STOCK" : "TX_EQUITY_COMPENSATION"
    var list: [JSONValue] = []
    for row in try table(config["exercises"]) {
      list.append(
        try movement(row, family + "_EXERCISE", "exercise", [("resulting_security_ids", [])], list.count))
    }
    for row in try table(config["cancellations"]) {
      let isWhole = filled(row["units"]) == nil
      if let price = filled(row["price"]) {
        list.append(
          try movement(
            row, "TX_STOCK_REPURCHASE", "repurchase",
            [("price", money(price, try rest(row)["price"]))], list.count))
      } else {
        list.append(
          try movement(
            row, family + (isWhole ? "_RETRACTION" : "_CANCELLATION"),
            isWhole ? "retraction" : "cancellation",
            [("reason_text", .string(isWhole ? "retracted" : "cancelled"))], list.count))
      }
    }
    for rule in config["acceleration"]?.array ?? [] where rule["table"] != nil {
      for row in try table(rule) {
        list.append(
          try movement(
            row, "TX_VESTING_ACCELERATION", "acceleration", [("reason_text", "accelerated")], list.count))
      }
    }
    return list
  }

  private func movement(
    _ row: [String: String], _ type: String, _ word: String, _ more: [(String, JSONValue)], _ place: Int
  ) throws(OCFFault) -> JSONValue {
    let grant = row["grant"] ?? ""
    var members: [(String, JSONValue)] = [
      ("object_type", .string(type)), ("id", .string("\(grant)-\(word)-\(place + 1)")),
      ("security_id", .string(grant)), ("date", .string(row["date"] ?? "")),
    ]
    if let units = filled(row["units"]) { members.append(("quantity", .string(units))) }
    return merged(members + more, OCFNames.rest(try rest(row), without: ["price"]))
  }
}
