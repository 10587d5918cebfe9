import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of a bonus by ranking.
extension BonusReader {
  private enum Edge: String, CaseIterable { case up, down, nearest }

  mutating func ranking(_ config: ConfigReader) -> RankingTerms? {
    refuseOthers(config, but: ["ranking", "prorate", "multipliers", "ramp", "paid", "round"])
    let reader = config["ranking"]
    let figure = figure(reader["by"])
    let within = reader["within"].exists ? reader["within"].text(&faults) : nil
    let target = reader["target"].exists ? target(reader["target"]) : nil
    let bands = bands(reader["bands"], hasTarget: reader["target"].exists)
    let edge = reader["edge"].word(
      Edge.self, asking: "how a part of a person at the edge of a band is rounded", &faults)
    let ties = reader["ties"].word(
      RankingTerms.Ties.self, asking: "which band equal ones get who stand on both sides of an edge", &faults)
    let isPaidAtWindowEnd = config["paid"].exists && atWindowEnd(config["paid"])
    let scaling = scaling(config)
    let rounding = rounding(config)
    guard let figure, let edge, let ties, !bands.isEmpty else { return nil }
    let mode: RoundingMode =
      switch edge {
      case .up: .up
      case .down: .down
      case .nearest: .halfUp
      }
    return RankingTerms(
      figure: figure, within: within, target: target, bands: bands, edge: mode, ties: ties,
      isPaidAtWindowEnd: isPaidAtWindowEnd, scaling: scaling, rounding: rounding)
  }

  private mutating func bands(_ reader: ConfigReader, hasTarget: Bool) -> [RankingTerms.Band] {
    let items = reader.items(&faults)
    if items.isEmpty { faults.append(reader.fault("at least one band is wanted")) }
    var bands: [RankingTerms.Band] = []
    for (place, item) in items.enumerated() {
      let isLast = place == items.count - 1
      let top = item["top"].exists ? item["top"].decimal(&faults) : nil
      let pays = hasTarget ? share(item["pays"]) : amount(item["amount"])
      if item["top"].exists == isLast {
        faults.append(
          item.fault(
            isLast
              ? "the last band is for all who are left, and has no `top`"
              : "the share `top` of the field is missing"))
      }
      if let top, top <= .zero || top > .one {
        faults.append(item["top"].fault("a share above 0% and up to 100% is wanted here"))
      }
      if let top, let last = bands.last?.top, top <= last {
        faults.append(item["top"].fault("the shares count from the best on, and must ascend"))
      }
      guard let pays else { continue }
      let pointer = item.pointer.appending(hasTarget ? "pays" : "amount").description
      bands.append(RankingTerms.Band(top: top, pays: pays, pointer: pointer))
    }
    return bands
  }
}
