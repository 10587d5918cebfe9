import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

extension HoldingBuilder {
  /// Something that changes the units which are open on its day.
  struct Change {
    enum Kind {
      case accelerated(Acceleration, on: CalendarDate)
      case recorded(RecordedAcceleration, Facts.Movement)
      case cancelled(Facts.Movement)
      case refused
      case left(Facts.Leaving)
    }

    let day: CalendarDate
    let kind: Kind

    /// Of one day, what vests goes before what is taken back, and leaving last.
    fileprivate var rank: Int {
      switch kind {
      case .accelerated, .recorded: 0
      case .cancelled, .refused: 1
      case .left: 2
      }
    }
  }

  /// What changes a holding, day by day, so that each change finds what the earlier ones have left.
  func changes(_ grant: Grant) throws(CalculationFault) -> [Change] {
    let events = facts.events(of: grant)
    let leaving = facts.leavings[grant.payee]
    var changes: [Change] = []
    for rule in terms.acceleration {
      guard let event = events[rule.event], event >= grant.day else { continue }
      if let second = rule.second {
        guard let leaving, second.reasons.contains(leaving.reason),
          leaving.day <= second.within.after(event), second.before.after(leaving.day) >= event
        else { continue }
        changes.append(Change(day: leaving.day, kind: .accelerated(rule, on: max(leaving.day, event))))
      } else if leaving.map({ $0.day >= event || staysOn($0) }) ?? true {
        changes.append(Change(day: event, kind: .accelerated(rule, on: event)))
      }
    }
    for (rule, movements) in zip(terms.recorded, facts.accelerations) {
      for movement in movements[grant.key] ?? [] {
        changes.append(Change(day: movement.day, kind: .recorded(rule, movement)))
      }
    }
    for movement in facts.cancellations[grant.key] ?? [] {
      changes.append(Change(day: movement.day, kind: .cancelled(movement)))
    }
    if let last = terms.acceptance?.after(grant.day), grant.accepted ?? .distant > last {
      changes.append(Change(day: last.adding(days: 1), kind: .refused))
    }
    if let leaving { changes.append(Change(day: leaving.day, kind: .left(leaving))) }
    return changes.enumerated().sorted {
      ($0.element.day, $0.element.rank, $0.offset) < ($1.element.day, $1.element.rank, $1.offset)
    }.map(\.element)
  }

  private func staysOn(_ leaving: Facts.Leaving) -> Bool {
    terms.leavers?.rules[leaving.reason]?.unvested == .keep
  }

  func apply(_ change: Change, _ holding: inout Holding) throws(CalculationFault) {
    switch change.kind {
    case .accelerated(let rule, let day):
      try accelerate(
        &holding, rule.share, rule.from, after: change.day, on: day, "by `\(rule.event)`", rule.pointer)
    case .recorded(let rule, let movement):
      let all = open(holding, after: movement.day).reduce(Int64(0)) { $0 + holding.tranches[$1].units }
      let count = movement.units ?? 0
      guard count <= all else {
        throw fault(
          holding.grant, "\(text(count)) vest early on \(movement.day), and \(text(all)) are open",
          movement.place(rule.table))
      }
      guard count > 0 else { return }
      try accelerate(
        &holding, Fraction(Int128(count), over: Int128(all)), rule.from, after: movement.day,
        on: movement.day, "accelerated", rule.pointer)
    case .cancelled(let movement): try cancel(&holding, movement)
    case .refused:
      for index in open(holding, after: change.day) { holding.tranches[index].lose(on: change.day) }
    case .left(let leaving): try leave(&holding, leaving)
    }
  }

  /// The tranches that are open after a day, by place.
  func open(_ holding: Holding, after day: CalendarDate) -> [Int] {
    holding.tranches.indices.filter {
      holding.tranches[$0].isOpen && holding.tranches[$0].scheduled ?? .distant > day
    }
  }

  func text(_ units: Int64) -> String {
    "\(Fraction(units: units, places: terms.unitPlaces).decimalText) \(terms.unit)"
  }

  func fault(_ grant: Grant, _ words: String, _ place: BatchPlace) -> CalculationFault {
    CalculationFault("of grant `\(grant.id)` \(words)", at: [place, terms.grants.place(grant.row)])
  }

  // MARK: Acceleration

  /// Has a share of the units that are open after `base` vest on `day`.
  ///
  /// Worked number: half of 9-9-9-9 is 18 units: by `each` 4 or 5 of each tranche, by `next` the first two, by `last` the
  /// last two.
  private func accelerate(
    _ holding: inout Holding, _ share: Fraction, _ from: Acceleration.From, after base: CalendarDate,
    on day: CalendarDate, _ note: String, _ pointer: String
  ) throws(CalculationFault) {
    let open = open(holding, after: base)
    let all = open.reduce(Int64(0)) { $0 + holding.tranches[$1].units }
    var left = try (Fraction(all) * share).rounded(to: 0, .down)
    var (before, taken) = (Int64(0), Int64(0))
    for index in from == .last ? open.reversed() : open {
      let units = holding.tranches[index].units
      var part = min(units, left)
      if from == .each, share < .one {
        before += units
        part = try (Fraction(before) * share).rounded(to: 0, .down) - taken
        taken += part
      }
      left -= part
      guard part > 0 else { continue }
      var early = holding.tranches[index].split(part)
      early.vest(on: day, note, at: pointer)
      holding.tranches.append(early)
    }
    holding.tranches.removeAll { $0.units == 0 }
  }

  // MARK: Cancellation

  /// Takes units back: the open ones, the last of them first, and the vested ones that are held.
  ///
  /// Worked number: of 400 options in quarters of 100, the first of which has vested, 250 are cancelled: by `unvested`
  /// 100, 100 and 50 of the open ones; by `vested` the 100 that have vested and 150 of the open ones.
  private func cancel(_ holding: inout Holding, _ movement: Facts.Movement) throws(CalculationFault) {
    guard let cancellations = terms.cancellations else { return }
    let (grant, day) = (holding.grant, movement.day)
    let open = open(holding, after: day)
    let unvested = open.reduce(Int64(0)) { $0 + holding.tranches[$1].units }
    let vested = terms.isHeld ? held(holding, on: day) : 0
    var left = movement.units ?? unvested + vested
    guard left <= unvested + vested else {
      throw fault(
        grant, "\(text(left)) are cancelled on \(day), and \(text(unvested + vested)) are left",
        movement.place(cancellations.table))
    }
    let ofVested =
      movement.units == nil
      ? vested : cancellations.from == .vested ? min(left, vested) : max(0, left - unvested)
    left -= ofVested
    for index in open.reversed() where left > 0 {
      let part = min(left, holding.tranches[index].units)
      left -= part
      var lost = holding.tranches[index].split(part)
      lost.bearsCost = cancellations.cost == .accelerate
      lost.lose(on: day, as: movement.price.map { .repurchased(.fixed($0)) } ?? .forfeited)
      holding.tranches.append(lost)
    }
    holding.tranches.removeAll { $0.units == 0 }
    if ofVested > 0 {
      holding.cancelled.append(
        Facts.Movement(
          day: day, units: movement.units == nil ? nil : ofVested, price: movement.price, row: movement.row))
    }
  }

  /// The vested units that are held on a day, as far as they are known while the holding is made.
  private func held(_ holding: Holding, on day: CalendarDate) -> Int64 {
    let vested = holding.tranches.reduce(Int64(0)) { sum, tranche in
      let on = tranche.vestedOn ?? (tranche.isOpen ? tranche.scheduled : nil)
      return sum + (on.map { $0 <= day } ?? false ? tranche.units : 0)
    }
    let gone = ((facts.exercises[holding.grant.key] ?? []).filter { $0.day <= day } + holding.cancelled)
      .reduce(Int64(0)) { $0 + ($1.units ?? 0) }
    return max(0, vested - gone)
  }
}
