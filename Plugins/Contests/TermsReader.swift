import JSONCore
import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Reads the terms from a component's config, and asks for whatever they leave open.
struct TermsReader {
  let context: ComponentContext
  var faults: [ConfigFault] = []
  var pays = Terms.Currency.cash
  /// The items that are prizes, each named once.
  var items: [String] = []
  /// The divisions that have prizes of their own.
  var divisionNames: [String] = []

  static func read(_ config: JSONValue, _ context: ComponentContext) throws(ConfigFaults) -> Terms {
    var reader = TermsReader(context: context)
    let terms = reader.terms(ConfigReader(config))
    return try ConfigFaults.none(in: reader.faults, of: terms)
  }

  private init(context: ComponentContext) { self.context = context }

  private mutating func terms(_ config: ConfigReader) -> Terms? {
    pays = config["pays"].word(Terms.Currency.self, asking: "what the prizes are", &faults) ?? .cash
    let rounds = rounds(config["rounds"])
    let best = optional(config["best"], Terms.Best.self) ?? .highest
    let score = figure(config["score"])
    let limit = limit(config, best)
    let winners = winners(config["winners"], best, hasLeague: config["league"].exists)
    let league = config["league"].exists ? league(config["league"]) : nil
    let ranking = ranking(config["ranking"], winners)
    let ties = ties(config["ties"], winners)
    let tieBreaks = tieBreaks(config["tie_break"])
    let unclaimed = unclaimed(config["unclaimed"], winners)
    let budget = config["budget"].exists ? budget(config["budget"]) : nil
    let team = config["team"].exists ? team(config["team"], score) : nil
    let eligible = eligible(config["eligible"])
    let seed = seed(config["seed"], winners, ties)
    if league != nil, team != nil {
      faults.append(
        config["team"].fault("a league is one of payees, not of teams", help: "remove `team` or `league`"))
    }
    guard let score, let limit, let winners else { return nil }
    return Terms(
      pays: pays, items: items, rounds: rounds, score: score, best: best, limit: limit, eligible: eligible,
      ranking: ranking, ties: ties, tieBreaks: tieBreaks, winners: winners, unclaimed: unclaimed,
      budget: budget,
      team: team, league: league, seed: seed)
  }

  private mutating func optional<Word: RawRepresentable & CaseIterable>(
    _ reader: ConfigReader, _ type: Word.Type
  ) -> Word? where Word.RawValue == String { reader.exists ? reader.word(type, asking: "", &faults) : nil }

  // MARK: Rounds

  /// Nil where each period is a round.
  private mutating func rounds(_ reader: ConfigReader) -> [Terms.Round]? {
    if reader.value?.string == "period" { return nil }
    guard reader.exists else {
      faults.append(
        ConfigFault(
          "", "the plan must state `rounds`: over which days a contest runs",
          help: "write `rounds: period`, or a list of `{from: …, to: …}`", isUnstated: true))
      return nil
    }
    let rounds = reader.items(&faults).compactMap { round($0) }
    if reader.value?.array?.isEmpty == true { faults.append(reader.fault("at least one round is wanted")) }
    for (place, round) in rounds.enumerated()
    where rounds[..<place].contains(where: { $0.name == round.name }) {
      faults.append(
        reader.fault("two rounds are named `\(round.name)`", help: "give each a `name` of its own"))
    }
    return rounds
  }

  private mutating func round(_ reader: ConfigReader) -> Terms.Round? {
    let from = reader["from"].day(&faults)
    let to = reader["to"].day(&faults)
    guard let from, let to else { return nil }
    if to < from { faults.append(reader["to"].fault("the round ends before it begins")) }
    let name = reader["name"].exists ? reader["name"].text(&faults) : nil
    return Terms.Round(name: name ?? "\(from)/\(to)", from: from, to: to)
  }

  // MARK: Figures

  private mutating func limit(_ config: ConfigReader, _ best: Terms.Best) -> ExactDecimal? {
    let (key, other) = best == .highest ? ("at_least", "at_most") : ("at_most", "at_least")
    if config[other].exists {
      faults.append(config[other].fault("with `best: \(best.rawValue)` this is `\(key)`"))
      return nil
    }
    if config[key].exists { return config[key].decimal(&faults) }
    faults.append(
      ConfigFault(
        "", "the plan must state `\(key)`: the score that is needed to win anything",
        help: "write `\(key): …` with the \(best == .highest ? "least" : "greatest") score", isUnstated: true)
    )
    return nil
  }

  mutating func figure(_ reader: ConfigReader) -> Figure? {
    let pointer = reader.pointer.description
    if reader["attainment"].exists {
      return reader["attainment"].text(&faults).map { Figure(kind: .attainment($0), pointer: pointer) }
    }
    if reader["growth"].exists { return growth(reader, pointer) }
    return source(reader).map { Figure(kind: .plain($0), pointer: pointer) }
  }

  private mutating func source(_ reader: ConfigReader) -> Figure.Source? {
    if reader["sum"].exists { return reader["sum"].text(&faults).map { .sum($0) } }
    if reader["measure"].exists { return reader["measure"].text(&faults).map { .measure($0) } }
    if reader["count"].exists {
      if reader["count"].value?.string == "lines" { return .count }
      faults.append(reader["count"].fault("`count` counts `lines`", help: "write `count: lines`"))
      return nil
    }
    faults.append(
      reader.fault(
        "a figure is wanted here",
        help:
          "write `{sum: amount}`, `{count: lines}`, `{measure: NAME}`, `{attainment: NAME}` or `{growth: …}`")
    )
    return nil
  }

  private enum Growth: String, CaseIterable { case amount, share }

  private mutating func growth(_ reader: ConfigReader, _ pointer: String) -> Figure? {
    let kind = reader["growth"].word(Growth.self, asking: "what growth is counted in", &faults)
    let source = source(reader["of"])
    let base: Figure.Base?
    if reader["base"]["column"].exists {
      base = reader["base"]["column"].text(&faults).map { .column($0) }
    } else {
      let from = reader["base"]["from"].day(&faults)
      let to = reader["base"]["to"].day(&faults)
      base = from.flatMap { from in to.map { .days(from: from, to: $0) } }
      if case .measure? = source {
        faults.append(
          reader["base"].fault(
            "a measure has no figure for other days",
            help: "name a column of the payee: `base: {column: payee.NAME}`"))
      }
    }
    guard let kind, let source, let base else { return nil }
    return Figure(kind: .growth(source, base, isShare: kind == .share), pointer: pointer)
  }

  private mutating func eligible(_ reader: ConfigReader) -> [Terms.Bar] {
    reader.items(&faults).compactMap { item in
      let figure = figure(item)
      let atLeast = item["at_least"].decimal(&faults)
      guard let figure, let atLeast else { return nil }
      return Terms.Bar(figure: figure, atLeast: atLeast)
    }
  }

  private mutating func tieBreaks(_ reader: ConfigReader) -> [Terms.TieBreak] {
    reader.items(&faults).compactMap { item in
      if item.value?.string == "earliest" { return .earliest }
      let best = optional(item["best"], Terms.Best.self) ?? .highest
      return figure(item).map { .figure($0, best) }
    }
  }

  // MARK: What is stated only where it matters

  private mutating func ranking(_ reader: ConfigReader, _ winners: Terms.Winners?) -> Terms.Ranking {
    switch winners {
    case .reach, .raffle, .duels: return optional(reader, Terms.Ranking.self) ?? .standard
    default:
      return reader.word(
        Terms.Ranking.self,
        asking: "which place comes after two who share the first, the third or the second", &faults)
        ?? .standard
    }
  }

  private mutating func ties(_ reader: ConfigReader, _ winners: Terms.Winners?) -> Terms.Ties {
    switch winners {
    case .reach, .raffle:
      if reader.exists {
        faults.append(reader.fault("here nobody is in anybody's way", help: "remove `ties`"))
      }
      return .duplicate
    default:
      let ties = reader.word(Terms.Ties.self, asking: "what those get who are equal", &faults) ?? .duplicate
      if pays == .items, ties == .share {
        faults.append(reader.fault("an item cannot be shared", help: "write `duplicate` or `draw`"))
      }
      return ties
    }
  }

  private mutating func unclaimed(_ reader: ConfigReader, _ winners: Terms.Winners?) -> Terms.Unclaimed {
    switch winners {
    case .reach, .duels:
      if reader.exists {
        faults.append(reader.fault("here no prize waits for a winner", help: "remove `unclaimed`"))
      }
      return .keep
    default:
      let unclaimed =
        reader.word(
          Terms.Unclaimed.self, asking: "what becomes of prizes when there are fewer who can win", &faults)
        ?? .keep
      if pays == .items, unclaimed != .keep {
        faults.append(reader.fault("an item cannot be split among others", help: "write `keep`"))
      }
      return unclaimed
    }
  }

  private mutating func seed(_ reader: ConfigReader, _ winners: Terms.Winners?, _ ties: Terms.Ties) -> String
  {
    let isRaffle = if case .raffle? = winners { true } else { false }
    if isRaffle || ties == .draw {
      if reader.exists { return reader.text(&faults) ?? "" }
      faults.append(
        ConfigFault(
          "", "the plan must state `seed`: the text from which anyone can replay the draw",
          help: "write a text that is published before the contest begins", isUnstated: true))
    } else if reader.exists {
      faults.append(reader.fault("nothing is drawn here", help: "remove `seed`"))
    }
    return ""
  }
}
