import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct TermsReader {
  let config: ConfigReader
  let context: ComponentContext
  var faults: [ConfigFault] = []

  static func read(_ config: JSONValue, _ context: ComponentContext) throws(ConfigFaults) -> Terms {
    var reader = TermsReader(config: ConfigReader(config), context: context)
    let terms = reader.terms()
    return try ConfigFaults.none(in: reader.faults, of: terms)
  }

  private init(config: ConfigReader, context: ComponentContext) {
    self.config = config
    self.context = context
  }

  private mutating func terms() -> Terms? {
    let pay = pay()
    let multipliers = config["multipliers"].items(&faults).compactMap { rate($0, .factor) }
    let gate = config["gate"].exists ? gate(config["gate"]) : nil
    let caps = bounds("cap")
    let floors = bounds("floor")
    let review = config["review"].exists ? review(config["review"]) : nil
    let payable = config["payable"].exists ? parts(config["payable"]) : []
    refuseConflicts(pay, gate, [(caps, "cap"), (floors, "floor")])
    let round = round(config["round"])
    refuseUnpayable(caps, floors, round)
    guard let pay, let round, faults.isEmpty else { return nil }
    return Terms(
      pay: pay, multipliers: multipliers, gate: gate, caps: caps, floors: floors, review: review,
      payable: payable, round: round)
  }

  /// Terms that would undo each other.
  private mutating func refuseConflicts(
    _ pay: Terms.Pay?, _ gate: Terms.Gate?, _ bounds: [(bounds: [Terms.Bound], name: String)]
  ) {
    var tiers: Terms.Tiers?
    if case .tiers(let those)? = pay { tiers = those }
    for (bounds, name) in bounds {
      for bound in bounds where bound.per == .line {
        let reader = ConfigReader(nil, at: JSONPointer(parsing: bound.pointer) ?? config.pointer)
        if case .amount(_, let occasion)? = pay, occasion != .deal {
          faults.append(
            reader.fault(
              "the amount is not paid for lines, and none earns anything", help: "write `per: period`"))
        }
        if tiers?.earlier == .trueUp {
          faults.append(
            reader.fault(
              "a true-up pays what is due to date, and so would undo a \(name) of single lines",
              help: "state the \(name) `per: period`, or `earlier: keep` in the tiers"))
        }
      }
    }
    if config["review"].exists, tiers?.earlier == .trueUp {
      faults.append(
        config["review"].fault(
          "a true-up pays what is due to date, and so would pay lines that are held for review",
          help: "write `earlier: keep` in the tiers"))
    }
    let hasWindow =
      tiers?.over == .toDate || bounds.contains { $0.bounds.contains { $0.per == .window } }
    if gate?.measure != nil, gate?.missed == .later, hasWindow {
      faults.append(
        config["gate"]["missed"].fault(
          "`later` lasts as long as the window of the gate's measure, and other terms go by that of the component's",
          help: "write `missed: lost`, or let the gate look at the component's own measure"))
    }
  }

  /// Caps and floors that cannot be paid as they are written, and those that contradict each other.
  private mutating func refuseUnpayable(
    _ caps: [Terms.Bound], _ floors: [Terms.Bound], _ round: Terms.Round?
  ) {
    func amount(_ bound: Terms.Bound) -> ConfigReader {
      ConfigReader(nil, at: JSONPointer(parsing: bound.pointer + "/amount") ?? config.pointer)
    }
    for bound in caps + floors {
      guard let number = bound.amount.constant else { continue }
      if let round, number.scale > round.places {
        faults.append(
          amount(bound).fault(
            "`\(number)` has more places than the \(round.places) in which pay is rounded",
            help: "write an amount that can be paid, or more `places` under `round`"))
      }
      if number < .zero { faults.append(amount(bound).fault("`\(number)` is below 0")) }
    }
    for floor in floors {
      guard let least = floor.amount.constant,
        let cap = caps.first(where: { cap in
          cap.amount.constant.map { least > $0 } ?? false && floor.per <= cap.per
        }), let most = cap.amount.constant
      else { continue }
      faults.append(
        amount(floor).fault(
          "a floor of \(least) a \(floor.per.rawValue) is above the cap of \(most) a \(cap.per.rawValue)",
          help: "lower the floor, or raise the cap"))
    }
  }

  private mutating func pay() -> Terms.Pay? {
    let ways = ["rate", "per_unit", "tiers", "amount"]
    let stated = ways.filter { config[$0].exists }
    guard stated.count == 1 else {
      faults.append(
        config.fault(
          stated.isEmpty
            ? "the terms say no rate"
            : "the terms say \(stated.map { "`\($0)`" }.joined(separator: " and "))",
          help: "state exactly one of \(ways.map { "`\($0)`" }.joined(separator: ", "))"))
      return nil
    }
    switch stated[0] {
    case "rate": return rate(config["rate"], .rate).map { .rate($0) }
    case "per_unit":
      let units = config["per_unit"]["units"].text(&faults)
      guard let rate = rate(config["per_unit"]["amount"], .amount), let units else { return nil }
      return .perUnit(rate, units: units)
    case "amount":
      let per = config["amount"]["per"].word(
        Terms.Occasion.self, asking: "what the amount is paid for", &faults)
      if per == .window, !context.hasMeasure {
        faults.append(
          config["amount"]["per"].fault(
            "a window is that of the component's measure, and there is none",
            help: "name one as `measure` of the component"))
      }
      guard let rate = rate(config["amount"]["pays"], .amount), let per else { return nil }
      return .amount(rate, per: per)
    default: return tiers(config["tiers"]).map { .tiers($0) }
    }
  }

  private mutating func gate(_ reader: ConfigReader) -> Terms.Gate? {
    let measure = reader["measure"].exists ? reader["measure"].text(&faults) : nil
    if measure == nil, !context.hasQuota {
      faults.append(
        reader.fault(
          "a gate looks at the attainment of a measure, and there is none",
          help: "name a measure with a quota, here or as `measure` of the component"))
    }
    let missed = reader["missed"].word(
      Terms.Gate.Missed.self, asking: "what becomes of earnings while the gate is closed", &faults)
    guard let atLeast = reader["at_least"].decimal(&faults), let missed else { return nil }
    return Terms.Gate(atLeast: atLeast, measure: measure, missed: missed)
  }

  /// One cap or floor, or a list of them for spans that differ.
  private mutating func bounds(_ name: String) -> [Terms.Bound] {
    let reader = config[name]
    guard reader.exists else { return [] }
    let items = reader.value?.array == nil ? [reader] : reader.items(&faults)
    var bounds: [Terms.Bound] = []
    for item in items {
      guard let bound = bound(item) else { continue }
      if bounds.contains(where: { $0.per == bound.per }) {
        faults.append(item["per"].fault("there is a \(name) per \(bound.per.rawValue) already"))
      }
      bounds.append(bound)
    }
    return bounds
  }

  private mutating func bound(_ reader: ConfigReader) -> Terms.Bound? {
    let per = reader["per"].word(Terms.Bound.Span.self, asking: "what the amount holds for", &faults)
    if per == .window, !context.hasMeasure {
      faults.append(reader["per"].fault("a window is that of the component's measure, and there is none"))
    }
    guard let amount = rate(reader["amount"], .amount), let per else { return nil }
    return Terms.Bound(amount: amount, per: per, pointer: reader.pointer.description)
  }

  private mutating func review(_ reader: ConfigReader) -> Terms.Review? {
    let approved = reader["approved"].exists ? reader["approved"].text(&faults) : nil
    guard let above = reader["above"].decimal(&faults) else { return nil }
    return Terms.Review(above: above, approved: approved)
  }

  /// The parts in which earnings can be paid.
  private mutating func parts(_ reader: ConfigReader) -> [Terms.Part] {
    var parts: [Terms.Part] = []
    var sum: ExactDecimal? = .zero
    for item in reader.items(&faults) {
      guard let day = item["day"].text(&faults), let share = item["share"].decimal(&faults) else { continue }
      if share <= .zero { faults.append(item["share"].fault("a share must be above 0%")) }
      sum = sum.flatMap { try? $0.adding(share) }
      parts.append(Terms.Part(day: day, share: share, pointer: item.pointer.description))
    }
    if let sum, sum != .one {
      faults.append(reader.fault("the shares add up to \(StepText.percent(sum)), and not to 100%"))
    }
    return parts
  }

  private mutating func round(_ reader: ConfigReader) -> Terms.Round? {
    guard reader.exists else {
      faults.append(
        config.fault(
          "the plan must state `round`: where earnings are rounded",
          help: "write `round: {at: line, places: \(context.places), mode: half-even}` or `at: period`",
          isUnstated: true))
      return nil
    }
    let point = reader["at"].word(
      Terms.Round.Point.self, asking: "whether each line is rounded or their sum", &faults)
    let mode =
      reader["mode"].exists
      ? reader["mode"].word(RoundingMode.self, asking: "how ties fall", &faults) : .halfEven
    var places = context.places
    if let value = reader["places"].value {
      guard let wanted = value.int, (0...12).contains(wanted) else {
        faults.append(reader["places"].fault("a whole number from 0 to 12 is wanted here"))
        return nil
      }
      places = wanted
    }
    guard let point, let mode else { return nil }
    return Terms.Round(at: point, places: places, mode: mode)
  }
}
