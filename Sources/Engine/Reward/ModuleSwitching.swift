import PlanCalendar
package import PlanModel
import Tables

/// For whom and when a component's module is switched off.
///
/// A line counts by its day. The figures of a period as a whole, a bonus or a floor, count by the period's last day.
package struct ModuleSwitching: Sendable {
  private let teams: Teams
  private let people: Payees
  private let periods: [Period]

  /// The switching of a component's module; nil when it is not switched for anybody.
  package init?(_ component: Component, _ context: RunData) {
    teams = context.plan.teams.of(module: component.module.text)
    if teams.switches.isEmpty { return nil }
    people = context.people
    periods = context.plan.calendar.periods
  }

  /// For each of these payees on each of these days, whether the module pays.
  func mask(payees: [Int32], days: [Int32]) -> [Bool] {
    struct Key: Hashable {
      let team: String?
      let day: Int32
    }
    let column = people.attribute(teams.attribute, payees: payees, days: days)
    var known: [Key: Bool] = [:]
    return payees.indices.map { place in
      let team = column.flatMap { $0.isMissing(place) ? nil : $0.display(place) }
      let key = Key(team: team, day: days[place])
      if let flag = known[key] { return flag }
      let flag = teams.decisive(for: team, on: CalendarDate(day: days[place]))?.isEnabled ?? true
      known[key] = flag
      return flag
    }
  }

  /// For each payee, whether the module pays on a day.
  func everybody(on day: CalendarDate) -> [Bool] {
    let payees = Array(0..<Int32(people.count))
    return mask(payees: payees, days: [Int32](repeating: day.day, count: payees.count))
  }

  /// The switches by which the module does not pay the payee on days of a period, in the order of their days.
  package func disabling(payee: Int, period: Int) -> [ModuleSwitch] {
    let period = periods[period]
    // Most periods lie outside of all switches: only in the others is each day looked at, as people change teams.
    let mayBeOff = teams.switches.contains {
      !$0.isEnabled && $0.from < period.end && ($0.to.map { $0 >= period.start } ?? true)
    }
    if !mayBeOff { return [] }
    var found: [ModuleSwitch] = []
    var day = period.start
    while day < period.end {
      let team = people.attribute(teams.attribute, payees: [Int32(payee)], days: [day.day])
        .flatMap { $0.isMissing(0) ? nil : $0.display(0) }
      if let decisive = teams.decisive(for: team, on: day), !decisive.isEnabled, !found.contains(decisive) {
        found.append(decisive)
      }
      day = day.adding(days: 1)
    }
    return found
  }

  /// The names of teams that are switched and that neither a payee has nor another team is above or below of.
  package static func unknownTeams(_ plan: Plan, _ people: Payees) -> [Named] {
    let teams = plan.teams
    let known = people.values(of: teams.attribute)
      .union(teams.parents.keys).union(teams.parents.values.map(\.text))
    return teams.switches.compactMap(\.team).filter { !known.contains($0.text) }
  }
}
