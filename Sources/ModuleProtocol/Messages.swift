public import JSONCore
import Money

/// The version of the protocol between host and module that this code speaks.
public let moduleProtocolVersion = 1

/// What a module says of itself when it starts.
public struct ModuleIdentity: Sendable {
  /// Its name in plans.
  public let id: String
  /// Its own version.
  public let version: String
  /// One line for people.
  public let summary: String
  /// The JSON Schema (2020-12) of a component's config.
  public let configSchema: JSONValue
  /// The features of the protocol that it has: those of the kit, not of the module's author.
  package let features: [String]

  /// An identity.
  public init(id: String, version: String, summary: String, configSchema: JSONValue) {
    self.init(
      id: id, version: version, summary: summary, configSchema: configSchema, features: [mappedColumnsFeature]
    )
  }

  private init(id: String, version: String, summary: String, configSchema: JSONValue, features: [String]) {
    self.id = id
    self.version = version
    self.summary = summary
    self.configSchema = configSchema
    self.features = features
  }
}

extension ModuleIdentity {
  /// The result of `module/initialize`.
  public var json: JSONValue {
    [
      "protocol": .number(moduleProtocolVersion), "id": .string(id), "version": .string(version),
      "summary": .string(summary), "features": .array(features.map { .string($0) }),
      "configSchema": configSchema,
    ]
  }

  /// Reads the result of `module/initialize`.
  public init(json: JSONValue) throws(ProtocolFault) {
    guard json["protocol"]?.int == moduleProtocolVersion else {
      throw ProtocolFault(
        "it speaks module protocol \(json["protocol"]?.text() ?? "?"), this host speaks \(moduleProtocolVersion)"
      )
    }
    guard let id = json["id"]?.string, let version = json["version"]?.string else {
      throw ProtocolFault("`module/initialize` must answer `id` and `version`")
    }
    self.init(
      id: id, version: version, summary: json["summary"]?.string ?? "",
      configSchema: json["configSchema"] ?? .bool(true),
      features: (json["features"]?.array ?? []).compactMap(\.string))
  }
}

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
    case .accepted(let needs, let gives):
      return [
        "diagnostics": [],
        "needs": [
          "lines": .array(needs.lines.map(\.json)), "periods": .array(needs.periods.map(\.json)),
        ],
        "gives": [
          "places": .number(gives.places), "summable": .bool(gives.isSummable),
          "lines": .array(gives.lines.map { ["name": .string($0.name), "places": .number($0.places)] }),
        ],
      ]
    case .refused(let faults): return ["diagnostics": .array(faults.map(\.json))]
    }
  }

  /// Reads the result of `module/configure`.
  public init(json: JSONValue) throws(ProtocolFault) {
    var faults: [ConfigFault] = []
    for item in json["diagnostics"]?.array ?? [] { faults.append(try ConfigFault(json: item)) }
    if !faults.isEmpty {
      self = .refused(faults)
      return
    }
    guard let needs = json["needs"], let gives = json["gives"], let places = gives["places"]?.int,
      (0...12).contains(places)
    else {
      throw ProtocolFault("`module/configure` must answer `needs` and `gives` with `places` from 0 to 12")
    }
    var lineNeeds: [ColumnNeeds.Need] = []
    var periodNeeds: [ColumnNeeds.Need] = []
    for item in needs["lines"]?.array ?? [] { lineNeeds.append(try ColumnNeeds.Need(json: item)) }
    for item in needs["periods"]?.array ?? [] { periodNeeds.append(try ColumnNeeds.Need(json: item)) }
    var gifts: [ColumnGifts.Gift] = []
    for item in gives["lines"]?.array ?? [] {
      guard let name = item["name"]?.string else { throw ProtocolFault("a given column must have a `name`") }
      gifts.append(ColumnGifts.Gift(name, places: item["places"]?.int ?? 0))
    }
    self = .accepted(
      ColumnNeeds(lines: lineNeeds, periods: periodNeeds),
      ColumnGifts(places: places, lines: gifts, isSummable: gives["summable"]?.bool ?? false))
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

extension Explanation {
  /// The result of `module/explain`.
  public var json: JSONValue {
    func list(_ rows: [[Step]]) -> JSONValue { .array(rows.map { .array($0.map(\.json)) }) }
    return ["lines": list(lines), "periods": list(periods)]
  }

  /// Reads the result of `module/explain`.
  public init(json: JSONValue) throws(ProtocolFault) {
    func list(_ name: String) throws(ProtocolFault) -> [[Step]] {
      var rows: [[Step]] = []
      for row in json[name]?.array ?? [] {
        var steps: [Step] = []
        for item in row.array ?? [] { steps.append(try Step(json: item)) }
        rows.append(steps)
      }
      return rows
    }
    self.init(lines: try list("lines"), periods: try list("periods"))
  }
}

extension Step {
  var json: JSONValue {
    var object = JSONObject([("text", .string(text)), ("amount", .string(amount.description))])
    object["pointer"] = pointer.map { .string($0) }
    return .object(object)
  }

  init(json: JSONValue) throws(ProtocolFault) {
    guard let text = json["text"]?.string, let digits = json["amount"]?.string,
      let amount = ExactDecimal(digits)
    else { throw ProtocolFault("a step must have `text` and an `amount` of plain digits") }
    self.init(text, amount, at: json["pointer"]?.string)
  }
}
