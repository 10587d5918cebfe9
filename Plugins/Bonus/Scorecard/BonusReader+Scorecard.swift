import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of scorecards.
extension BonusReader {
  mutating func scorecard(_ config: ConfigReader) -> ScorecardTerms? {
    refuseOthers(config, but: ["scorecard", "prorate", "multipliers", "ramp", "paid", "round"])
    let reader = config["scorecard"]
    let target = target(reader["target"])
    let objectives = objectives(reader["objectives"])
    checkWeights(objectives, reader["objectives"])
    let isScored = objectives.contains { if case .scored = $0.source { true } else { false } }
    if isScored, !reader["scores"].exists {
      faults.append(
        reader.fault(
          "an objective is scored, and it is not said where the scores stand", help: "state `scores`"))
    }
    let scores = reader["scores"].exists ? scores(reader["scores"]) : nil
    let gate = reader["gate"].exists ? gate(reader["gate"]) : nil
    let guarantee = guarantee(reader["guarantee"], hasTarget: true)
    let scaling = scaling(config)
    let rounding = rounding(config)
    let isPaidAtWindowEnd = config["paid"].exists && atWindowEnd(config["paid"])
    guard let target else { return nil }
    return ScorecardTerms(
      target: target, objectives: objectives, scores: scores, gate: gate, guarantee: guarantee,
      scaling: scaling, isPaidAtWindowEnd: isPaidAtWindowEnd, rounding: rounding)
  }

  /// Whether a window is paid in its last period; its measure must then be there.
  mutating func atWindowEnd(_ reader: ConfigReader) -> Bool {
    let paid = reader.word(Payment.self, asking: "when the bonus is paid", &faults)
    if paid == .whenReached {
      faults.append(
        reader.fault("only steps are paid when they are reached", help: "write `window-end`, or remove it"))
    }
    if !context.hasMeasure {
      faults.append(
        reader.fault(
          "it is not said of which window",
          help: "name a measure with that window as `measure` of the component"))
    }
    return paid == .windowEnd
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

  private mutating func objectives(_ reader: ConfigReader) -> [ScorecardTerms.Objective] {
    let items = reader.items(&faults)
    let names = items.map { $0["name"].value?.string }
    return items.compactMap { objective($0, among: names) }
  }

  private mutating func objective(_ reader: ConfigReader, among names: [String?]) -> ScorecardTerms.Objective?
  {
    let name = reader["name"].text(&faults)
    let weight = reader["weight"].decimal(&faults)
    if let weight, weight <= .zero || weight > .one {
      faults.append(reader["weight"].fault("a weight above 0% and up to 100% is wanted here"))
    }
    let source: ScorecardTerms.Objective.Source
    var isShare = true
    if reader["scored"].value == .bool(true) {
      source = .scored
    } else if ["attainment", "measure", "column"].contains(where: { reader[$0].exists }) {
      guard let figure = figure(reader) else { return nil }
      if case .attainment = figure.kind { isShare = true } else { isShare = false }
      if !isShare, !reader["curve"].exists {
        faults.append(
          reader.fault(
            "it must be said what the figure pays", help: "write `curve: [{value: 50, pays: 100%}]`"))
      }
      source = .figure(figure)
    } else {
      faults.append(
        reader.fault("a figure is wanted here", help: "write `attainment: MEASURE`, or `scored: true`"))
      return nil
    }
    let curve = curve(reader, isShare: isShare)
    let link = reader["linked"].exists ? link(reader["linked"], of: name, among: names) : nil
    guard let name, let weight else { return nil }
    return ScorecardTerms.Objective(
      name: name, weight: weight, source: source, curve: curve, link: link,
      pointer: reader.pointer.description)
  }

  private mutating func link(
    _ reader: ConfigReader, of own: String?, among names: [String?]
  ) -> ScorecardTerms.Link? {
    let name = reader["objective"].text(&faults)
    let atLeast = reader["at_least"].decimal(&faults)
    let otherwise: ExactDecimal?
    if reader["otherwise"].exists {
      otherwise = share(reader["otherwise"])
    } else {
      otherwise = nil
      faults.append(
        ConfigFault(
          reader.pointer.description,
          "the plan must state `otherwise`: the most that is paid where the other objective is not reached",
          help: "write `otherwise: 0` for nothing, `otherwise: 100%` for no more than the target",
          isUnstated: true))
    }
    guard let name, let atLeast, let otherwise else { return nil }
    guard let place = names.firstIndex(of: name), name != own else {
      faults.append(reader["objective"].fault("there is no other objective `\(name)`"))
      return nil
    }
    return ScorecardTerms.Link(objective: place, atLeast: atLeast, otherwise: otherwise)
  }

  private mutating func scores(_ reader: ConfigReader) -> ScorecardTerms.Scores? {
    let table = reader["table"].text(&faults)
    let person = reader["person"].text(&faults)
    let objective = reader["objective"].text(&faults)
    let score = reader["score"].text(&faults)
    let date = reader["date"].text(&faults)
    let evidence = reader["evidence"].exists ? reader["evidence"].text(&faults) : nil
    let unscored = reader["unscored"].word(
      ScorecardTerms.Unscored.self, asking: "what an objective without a score in the period pays", &faults)
    guard let table, let person, let objective, let score, let date, let unscored else { return nil }
    return ScorecardTerms.Scores(
      table: table, person: person, objective: objective, score: score, date: date, evidence: evidence,
      unscored: unscored)
  }

  private mutating func gate(_ reader: ConfigReader) -> ScorecardTerms.Gate? {
    let figure = figure(reader)
    let atLeast = reader["at_least"].decimal(&faults)
    guard let figure, let atLeast else { return nil }
    return ScorecardTerms.Gate(figure: figure, atLeast: atLeast)
  }
}
