import ModuleKit
import ModuleProtocol
import PlanCalendar

/// What the terms are held against before any grant is known.
extension TermsReader {
  /// What the measures for listed companies of mainland China (articles 24 and 25, 30 and 31) can be checked for
  /// before any grant is known.
  mutating func checkAShare(_ terms: Terms) {
    if terms.performance?.missed == .carryForward {
      faults.append(
        config["performance"]["missed"].fault(
          "a batch whose conditions were not met cannot be carried forward to the next",
          help: "write `missed: repurchase` or `missed: forfeit`"))
    }
    let day = CalendarDate(day: 11_323)  // 2001-01-01: any will do
    for vesting in terms.vesting where vesting.conditions.allSatisfy({ $0.trigger.isRelative }) {
      guard
        let installments = try? VestingWalk.installments(
          vesting, units: 1_000_000, places: 0, start: day, events: [:]),
        let fault = AShareRules.fault(installments, granted: day, units: 1_000_000)
      else { continue }
      faults.append(config["vesting"][vesting.name].fault(fault))
    }
  }
}

extension Trigger {
  /// Whether its day follows from the start of vesting alone.
  fileprivate var isRelative: Bool {
    switch self {
    case .start, .relative: true
    case .absolute, .event: false
    case .earlierOf(let parts), .laterOf(let parts): parts.allSatisfy(\.isRelative)
    }
  }
}

/// The rules for schedules of companies listed in mainland China.
enum AShareRules {
  /// What is wrong with the schedule of a grant: nothing within 12 months of the grant, 12 months between batches, no
  /// batch above half.
  static func fault(_ installments: [Installment], granted: CalendarDate, units: Int64) -> String? {
    var before = granted
    for (index, batch) in installments.filter({ $0.units > 0 }).enumerated() {
      if batch.day < before.adding(months: 12) {
        return index == 0
          ? "the first batch, on \(batch.day), comes less than 12 months after the grant of \(granted)"
          : "batch \(index + 1), on \(batch.day), comes less than 12 months after the one of \(before)"
      }
      if batch.units * 2 > units {
        return "batch \(index + 1), on \(batch.day), is more than half of the grant"
      }
      before = batch.day
    }
    return nil
  }
}
