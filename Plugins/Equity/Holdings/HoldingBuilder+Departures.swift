import ModuleKit
import ModuleProtocol
import PlanCalendar

extension HoldingBuilder {
  /// What takes vested units out of the holder's hands; of one day in this order.
  private enum Cause: Int {
    case exercised, cancelled, ended
  }

  private struct Leg {
    let day: CalendarDate
    let cause: Cause
    /// nil for all that is held.
    let units: Int64?
    let kind: Holding.Departure.Kind
    let row: Int?
  }

  /// What becomes of units after they have vested: exercised, cancelled, lapsed, bought back.
  func depart(_ holding: inout Holding) throws(CalculationFault) {
    let grant = holding.grant
    var end: CalendarDate?
    let legs = legs(holding).sorted {
      ($0.day, $0.cause.rawValue, $0.units ?? .max) < ($1.day, $1.cause.rawValue, $1.units ?? .max)
    }
    for leg in legs {
      let held = holding.vested(to: leg.day) - holding.departed(to: leg.day)
      var units = leg.units ?? held
      if units > held {
        switch leg.cause {
        case .ended: units = held
        // What has lapsed may be cancelled in the books later.
        case .cancelled where end != nil: units = held
        case .cancelled:
          throw fault(
            grant, "\(text(units)) vested ones are cancelled on \(leg.day), and \(text(held)) are held",
            leg.row.flatMap { terms.cancellations?.table.place($0, "units") } ?? terms.grants.place(grant.row)
          )
        case .exercised:
          let why = end.map { "they lapsed on \($0)" } ?? "\(text(held)) have vested and are still held"
          throw fault(
            grant, "\(text(units)) are exercised on \(leg.day), and \(why)",
            leg.row.flatMap { terms.exercises?.place($0, "units") } ?? terms.grants.place(grant.row))
        }
      }
      if leg.cause == .ended { end = min(end ?? leg.day, leg.day) }
      if units > 0 {
        holding.departures.append(.init(day: leg.day, units: units, kind: leg.kind, row: leg.row))
      }
    }
  }

  private func legs(_ holding: Holding) -> [Leg] {
    let grant = holding.grant
    var legs = (facts.exercises[grant.key] ?? []).map {
      Leg(day: $0.day, cause: .exercised, units: $0.units, kind: .exercised, row: $0.row)
    }
    legs += holding.cancelled.map {
      Leg(
        day: $0.day, cause: .cancelled, units: $0.units,
        kind: $0.price.map { .repurchased(.fixed($0)) } ?? .cancelled, row: $0.row)
    }
    func end(_ day: CalendarDate, _ kind: Holding.Departure.Kind) {
      legs.append(Leg(day: day, cause: .ended, units: nil, kind: kind, row: nil))
    }
    if let expires = grant.expires, terms.instrument.isExercised { end(expires.adding(days: 1), .lapsed) }
    if let leaving = facts.leavings[grant.payee], let rule = terms.leavers?.rules[leaving.reason] {
      if rule.vested == .forfeit { end(leaving.day, .lapsed) }
      if rule.vested == .repurchase { end(leaving.day, .repurchased(rule.price ?? .cost)) }
      if let window = rule.window, terms.instrument.isExercised {
        end(window.after(leaving.day).adding(days: 1), .lapsed)
      }
    }
    return legs
  }
}
