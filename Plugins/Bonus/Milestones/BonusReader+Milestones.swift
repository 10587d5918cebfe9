import JSONCore
import ModuleKit
import ModuleProtocol
import Money

/// Reads the terms of milestones.
extension BonusReader {
  mutating func milestones(_ config: ConfigReader) -> Milestones? {
    refuseOthers(config, but: ["milestones", "multipliers", "ramp", "round"])
    let reader = config["milestones"]
    var milestones: [Milestones.Milestone] = []
    for item in reader["each"].items(&faults) {
      let name = item["name"].text(&faults)
      let amount = amount(item["amount"])
      let until = item["until"].exists ? item["until"].day(&faults) : nil
      guard let name, let amount else { continue }
      if milestones.contains(where: { $0.name == name }) {
        faults.append(item["name"].fault("two milestones are named `\(name)`"))
      }
      milestones.append(
        Milestones.Milestone(
          name: name, amount: amount, until: until, pointer: item["amount"].pointer.description))
    }
    if reader["each"].value?.array?.isEmpty ?? true {
      faults.append(reader["each"].fault("at least one milestone is wanted"))
    }
    let events = reader["reached"]
    let table = events["table"].text(&faults)
    let person = events["person"].text(&faults)
    let milestone = events["milestone"].text(&faults)
    let date = events["date"].text(&faults)
    let evidence = events["evidence"].exists ? events["evidence"].text(&faults) : nil
    let scaling = scaling(config)
    let rounding = rounding(config)
    guard let table, let person, let milestone, let date else { return nil }
    return Milestones(
      milestones: milestones,
      events: Milestones.Events(
        table: table, person: person, milestone: milestone, date: date, evidence: evidence),
      scaling: scaling, rounding: rounding, places: context.places)
  }
}
