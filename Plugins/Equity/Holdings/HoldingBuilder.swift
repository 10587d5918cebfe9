import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Makes a holding of a grant: the schedule, then what changes it, in the order of this file's steps.
struct HoldingBuilder {
  let terms: Terms
  let facts: Facts
  /// The last day of the payee's periods: what is not known after it is no fault.
  let horizon: CalendarDate

  func holding(_ grant: Grant) throws(CalculationFault) -> Holding {
    var holding = Holding(grant: grant, tranches: try schedule(grant))
    if let leaves = terms.leaves { toll(&holding, leaves) }
    for index in holding.tranches.indices { expire(&holding.tranches[index], grant) }
    try accelerate(&holding)
    try leave(&holding)
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
    } catch { throw CalculationFault("grant `\(grant.id)`: \(error.message)") }
    if terms.isAShare, let fault = AShareRules.fault(installments, granted: grant.day, units: grant.units) {
      throw CalculationFault("grant `\(grant.id)`: \(fault)")
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

  // MARK: Acceleration

  private func accelerate(_ holding: inout Holding) throws(CalculationFault) {
    let events = facts.events(of: holding.grant)
    let leaving = facts.leavings[holding.grant.payee]
    for rule in terms.acceleration {
      guard let event = events[rule.event], event >= holding.grant.day else { continue }
      if let second = rule.second {
        guard let leaving, second.reasons.contains(leaving.reason),
          leaving.day <= second.within.after(event), second.before.after(leaving.day) >= event
        else { continue }
        try accelerate(&holding, rule, from: leaving.day, on: max(leaving.day, event))
      } else if leaving.map({ $0.day >= event || staysOn($0) }) ?? true {
        try accelerate(&holding, rule, from: event, on: event)
      }
    }
  }

  private func staysOn(_ leaving: Facts.Leaving) -> Bool {
    terms.leavers?.rules[leaving.reason]?.unvested == .keep
  }

  /// Has a share of the units that are open after `base` vest on `day`.
  ///
  /// Worked number: half of 9-9-9-9 is 18 units: by `each` 4 or 5 of each tranche, by `next` the first two, by `last` the
  /// last two.
  private func accelerate(
    _ holding: inout Holding, _ rule: Acceleration, from base: CalendarDate, on day: CalendarDate
  ) throws(CalculationFault) {
    let open = holding.tranches.indices.filter {
      holding.tranches[$0].isOpen && holding.tranches[$0].scheduled ?? .distant > base
    }
    let all = open.reduce(Int64(0)) { $0 + holding.tranches[$1].units }
    var left = try (Fraction(all) * rule.share).rounded(to: 0, .down)
    var (before, taken) = (Int64(0), Int64(0))
    for index in rule.from == .last ? open.reversed() : open {
      let units = holding.tranches[index].units
      var part = min(units, left)
      if rule.from == .each, rule.share < .one {
        before += units
        part = try (Fraction(before) * rule.share).rounded(to: 0, .down) - taken
        taken += part
      }
      left -= part
      guard part > 0 else { continue }
      var early = holding.tranches[index].split(part)
      early.vest(on: day, "by `\(rule.event)`", at: rule.pointer)
      holding.tranches.append(early)
    }
    holding.tranches.removeAll { $0.units == 0 }
  }
}

extension CalendarDate {
  /// A day later than all others.
  static let distant = CalendarDate(day: .max)
}
