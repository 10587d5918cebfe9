import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads who wins what.
extension TermsReader {
  /// So much at the most for one prize, so that no sum of prizes leaves its integer.
  private static let largest: Int64 = 1_000_000_000_000

  mutating func winners(_ reader: ConfigReader, _ best: Terms.Best, hasLeague: Bool) -> Terms.Winners? {
    if reader["places"].exists { return prizes(reader["places"]).map { .places($0) } }
    if reader["top"].exists { return top(reader) }
    if reader["top_share"].exists { return topShare(reader) }
    if reader["reach"].exists { return reach(reader["reach"], best) }
    if reader["duels"].exists { return duels(reader) }
    if reader["divisions"].exists { return divisions(reader["divisions"], hasLeague) }
    if reader["raffle"].exists { return raffle(reader) }
    faults.append(
      reader.fault(
        "it must be said who wins what",
        help: "write one of `places`, `top`, `top_share`, `reach`, `duels`, `divisions`, `raffle`"))
    return nil
  }

  private mutating func top(_ reader: ConfigReader) -> Terms.Winners? {
    let prize = prize(reader["prize"])
    guard let count = reader["top"].value?.int, (1...100_000).contains(count) else {
      faults.append(reader["top"].fault("the number of winners is wanted here, from 1 to 100000"))
      return nil
    }
    return prize.map { .places([Terms.Prize](repeating: $0, count: count)) }
  }

  private enum Whom: String, CaseIterable { case participants, finishers }
  private enum Rounding: String, CaseIterable {
    case up, down
    case nearest
  }

  private mutating func topShare(_ reader: ConfigReader) -> Terms.Winners? {
    let prize = prize(reader["prize"])
    let share = reader["top_share"].decimal(&faults)
    let whom = reader["of"].word(
      Whom.self, asking: "a share of all who take part, or of those whose score is good enough to win",
      &faults)
    let rounding = reader["round"].word(
      Rounding.self, asking: "how a part of a winner is rounded", &faults)
    if let share, share <= .zero || share > .one {
      faults.append(reader["top_share"].fault("a share above 0% and up to 100% is wanted here"))
    }
    guard let prize, let share, let whom, let rounding else { return nil }
    let mode: RoundingMode =
      switch rounding {
      case .up: .up
      case .down: .down
      case .nearest: .halfUp
      }
    return .topShare(share, ofParticipants: whom == .participants, mode, prize)
  }

  private mutating func reach(_ reader: ConfigReader, _ best: Terms.Best) -> Terms.Winners? {
    var steps: [(atLeast: ExactDecimal, prize: Terms.Prize)] = []
    for item in reader.items(&faults) {
      let score = item["score"].decimal(&faults)
      let prize = prize(item["prize"])
      guard let score, let prize else { continue }
      steps.append((score, prize))
    }
    let improves = zip(steps, steps.dropFirst()).allSatisfy {
      best == .highest ? $0.atLeast < $1.atLeast : $0.atLeast > $1.atLeast
    }
    if !improves {
      faults.append(reader.fault("the scores must go from the least good to the best"))
    }
    if reader.value?.array?.isEmpty == true { faults.append(reader.fault("at least one step is wanted")) }
    return steps.isEmpty ? nil : .reach(steps)
  }

  private mutating func duels(_ reader: ConfigReader) -> Terms.Winners? {
    let duels = reader["duels"]
    let table = duels["table"].text(&faults)
    let person = duels["person"].text(&faults)
    let name = duels["duel"].text(&faults)
    let date = duels["date"].exists ? duels["date"].text(&faults) : nil
    let prize = prize(reader["prize"])
    guard let table, let person, let name, let prize else { return nil }
    return .duels(
      Terms.Duels(table: table, person: person, duel: name, date: date, pointer: duels.pointer.description),
      prize)
  }

  private mutating func divisions(_ reader: ConfigReader, _ hasLeague: Bool) -> Terms.Winners? {
    guard hasLeague else {
      faults.append(
        reader.fault("there are no divisions without a `league`", help: "state `league`, or write `places`"))
      return nil
    }
    guard let members = reader.value?.object?.members else {
      faults.append(reader.fault("a mapping of divisions to lists of prizes is wanted here"))
      return nil
    }
    divisionNames = members.map(\.key)
    let lists = members.map { prizes(reader[$0.key]) }
    return lists.contains { $0 == nil } ? nil : .divisions(lists.compactMap { $0 })
  }

  private mutating func raffle(_ reader: ConfigReader) -> Terms.Winners? {
    let prizes = prizes(reader["prizes"])
    let ticket = reader["raffle"]["ticket"].decimal(&faults)
    let wins = reader["raffle"]["wins"].word(
      Terms.Raffle.Wins.self, asking: "whether a person can win once, or once with each ticket", &faults)
    if let ticket, ticket <= .zero {
      faults.append(reader["raffle"]["ticket"].fault("it must be above zero"))
    }
    guard let prizes, let ticket, let wins else { return nil }
    return .raffle(Terms.Raffle(ticket: ticket, wins: wins), prizes)
  }

  mutating func league(_ reader: ConfigReader) -> Terms.League? {
    let start = reader["start"].text(&faults)
    let names = reader["divisions"].items(&faults).compactMap { $0.text(&faults) }
    if names.isEmpty { faults.append(reader["divisions"].fault("at least one division is wanted")) }
    if !divisionNames.isEmpty, divisionNames != names {
      faults.append(
        ConfigFault(
          "/winners/divisions", "the divisions must be those of the league, in their order",
          help: "write \(names.joined(separator: ", "))"))
    }
    func count(_ key: String) -> Int {
      if let count = reader[key].value?.int, (0...100_000).contains(count) { return count }
      faults.append(
        reader[key].exists
          ? reader[key].fault("how many move is wanted here")
          : ConfigFault(
            reader.pointer.description, "the plan must state `\(key)`: how many move after a round",
            help: "write `\(key): 0` where nobody does", isUnstated: true))
      return 0
    }
    let (promote, relegate) = (count("promote"), count("relegate"))
    return start.map { Terms.League(start: $0, divisions: names, promote: promote, relegate: relegate) }
  }

  mutating func team(_ reader: ConfigReader, _ score: Figure?) -> Terms.Team? {
    let by = reader["by"].text(&faults)
    let sum = reader["score"].word(
      Terms.Team.Score.self, asking: "a team's score, the sum of its members' or the average", &faults)
    let split = reader["split"].word(
      Terms.Team.Split.self, asking: "how a team's prize is split among its members", &faults)
    if let by, !by.hasPrefix("payee.") {
      faults.append(
        reader["by"].fault("an attribute of the payee is wanted here", help: "write `payee.team`"))
    }
    if sum == .average, score?.isShare == true {
      faults.append(
        reader["score"].fault(
          "a team's share is that of its totals, and has no average", help: "write `score: sum`"))
    }
    guard let by, let sum, let split else { return nil }
    if pays == .items, split != .each {
      faults.append(reader["split"].fault("an item cannot be split", help: "write `split: each`"))
    }
    return Terms.Team(by: by, score: sum, split: split)
  }

  mutating func budget(_ reader: ConfigReader) -> Terms.Budget? {
    let amount = amount(reader["amount"], most: Self.largest * 1000)
    let per = reader["per"].word(
      Terms.Budget.Span.self, asking: "what the budget is for, each round or the whole contest", &faults)
    let over = reader["over"].word(
      Terms.Budget.Over.self, asking: "who gets less when the prizes exceed it, all or the last ones", &faults
    )
    if pays == .items { faults.append(reader.fault("items have no budget here", help: "remove `budget`")) }
    guard let amount, let per, let over else { return nil }
    return Terms.Budget(amount: amount, per: per, over: over)
  }

  // MARK: Prizes

  private mutating func prizes(_ reader: ConfigReader) -> [Terms.Prize]? {
    let items = reader.items(&faults)
    if items.isEmpty { faults.append(reader.fault("at least one prize is wanted")) }
    let prizes = items.map { prize($0) }
    return prizes.isEmpty || prizes.contains { $0 == nil } ? nil : prizes.compactMap { $0 }
  }

  private mutating func prize(_ reader: ConfigReader) -> Terms.Prize? {
    let pointer = reader.pointer.description
    guard pays == .items else {
      guard let amount = amount(reader, most: Self.largest) else { return nil }
      if amount == 0 {
        faults.append(
          reader.fault(
            "a prize of nothing",
            help: "inside […] a comma ends the value: write 5000, or each prize on a line of its own"))
        return nil
      }
      return Terms.Prize(amount: amount, item: nil, pointer: pointer)
    }
    guard let name = reader.text(&faults) else { return nil }
    if name.isEmpty || name.contains(".") {
      faults.append(reader.fault("the name of an item is wanted here, without a point"))
      return nil
    }
    if !items.contains(name) { items.append(name) }
    return Terms.Prize(amount: 1, item: items.firstIndex(of: name), pointer: pointer)
  }

  /// An amount that can be paid, to the last digit.
  private mutating func amount(_ reader: ConfigReader, most: Int64) -> Int64? {
    guard let value = reader.decimal(&faults) else { return nil }
    let places = pays == .cash ? context.places : 0
    if value < .zero {
      faults.append(reader.fault("it cannot be below zero"))
      return nil
    }
    guard value.scale <= places, let digits = try? value.rescaled(to: places, rounding: .down), digits <= most
    else {
      let what =
        pays == .cash ? "\(context.currency) has \(places) digits after the point" : "points are whole"
      faults.append(
        reader.fault("this cannot be paid: \(what), and there is a limit of \(most) of the last digit"))
      return nil
    }
    return Int64(digits)
  }
}
