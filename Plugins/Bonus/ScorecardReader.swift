import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of scorecards and pools, and asks for whatever they leave open.
struct ScorecardReader {
  /// So much at the most, so that no sum of amounts leaves its integer.
  private static let largest: Int64 = 1_000_000_000_000

  private let context: ComponentContext
  private(set) var faults: [ConfigFault] = []

  init(context: ComponentContext) { self.context = context }

  // MARK: Scorecards

  mutating func scorecard(_ config: ConfigReader) -> ScorecardTerms? {
    refuseOthers(config, but: ["scorecard", "prorate"])
    let reader = config["scorecard"]
    let target: ScorecardTerms.Target?
    if let name = reader["target"].value?.string {
      target = .column(name)
    } else {
      target = amount(reader["target"]).map {
        .amount(ExactDecimal(coefficient: Int128($0), scale: context.places))
      }
    }
    let objectives = reader["objectives"].items(&faults).compactMap { objective($0) }
    checkWeights(objectives, reader["objectives"])
    let isScored = objectives.contains { if case .scored = $0.figure { true } else { false } }
    if isScored, !reader["scores"].exists {
      faults.append(
        reader.fault(
          "an objective is scored, and it is not said where the scores stand", help: "state `scores`"))
    }
    let scores = reader["scores"].exists ? scores(reader["scores"]) : nil
    let gate = reader["gate"].exists ? gate(reader["gate"]) : nil
    let guarantee = reader["guarantee"].exists ? amount(reader["guarantee"]) : 0
    let proration = proration(config["prorate"])
    guard let target, let guarantee else { return nil }
    return ScorecardTerms(
      target: target, objectives: objectives, scores: scores, gate: gate, guarantee: guarantee,
      proration: proration)
  }

  private mutating func checkWeights(_ objectives: [ScorecardTerms.Objective], _ reader: ConfigReader) {
    if reader.value?.array?.isEmpty ?? true {
      faults.append(reader.fault("at least one objective is wanted"))
      return
    }
    var sum = ExactDecimal.zero
    for objective in objectives { sum = (try? sum.adding(objective.weight)) ?? sum }
    if objectives.count == reader.value?.array?.count, sum != .one {
      faults.append(reader.fault("the weights add up to \(StepText.percent(sum)), not to 100%"))
    }
    for (place, objective) in objectives.enumerated()
    where objectives[..<place].contains(where: { $0.name == objective.name }) {
      faults.append(reader.fault("two objectives are named `\(objective.name)`"))
    }
  }

  private mutating func objective(_ reader: ConfigReader) -> ScorecardTerms.Objective? {
    let name = reader["name"].text(&faults)
    let weight = reader["weight"].decimal(&faults)
    if let weight, weight <= .zero || weight > .one {
      faults.append(reader["weight"].fault("a weight above 0% and up to 100% is wanted here"))
    }
    let figure: ScorecardTerms.Objective.Figure?
    if reader["attainment"].exists {
      figure = reader["attainment"].text(&faults).map { .attainment($0) }
    } else if reader["scored"].value == .bool(true) {
      figure = .scored
    } else {
      faults.append(
        reader.fault("a figure is wanted here", help: "write `attainment: MEASURE`, or `scored: true`"))
      return nil
    }
    let curve = curve(reader["curve"])
    var between = ScorecardTerms.Between.linear
    if !curve.isEmpty {
      between =
        reader["between"].word(
          ScorecardTerms.Between.self, asking: "what is paid between two points of the curve", &faults)
        ?? between
    } else if reader["between"].exists {
      faults.append(reader["between"].fault("there is no curve", help: "remove `between`, or state `curve`"))
    }
    guard let name, let weight, let figure else { return nil }
    return ScorecardTerms.Objective(
      name: name, weight: weight, figure: figure, curve: curve, between: between,
      pointer: reader.pointer.description)
  }

  private mutating func curve(_ reader: ConfigReader) -> [ScorecardTerms.Point] {
    var points: [ScorecardTerms.Point] = []
    for item in reader.items(&faults) {
      let at = item["at"].decimal(&faults)
      let pays = item["pays"].decimal(&faults)
      guard let at, let pays else { continue }
      if let last = points.last, at <= last.at { faults.append(item["at"].fault("the points must ascend")) }
      if pays < .zero { faults.append(item["pays"].fault("it cannot pay less than nothing")) }
      points.append(ScorecardTerms.Point(at: at, pays: pays))
    }
    return points
  }

  private mutating func scores(_ reader: ConfigReader) -> ScorecardTerms.Scores? {
    let table = reader["table"].text(&faults)
    let person = reader["person"].text(&faults)
    let objective = reader["objective"].text(&faults)
    let score = reader["score"].text(&faults)
    let date = reader["date"].text(&faults)
    let unscored = reader["unscored"].word(
      ScorecardTerms.Unscored.self, asking: "what an objective without a score in the period pays", &faults)
    guard let table, let person, let objective, let score, let date, let unscored else { return nil }
    return ScorecardTerms.Scores(
      table: table, person: person, objective: objective, score: score, date: date, unscored: unscored)
  }

  private mutating func gate(_ reader: ConfigReader) -> ScorecardTerms.Gate? {
    let measure = reader["attainment"].text(&faults)
    let atLeast = reader["at_least"].decimal(&faults)
    guard let measure, let atLeast else { return nil }
    return ScorecardTerms.Gate(measure: measure, atLeast: atLeast)
  }

  // MARK: Pools

  mutating func pool(_ config: ConfigReader) -> PoolTerms? {
    refuseOthers(config, but: ["pool", "prorate"])
    let reader = config["pool"]
    let size = size(reader["size"])
    let by = by(reader["by"])
    let multiplier = reader["multiplier"].exists ? reader["multiplier"].text(&faults) : nil
    let proration = proration(config["prorate"])
    guard let size, let by else { return nil }
    return PoolTerms(size: size, by: by, multiplier: multiplier, proration: proration)
  }

  private mutating func size(_ reader: ConfigReader) -> PoolTerms.Size? {
    if reader["share"].exists {
      let share = reader["share"].decimal(&faults)
      let measure = reader["of"].text(&faults)
      if let share, share < .zero { faults.append(reader["share"].fault("it cannot be below zero")) }
      guard let share, let measure else { return nil }
      return .share(share, measure: measure)
    }
    return amount(reader["amount"]).map { .amount($0) }
  }

  private mutating func by(_ reader: ConfigReader) -> PoolTerms.By? {
    if reader.value?.string == "equal" { return .equal }
    if reader["column"].exists { return reader["column"].text(&faults).map { .column($0) } }
    if reader["measure"].exists { return reader["measure"].text(&faults).map { .measure($0) } }
    faults.append(
      ConfigFault(
        "/pool", "the plan must state `by`: in proportion to what the pool is shared out",
        help: "write `by: equal`, `by: {column: payee.NAME}` or `by: {measure: NAME}`", isUnstated: true))
    return nil
  }

  // MARK: What both have

  private mutating func refuseOthers(_ config: ConfigReader, but known: [String]) {
    for key in config.value?.object?.keys ?? [] where !known.contains(key) {
      faults.append(
        config[key].fault("it has no place beside `\(known[0])`", help: "write a component of its own"))
    }
  }

  /// Nil where nothing is prorated.
  private mutating func proration(_ reader: ConfigReader) -> Proration? {
    guard reader.exists else { return nil }
    let from = reader["from"].exists ? reader["from"].text(&faults) : nil
    let to = reader["to"].exists ? reader["to"].text(&faults) : nil
    if from == nil, to == nil { faults.append(reader.fault("`from` or `to` is wanted here")) }
    let first =
      from == nil
      ? .counted
      : reader["first_day"].word(
        Proration.Edge.self, asking: "whether the day on which somebody starts counts", &faults)
    let last =
      to == nil
      ? .counted
      : reader["last_day"].word(
        Proration.Edge.self, asking: "whether the day on which somebody leaves counts", &faults)
    guard let first, let last else { return nil }
    return Proration(from: from, to: to, firstDay: first, lastDay: last)
  }

  /// An amount that the currency can pay, to the minor unit.
  private mutating func amount(_ reader: ConfigReader) -> Int64? {
    guard let value = reader.decimal(&faults) else { return nil }
    guard value >= .zero, value.scale <= context.places,
      let cents = try? value.rescaled(to: context.places, rounding: .down), cents <= Self.largest
    else {
      faults.append(
        reader.fault(
          "an amount from 0 is wanted here that \(context.currency) can pay, with \(context.places) digits after the point"
        ))
      return nil
    }
    return Int64(cents)
  }
}
