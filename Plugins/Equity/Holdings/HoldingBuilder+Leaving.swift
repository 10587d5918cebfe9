import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

extension HoldingBuilder {
  /// What becomes of units that have not vested by the last day.
  func leave(_ holding: inout Holding, _ leaving: Facts.Leaving) throws(CalculationFault) {
    guard let rule = terms.leavers?.rules[leaving.reason] else { return }
    let day = leaving.day
    let open = open(holding, after: day)
    let words = "left: \(leaving.reason)"
    switch rule.unvested {
    case .keep: break
    case .forfeit: for index in open { holding.tranches[index].lose(on: day) }
    case .repurchase:
      for index in open { holding.tranches[index].lose(on: day, as: .repurchased(rule.price ?? .cost)) }
    case .vest: for index in open { holding.tranches[index].vest(on: day, words, at: rule.pointer) }
    case .serviceCredit:
      let limit = rule.credit?.after(day) ?? day
      for index in open {
        if holding.tranches[index].scheduled ?? .distant <= limit {
          holding.tranches[index].vest(on: day, words, at: rule.pointer)
        } else {
          holding.tranches[index].lose(on: day)
        }
      }
    case .proRata: try vestProRata(&holding, open, rule, on: day, words)
    }
  }

  /// Has the part vest that time served has earned, rounded down.
  ///
  /// Worked number: 3,600 units in one tranche after 36 months, 14 whole months served: 1,400. Of yearly tranches of
  /// 1,200 by `tranche`, 2 months into the second year: 200 beside the 1,200 that vested.
  private func vestProRata(
    _ holding: inout Holding, _ open: [Int], _ rule: Leavers.Rule, on day: CalendarDate, _ words: String
  ) throws(CalculationFault) {
    let grant = holding.grant
    let timed = holding.tranches.compactMap(\.scheduled).sorted()
    var earned: Int64 = 0
    switch rule.of {
    case .grant:
      let share = rule.by.passed(grant.start, day, timed.last ?? grant.start)
      let due = try (Fraction(grant.units) * share).rounded(to: 0, .down)
      earned = max(0, due - holding.vested(to: day) - vesting(holding, by: day))
    case .tranche:
      if let next = timed.first(where: { $0 > day }) {
        let before = timed.last { $0 <= day } ?? grant.start
        let units = open.filter { holding.tranches[$0].scheduled == next }
          .reduce(Int64(0)) { $0 + holding.tranches[$1].units }
        earned = try (Fraction(units) * rule.by.passed(before, day, next)).rounded(to: 0, .down)
      }
    }
    for index in open {
      let part = min(earned, holding.tranches[index].units)
      earned -= part
      if part > 0 {
        var early = holding.tranches[index].split(part)
        early.vest(on: day, words, at: rule.pointer)
        holding.tranches.append(early)
      }
      holding.tranches[index].lose(on: day)
    }
    holding.tranches.removeAll { $0.units == 0 }
  }

  /// The units that will have vested by their schedule on a day, and are still open while the holding is made.
  private func vesting(_ holding: Holding, by day: CalendarDate) -> Int64 {
    holding.tranches.reduce(0) {
      $0 + ($1.isOpen && $1.scheduled.map { $0 <= day } ?? false ? $1.units : 0)
    }
  }
}
