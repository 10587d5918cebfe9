import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct TermsReader {
  private let config: ConfigReader
  private let context: ComponentContext
  private var faults: [ConfigFault] = []

  static func read(_ config: JSONValue, _ context: ComponentContext) throws(ConfigFaults) -> Terms {
    var reader = TermsReader(config: ConfigReader(config), context: context)
    let terms = reader.terms()
    guard let terms, reader.faults.isEmpty else { throw ConfigFaults(reader.faults) }
    return terms
  }

  private init(config: ConfigReader, context: ComponentContext) {
    self.config = config
    self.context = context
  }

  private mutating func terms() -> Terms? {
    let pay = pay()
    let multipliers = config["multipliers"].items(&faults).compactMap { lookup($0) }
    let gate = config["gate"].exists ? gate(config["gate"]) : nil
    let cap = config["cap"].exists ? bound(config["cap"]) : nil
    let floor = config["floor"].exists ? floor(config["floor"]) : nil
    refuseConflicts(pay, gate, [(cap, "cap"), (floor, "floor")])
    let round = round(config["round"])
    refuseUnpayable(cap, floor, round)
    guard let pay, let round, faults.isEmpty else { return nil }
    return Terms(pay: pay, multipliers: multipliers, gate: gate, cap: cap, floor: floor, round: round)
  }

  /// Terms that would undo each other.
  private mutating func refuseConflicts(
    _ pay: Terms.Pay?, _ gate: Terms.Gate?, _ bounds: [(Terms.Bound?, String)]
  ) {
    var tiers: Terms.Tiers?
    if case .tiers(let those)? = pay { tiers = those }
    for (bound, name) in bounds where bound?.per == .line && tiers?.earlier == .trueUp {
      faults.append(
        config[name].fault(
          "a true-up pays what is due to date, and so would undo a \(name) of single lines",
          help: "state the \(name) `per: period`, or `earlier: keep` in the tiers"))
    }
    let hasWindow = tiers?.over == .toDate || bounds.contains { $0.0?.per == .window }
    if gate?.measure != nil, gate?.missed == .later, hasWindow {
      faults.append(
        config["gate"]["missed"].fault(
          "`later` lasts as long as the window of the gate's measure, and other terms go by that of the component's",
          help: "write `missed: lost`, or let the gate look at the component's own measure"))
    }
  }

  /// Caps and floors that cannot be paid as they are written, and those that contradict each other.
  private mutating func refuseUnpayable(_ cap: Terms.Bound?, _ floor: Terms.Bound?, _ round: Terms.Round?) {
    for (bound, name) in [(cap, "cap"), (floor, "floor")] {
      guard let bound, let round, bound.amount.scale > round.places else { continue }
      faults.append(
        config[name]["amount"].fault(
          "`\(bound.amount)` has more places than the \(round.places) in which pay is rounded",
          help: "write an amount that can be paid, or more `places` under `round`"))
    }
    guard let cap, let floor, floor.amount > cap.amount, floor.per <= cap.per else { return }
    faults.append(
      config["floor"]["amount"].fault(
        "a floor of \(floor.amount) a \(floor.per.rawValue) is above the cap of \(cap.amount) a \(cap.per.rawValue)",
        help: "lower the floor, or raise the cap"))
  }

  private mutating func pay() -> Terms.Pay? {
    let ways = ["rate", "per_unit", "tiers"].filter { config[$0].exists }
    guard ways.count == 1 else {
      faults.append(
        config.fault(
          ways.isEmpty
            ? "the terms say no rate" : "the terms say \(ways.map { "`\($0)`" }.joined(separator: " and "))",
          help: "state exactly one of `rate`, `per_unit`, `tiers`"))
      return nil
    }
    switch ways[0] {
    case "rate": return rate(config["rate"]).map { .rate($0) }
    case "per_unit":
      let units = config["per_unit"]["units"].text(&faults)
      guard let rate = rate(config["per_unit"]["amount"]), let units else { return nil }
      return .perUnit(rate, units: units)
    default: return tiers(config["tiers"]).map { .tiers($0) }
    }
  }

  private mutating func rate(_ reader: ConfigReader) -> Terms.Rate? {
    let pointer = reader.pointer.description
    if let column = reader["column"].value?.string { return .column(column, pointer: pointer) }
    if reader["by"].exists { return lookup(reader).map { .lookup($0) } }
    return reader.decimal(&faults).map { .flat($0, pointer: pointer) }
  }

  private mutating func lookup(_ reader: ConfigReader) -> Terms.Lookup? {
    let by = reader["by"].text(&faults)
    var table: [(key: String, number: ExactDecimal)] = []
    let members = reader["table"].value?.object
    if members == nil { faults.append(reader["table"].fault("a table of values by `by` is wanted here")) }
    for key in members?.keys ?? [] {
      if let number = reader["table"][key].decimal(&faults) { table.append((key, number)) }
    }
    guard reader["otherwise"].exists else {
      faults.append(
        reader.fault(
          "the plan must state `otherwise`: the value for what the table does not name",
          help: "write `otherwise: 0` to pay nothing, or a rate", isUnstated: true))
      return nil
    }
    guard let otherwise = reader["otherwise"].decimal(&faults), let by else { return nil }
    return Terms.Lookup(by: by, table: table, otherwise: otherwise, pointer: reader.pointer.description)
  }

  private mutating func tiers(_ reader: ConfigReader) -> Terms.Tiers? {
    let by = reader["by"].word(Terms.Tiers.Scale.self, asking: "what the bands are counted in", &faults)
    let method = reader["method"].word(
      Terms.Tiers.Method.self, asking: "whether a band's rate pays the part in the band or the whole amount",
      &faults)
    let over = reader["over"].word(
      Terms.Tiers.Span.self, asking: "what is added up before it is set against the bands", &faults)
    var edge = Terms.Tiers.Edge.upper
    var earlier = Terms.Tiers.Earlier.keep
    if method == .wholeAmount {
      edge =
        reader["edge"].word(
          Terms.Tiers.Edge.self, asking: "which band a figure that is exactly on an edge belongs to", &faults)
        ?? edge
      if over == .toDate {
        earlier =
          reader["earlier"].word(
            Terms.Tiers.Earlier.self, asking: "what a newly reached rate does to earlier periods", &faults)
          ?? earlier
      }
    }
    if by == .attainment, !context.hasQuota {
      faults.append(
        reader["by"].fault(
          "attainment needs a measure with a quota", help: "name one as `measure` of the component"))
    }
    if over == .toDate, !context.hasMeasure {
      faults.append(
        reader["over"].fault(
          "`to-date` needs a measure, whose window says when it starts anew",
          help: "name one as `measure` of the component"))
    }
    if by == .attainment, let measure = context.measure, measure.hasQuota, !measure.sumsLines {
      refuseCuts(of: measure, method, over, reader)
    }
    let countsMore = by.map { self.countsMore($0, over, reader) } ?? false
    let bands = bands(reader["bands"])
    guard let by, let method, let over, !bands.isEmpty else { return nil }
    return Terms.Tiers(
      by: by, method: method, over: over, edge: edge, earlier: earlier, countsMore: countsMore, bands: bands)
  }

  /// Whether what the measure holds beyond the lines takes up the bands: by attainment always, by amount if the plan
  /// says so.
  private mutating func countsMore(
    _ by: Terms.Tiers.Scale, _ over: Terms.Tiers.Span?, _ reader: ConfigReader
  ) -> Bool {
    let holdsMore = context.measure?.holdsMore ?? false
    let sumsLines = context.measure?.sumsLines ?? false
    let isAsked = by == .amount && over != nil && over != .deal && sumsLines && holdsMore
    guard isAsked || reader["counted"].exists else { return by == .attainment && holdsMore }
    let counted = reader["counted"].word(
      Terms.Tiers.Counted.self,
      asking: "whether what the measure holds and the component does not pay takes up the bands", &faults)
    switch counted {
    case .paid? where by == .attainment:
      faults.append(
        reader["counted"].fault(
          "attainment counts all that the measure holds",
          help: "give the component a measure that leaves out the rest, or write `by: amount`"))
    case .measured? where over == .deal:
      faults.append(reader["counted"].fault("over a `deal` nothing but the deal itself is counted"))
    case .measured? where !sumsLines:
      faults.append(
        reader["counted"].fault(
          "there is no measure that sums the amounts that the component pays on",
          help: "name one as `measure` of the component, or write `counted: paid`"))
    default: break
    }
    return holdsMore && counted == .measured
  }

  /// Refuses bands that set amounts against shares of a quota which is one of something else.
  private mutating func refuseCuts(
    of measure: ComponentContext.Measure, _ method: Terms.Tiers.Method?, _ over: Terms.Tiers.Span?,
    _ reader: ConfigReader
  ) {
    let other = "of the quota, and `\(measure.name)` does not hold all of these amounts"
    let alike = "let the measure be `sum: amount` of all that the component pays on, or write"
    if over == .deal {
      faults.append(
        reader["over"].fault(
          "the bands set the amount of each deal against shares \(other)",
          help: "\(alike) `by: amount`, or `method: whole-amount` with `over: period`"))
    } else if method == .marginal {
      faults.append(
        reader["method"].fault(
          "the bands cut the amounts of the lines at shares \(other)",
          help: "\(alike) `method: whole-amount`, or `by: amount`"))
    }
  }

  private mutating func bands(_ reader: ConfigReader) -> [Terms.Tiers.Band] {
    let items = reader.items(&faults)
    if items.isEmpty { faults.append(reader.fault("at least one band is wanted")) }
    var bands: [Terms.Tiers.Band] = []
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      let to = item["to"].exists ? item["to"].decimal(&faults) : nil
      if isLast, item["to"].exists {
        faults.append(
          item["to"].fault(
            "the last band must be open", help: "remove `to`, or add a band for what lies above"))
      }
      if !isLast, !item["to"].exists {
        faults.append(item.fault("only the last band may be open", help: "state its upper edge as `to`"))
      }
      if let to, let before = bands.last?.to, to <= before {
        faults.append(item["to"].fault("the edges of the bands must ascend"))
      }
      if let rate = item["rate"].decimal(&faults) {
        bands.append(
          Terms.Tiers.Band(to: to, rate: rate, pointer: item.pointer.appending("rate").description))
      }
    }
    return bands
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

  private mutating func bound(_ reader: ConfigReader) -> Terms.Bound? {
    let per = reader["per"].word(Terms.Bound.Span.self, asking: "what the amount holds for", &faults)
    if per == .window, !context.hasMeasure {
      faults.append(reader["per"].fault("a window is that of the component's measure, and there is none"))
    }
    guard let amount = reader["amount"].decimal(&faults), let per else { return nil }
    return Terms.Bound(amount: amount, per: per)
  }

  private mutating func floor(_ reader: ConfigReader) -> Terms.Bound? {
    if reader["per"].value?.string == Terms.Bound.Span.window.rawValue {
      faults.append(
        reader["per"].fault(
          "a floor holds per line or period: whether a window stays below it is known only at its end"))
      return nil
    }
    let per = reader["per"].word(
      Terms.Bound.FloorSpan.self, asking: "what the amount holds for", &faults)
    guard let amount = reader["amount"].decimal(&faults), let per else { return nil }
    return Terms.Bound(amount: amount, per: per == .line ? .line : .period)
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
