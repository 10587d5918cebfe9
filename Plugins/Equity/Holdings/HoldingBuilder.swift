import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Makes a holding of a grant: the schedule, then what happens to it day by day, then what of it vests and leaves.
struct HoldingBuilder {
  let terms: Terms
  let facts: Facts
  /// The last day of the payee's periods: what is not known after it is no fault.
  let horizon: CalendarDate

  func holding(_ grant: Grant) throws(CalculationFault) -> Holding {
    var holding = Holding(grant: grant, tranches: try schedule(grant))
    if let leaves = terms.leaves { toll(&holding, leaves) }
    for index in holding.tranches.indices { expire(&holding.tranches[index], grant) }
    for change in try changes(grant) { try apply(change, &holding) }
    try perform(&holding)
    try depart(&holding)
    return holding
  }

  // MARK: The schedule

  private func schedule(_ grant: Grant) throws(CalculationFault) -> [Tranche] {
    let events = facts.events(of: grant)
    let installments: [Installment]
    do {
      installments = try VestingWalk.installments(
        grant.terms, units: grant.units, places: terms.unitPlaces, start: grant.start, events: events)
    } catch {
      throw CalculationFault(
        "grant `\(grant.id)`: \(error.message)", at: [terms.grants.place(grant.row, "units")])
    }
    if terms.isAShare, let fault = AShareRules.fault(installments, granted: grant.day, units: grant.units) {
      throw CalculationFault("grant `\(grant.id)`: \(fault)", at: [terms.grants.place(grant.row, "date")])
    }
    var tranches: [Tranche] = []
    for installment in installments where installment.units > 0 {
      let condition = grant.terms.conditions[installment.condition]
      let day = terms.beforeGrant == .onGrantDate ? max(installment.day, grant.day) : installment.day
      let awaited = condition.trigger.events.compactMap { events[$0] }.max()
      tranches.append(
        Tranche(
          number: tranches.count + 1, label: label(condition, installment.occurrence),
          pointer: condition.pointer, scheduled: day, awaited: awaited, isTimed: condition.trigger.isTimed,
          units: installment.units))
    }
    let rest = grant.units - tranches.reduce(0) { $0 + $1.units }
    if rest > 0 {
      tranches.append(
        Tranche(
          number: tranches.count + 1, label: "not scheduled", pointer: "/vesting/\(grant.terms.name)",
          scheduled: nil, awaited: nil, isTimed: false, units: rest))
    }
    return tranches
  }

  private func label(_ condition: VestingTerms.Condition, _ occurrence: Int) -> String {
    let count = condition.trigger.occurrences
    return count == 1 ? condition.id : "\(condition.id) \(occurrence) of \(count)"
  }

  // MARK: Time away, and the end of the term

  /// Moves the days that time makes by the days of leave before them.
  ///
  /// Worked number: of a leave of 60 days, with leaves of up to 30 days counting as service and the excess not, a
  /// tranche of 1 June vests on 1 July. While a leave lasts, what comes after its first day has no day.
  private func toll(_ holding: inout Holding, _ leaves: Leaves) {
    for leave in facts.leaves[holding.grant.payee] ?? [] {
      let days = leave.to.map { Int($0.day - leave.from.day) + 1 }
      if let days, days <= leaves.longerThan { continue }
      let shift = days.map { leaves.counted == .all ? $0 : $0 - leaves.longerThan }
      let months = leave.to.map { leave.from.months(to: $0.adding(days: 1)) }
      for index in holding.tranches.indices where holding.tranches[index].isTimed {
        guard let day = holding.tranches[index].scheduled, day >= leave.from, day > holding.grant.day else {
          continue
        }
        holding.tranches[index].scheduled =
          leaves.by == .days
          ? shift.map { day.adding(days: $0) } : months.map { day.adding(months: $0) }
      }
    }
  }

  private func expire(_ tranche: inout Tranche, _ grant: Grant) {
    guard let expires = grant.expires, tranche.scheduled ?? .distant > expires else { return }
    tranche.lose(on: expires.adding(days: 1))
  }
}

extension CalendarDate {
  /// A day later than all others.
  static let distant = CalendarDate(day: .max)
}
