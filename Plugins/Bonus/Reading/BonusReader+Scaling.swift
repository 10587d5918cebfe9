import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads what every bonus may be multiplied by, and what is guaranteed.
extension BonusReader {
  mutating func scaling(_ config: ConfigReader) -> Scaling {
    Scaling(
      factors: config["multipliers"].items(&faults).compactMap { factor($0) },
      ramp: config["ramp"].exists ? monthShares(config["ramp"]) : nil, proration: proration(config["prorate"])
    )
  }

  private mutating func factor(_ reader: ConfigReader) -> Factor? {
    let pointer = reader.pointer.description
    if reader["by"].exists { return tableFactor(reader, pointer) }
    if reader["column"].exists {
      let name = reader["column"].text(&faults)
      let ifNone = stated(reader, "if_none", "the factor of who has no such number")
      guard let name, let ifNone else { return nil }
      return Factor(kind: .column(name, ifNone: ifNone), pointer: pointer + "/column")
    }
    guard let figure = figure(reader) else { return nil }
    let isShare = if case .attainment = figure.kind { true } else { false }
    return Factor(kind: .reached(figure, curve(reader, isShare: isShare)), pointer: pointer)
  }

  private mutating func tableFactor(_ reader: ConfigReader, _ pointer: String) -> Factor? {
    let name = reader["by"].text(&faults)
    let members = reader["table"].value?.object?.members ?? []
    if members.isEmpty {
      faults.append(reader["table"].fault("a mapping of values to factors is wanted here"))
    }
    let factors = members.map { share(reader["table"][$0.key]) }
    let otherwise = stated(reader, "otherwise", "the factor of all who are not in the table")
    guard let name, let otherwise, !factors.contains(where: { $0 == nil }) else { return nil }
    return Factor(
      kind: .table(
        by: name, keys: members.map(\.key), factors: factors.compactMap { $0 }, otherwise: otherwise),
      pointer: pointer)
  }

  private mutating func stated(_ reader: ConfigReader, _ key: String, _ question: String) -> ExactDecimal? {
    if reader[key].exists { return share(reader[key]) }
    faults.append(
      ConfigFault(
        reader.pointer.description, "the plan must state `\(key)`: \(question)",
        help: "write `\(key): 1`, or `\(key): 0` for nothing", isUnstated: true))
    return nil
  }

  private mutating func monthShares(_ reader: ConfigReader) -> MonthShares? {
    let since = reader["since"].text(&faults)
    let shares = reader["shares"].items(&faults).map { share($0) }
    if shares.isEmpty {
      faults.append(reader.fault("at least one share is wanted", help: "write `shares: [50%, 75%]`"))
    }
    guard let since, !shares.contains(where: { $0 == nil }) else { return nil }
    return MonthShares(since: since, shares: shares.compactMap { $0 }, pointer: reader.pointer.description)
  }

  mutating func guarantee(_ reader: ConfigReader, hasTarget: Bool) -> Guarantee? {
    guard reader.exists else { return nil }
    guard reader.value?.object != nil else { return cents(reader).map { .amount($0) } }
    if !hasTarget {
      faults.append(
        reader.fault("there is no `target` that it is a share of", help: "state `target`, or an amount"))
    }
    return monthShares(reader).map { .months($0) }
  }

  /// Nil where nothing is prorated.
  mutating func proration(_ reader: ConfigReader) -> Proration? {
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
}
