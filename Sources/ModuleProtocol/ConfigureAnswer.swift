public import JSONCore

/// The answer to `module/configure`: what the component reads and gives, or what is wrong with its config.
public enum ConfigureAnswer: Sendable {
  /// The config is good.
  case accepted(ColumnNeeds, ColumnGifts)
  /// The config has these faults, at least one.
  case refused([ConfigFault])
}

extension ConfigureAnswer {
  /// The result of `module/configure`.
  public var json: JSONValue {
    switch self {
    case .accepted(let needs, let gives): ["diagnostics": [], "needs": needs.json, "gives": gives.json]
    case .refused(let faults): ["diagnostics": .array(faults.map(\.json))]
    }
  }

  /// Reads the result of `module/configure`.
  public init(json: JSONValue) throws(ProtocolFault) {
    let faults = try (json["diagnostics"]?.array ?? []).map { item throws(ProtocolFault) in
      try ConfigFault(json: item)
    }
    if !faults.isEmpty {
      self = .refused(faults)
      return
    }
    guard let needs = json["needs"], let gives = json["gives"] else {
      throw ProtocolFault("`module/configure` must answer `needs` and `gives`")
    }
    self = .accepted(try ColumnNeeds(json: needs), try ColumnGifts(json: gives))
  }
}

extension ColumnNeeds {
  var json: JSONValue {
    var object = JSONObject([
      ("lines", .array(lines.map(\.json))), ("periods", .array(periods.map(\.json))),
    ])
    object["tables"] = tables.isEmpty ? nil : .array(tables.map(\.json))
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    let tables = try Self.list(json["tables"]) { item throws(ProtocolFault) in try TableNeed(json: item) }
    if let name = tables.map(\.name).firstRepeated {
      throw ProtocolFault("table `\(name)` is needed twice")
    }
    self.init(
      lines: try Self.list(json["lines"]) { item throws(ProtocolFault) in try Need(json: item) },
      periods: try Self.list(json["periods"]) { item throws(ProtocolFault) in try Need(json: item) },
      tables: tables)
  }

  fileprivate static func list<Item>(
    _ json: JSONValue?, _ read: (JSONValue) throws(ProtocolFault) -> Item
  ) throws(ProtocolFault) -> [Item] {
    try (json?.array ?? []).map(read)
  }
}

extension ColumnNeeds.Need {
  var json: JSONValue {
    var object = JSONObject([
      ("name", .string(name)), ("kind", .string(kind.rawValue)), ("pointer", .string(pointer)),
    ])
    object["table"] = table.map { .string($0) }
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    guard let name = json["name"]?.string else { throw ProtocolFault("a needed column must have a `name`") }
    let kind = json["kind"]?.string.map { Kind(rawValue: $0) } ?? .number
    guard let kind else { throw ProtocolFault("column `\(name)` is needed of a kind that is not known") }
    self.init(name, kind, at: json["pointer"]?.string ?? "", table: json["table"]?.string)
  }
}

extension ColumnNeeds.TableNeed {
  var json: JSONValue {
    var object = JSONObject([
      ("name", .string(name)), ("columns", .array(columns.map(\.json))), ("pointer", .string(pointer)),
    ])
    object["person"] = person.map { .string($0) }
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    guard let name = json["name"]?.string else { throw ProtocolFault("a needed table must have a `name`") }
    let person = json["person"]?.string
    let columns = try ColumnNeeds.list(json["columns"]) { item throws(ProtocolFault) in
      try ColumnNeeds.Need(json: item)
    }
    if let column = columns.map(\.name).firstRepeated {
      throw ProtocolFault("column `\(column)` of table `\(name)` is needed twice")
    }
    if person != nil, columns.contains(where: { $0.name == "payee" }) {
      throw ProtocolFault("table `\(name)` with a `person` has the payee's number as `payee` already")
    }
    self.init(name, person: person, columns: columns, at: json["pointer"]?.string ?? "")
  }
}

extension ColumnGifts {
  var json: JSONValue {
    var object = JSONObject([
      ("places", .number(places)), ("summable", .bool(isSummable)), ("lines", .array(lines.map(\.json))),
    ])
    object["unit"] = unit.map { .string($0) }
    object["scope"] = scope == .payee ? nil : .string(scope.rawValue)
    object["periods"] = periods.isEmpty ? nil : .array(periods.map(\.json))
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    guard let places = json["places"]?.int, (0...12).contains(places) else {
      throw ProtocolFault("`gives` must have `places` from 0 to 12")
    }
    let scope = json["scope"]?.string.map { Scope(rawValue: $0) } ?? .payee
    guard let scope else {
      throw ProtocolFault("`scope` is `payee` or `component`, not `\(json["scope"]?.string ?? "")`")
    }
    func gifts(_ name: String, taken: [String]) throws(ProtocolFault) -> [Gift] {
      var gifts: [Gift] = []
      for item in json[name]?.array ?? [] { gifts.append(try Gift(json: item)) }
      if let name = (taken + gifts.map(\.name)).firstRepeated {
        throw ProtocolFault("column `\(name)` is given twice")
      }
      return gifts
    }
    self.init(
      places: places, unit: json["unit"]?.string, scope: scope,
      lines: try gifts("lines", taken: ["earned"]),
      periods: try gifts("periods", taken: ["earned", "adjustment"]),
      isSummable: json["summable"]?.bool ?? false)
  }
}

extension ColumnGifts.Gift {
  var json: JSONValue {
    var object = JSONObject([("name", .string(name)), ("places", .number(places))])
    object["unit"] = unit.map { .string($0) }
    object["summary"] = summary.map { .string($0) }
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    guard let name = json["name"]?.string, !name.contains(".") else {
      throw ProtocolFault("a given column must have a `name` without a point")
    }
    let places = json["places"]?.int ?? 0
    guard (0...18).contains(places) else {
      throw ProtocolFault("given column `\(name)` must have `places` from 0 to 18")
    }
    self.init(name, places: places, unit: json["unit"]?.string, summary: json["summary"]?.string)
  }
}

extension ConfigFault {
  var json: JSONValue {
    var object = JSONObject([("pointer", .string(pointer)), ("message", .string(message))])
    object["help"] = help.map { .string($0) }
    object["unstated"] = isUnstated ? true : nil
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    guard let message = json["message"]?.string else {
      throw ProtocolFault("a diagnostic must have a `message`")
    }
    self.init(
      json["pointer"]?.string ?? "", message, help: json["help"]?.string,
      isUnstated: json["unstated"]?.bool ?? false)
  }
}

extension [String] {
  /// The first that stands earlier in the list too.
  fileprivate var firstRepeated: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}
