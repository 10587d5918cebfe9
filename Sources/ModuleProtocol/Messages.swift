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
