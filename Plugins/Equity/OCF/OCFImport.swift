import JSONCore
import Money

/// Makes a part of a plan, and its tables, of files in the Open Cap Table Format.
///
/// Vesting terms, issuances of equity compensation and of stock that vests, and what happens to them are taken over by
/// the format's own names; everything else is passed over. What a table has no column for is kept beside it in the
/// column `ocf`, so that an export gives it back. A component is made for each kind of instrument.
struct OCFImport {
  /// What the format leaves open, and the plan must state; nil has `incentive check` ask for it.
  struct Choices {
    /// Which units a `TX_VESTING_ACCELERATION` has vest: `each`, `next`, `last`.
    var accelerated: String?
    /// Which units a cancellation takes first: `unvested`, `vested`.
    var cancelled: String?
  }

  /// What happens to units of a security, each kind in a table of its own.
  enum Movement: String, CaseIterable {
    case exercises, cancellations
    case accelerations
  }

  private(set) var terms: [String: JSONValue] = [:]
  private(set) var issuances: [JSONValue] = []
  private(set) var starts: [String: JSONValue] = [:]
  private(set) var acceptances: [String: JSONValue] = [:]
  private(set) var events: [JSONValue] = []
  private(set) var movements: [(kind: Movement, item: JSONValue)] = []
  private(set) var passed: [String: Int] = [:]
  let choices: Choices

  init(_ choices: Choices = Choices()) { self.choices = choices }

  /// Takes in the objects of a file: those of `items`, or a list.
  mutating func add(_ json: JSONValue, _ path: String) throws(OCFFault) {
    guard let items = json["items"]?.array ?? json.array else {
      throw OCFFault("\(path) has no `items`: it is no file of the Open Cap Table Format")
    }
    for item in items {
      let type = item["object_type"]?.string ?? ""
      switch Self.plain(type) {
      case "VESTING_TERMS": terms[try text(item, "id", path)] = item
      case "TX_EQUITY_COMPENSATION_ISSUANCE": issuances.append(item)
      case "TX_STOCK_ISSUANCE" where item["vesting_terms_id"] != nil || item["vestings"] != nil:
        issuances.append(item)
      case "TX_VESTING_START": starts[try text(item, "security_id", path)] = item
      case "TX_EQUITY_COMPENSATION_ACCEPTANCE", "TX_STOCK_ACCEPTANCE":
        acceptances[try text(item, "security_id", path)] = item
      case "TX_VESTING_EVENT":
        _ = try text(item, "vesting_condition_id", path)
        events.append(item)
      case "TX_VESTING_ACCELERATION": movements.append((.accelerations, item))
      case "TX_EQUITY_COMPENSATION_EXERCISE": movements.append((.exercises, item))
      case "TX_EQUITY_COMPENSATION_CANCELLATION", "TX_EQUITY_COMPENSATION_RETRACTION",
        "TX_STOCK_CANCELLATION", "TX_STOCK_RETRACTION", "TX_STOCK_REPURCHASE":
        movements.append((.cancellations, item))
      default: passed[type.isEmpty ? "objects without a type" : type, default: 0] += 1
      }
    }
  }

  /// A type by its present name: plan securities are called equity compensation now.
  static func plain(_ type: String) -> String {
    type.replacing("TX_PLAN_SECURITY", with: "TX_EQUITY_COMPENSATION")
  }

  /// How many objects of each type were passed over, those of securities that are no part of the plan among them.
  var passedOver: [String: Int] {
    var counts = passed
    let own = Set(issuances.compactMap { $0["security_id"]?.string })
    let others = movements.map(\.item) + events + Array(starts.values) + Array(acceptances.values)
    for item in others where !own.contains(item["security_id"]?.string ?? "") {
      counts[item["object_type"]?.string ?? "", default: 0] += 1
    }
    return counts
  }

  func text(_ item: JSONValue, _ key: String, _ path: String) throws(OCFFault) -> String {
    if let text = item[key]?.string { return text }
    throw OCFFault("\(path): an object \(item["id"]?.string.map { "`\($0)` " } ?? "")has no `\(key)`")
  }

  /// A number, which the format writes as a text.
  func number(_ value: JSONValue?, _ id: String, _ what: String) throws(OCFFault) -> String {
    let number = value?.string.flatMap { ExactDecimal($0) } ?? value?.decimal
    guard let number else { throw OCFFault("`\(id)` has no \(what) that is a number") }
    return number.normalized.description
  }

  static func instrument(_ issuance: JSONValue) -> Terms.Instrument {
    switch issuance["compensation_type"]?.string ?? "" {
    case "RSU": .rsu
    case "CSAR", "SSAR": .sar
    case "": issuance["object_type"]?.string == "TX_STOCK_ISSUANCE" ? .restrictedStock : .option
    default: .option
    }
  }

  // MARK: Vesting terms

  /// The name of an issuance's vesting terms, which are added to those used.
  func vesting(_ issuance: JSONValue, _ used: inout [String: JSONValue]) throws(OCFFault) -> String {
    let id = issuance["security_id"]?.string ?? ""
    if let list = issuance["vestings"]?.array {
      used[id] = try exactDays(list, id)
      return id
    }
    guard let name = issuance["vesting_terms_id"]?.string else {
      used[OCFNames.vestedOnIssuance] = [
        "allocation_type": "CUMULATIVE_ROUNDING", "segments": [["days": 0, "portion": 1]],
      ]
      return OCFNames.vestedOnIssuance
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
}

/// Names that import and export share.
enum OCFNames {
  /// The terms of what has vested when it is issued.
  static let vestedOnIssuance = "vested-on-issuance"

  /// The members of an issuance that the columns of a table of grants carry.
  static let issuance: Set<String> = [
    "security_id", "stakeholder_id", "date", "quantity", "vesting_terms_id", "expiration_date",
  ]
  /// The members of other transactions that columns carry.
  static let movement: Set<String> = ["security_id", "date", "quantity", "vesting_condition_id"]

  /// The members of an object but for those that columns carry.
  static func rest(_ item: JSONValue?, without carried: Set<String>) -> JSONValue? {
    guard let members = item?.object?.members else { return nil }
    return .object(JSONObject(members.filter { !carried.contains($0.key) }.map { ($0.key, $0.value) }))
  }
}
