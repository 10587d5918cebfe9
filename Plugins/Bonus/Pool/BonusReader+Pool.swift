import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of pools.
extension BonusReader {
  mutating func pool(_ config: ConfigReader) -> PoolTerms? {
    refuseOthers(config, but: ["pool", "prorate"])
    let reader = config["pool"]
    let size = size(reader["size"])
    let by = by(reader["by"])
    let team = reader["team"].exists ? reader["team"].text(&faults) : nil
    let multiplier = reader["multiplier"].exists ? reader["multiplier"].text(&faults) : nil
    let proration = proration(config["prorate"])
    guard let size, let by else { return nil }
    return PoolTerms(size: size, team: team, by: by, multiplier: multiplier, proration: proration)
  }

  private mutating func size(_ reader: ConfigReader) -> PoolTerms.Size? {
    if reader["share"].exists {
      let share = share(reader["share"])
      let measure = reader["of"].text(&faults)
      guard let share, let measure else { return nil }
      return .share(share, measure: measure)
    }
    let amount = cents(reader["amount"])
    guard reader["attainment"].exists else { return amount.map { .amount($0) } }
    let figure = figure(reader)
    let curve = curve(reader, isShare: true)
    guard let amount, let figure else { return nil }
    return .funded(amount, figure, curve)
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
}
