package import PlanCalendar

/// The teams of a plan and the modules that are switched on and off for them.
package struct Teams: Sendable, Equatable {
  /// The attribute of payees that names their team.
  package let attribute: String
  /// The team above a team.
  package let parents: [String: Named]
  package let switches: [ModuleSwitch]

  package init(attribute: String = "team", parents: [String: Named] = [:], switches: [ModuleSwitch] = []) {
    (self.attribute, self.parents, self.switches) = (attribute, parents, switches)
  }

  /// The same teams with the switches of one module alone.
  package func of(module: String) -> Teams {
    Teams(attribute: attribute, parents: parents, switches: switches.filter { $0.module.text == module })
  }

  /// The switch that decides whether a module pays for a team on a day; nil where none does, and it pays.
  ///
  /// The team's own switches decide before those of the teams above it, and these before those of everybody; of several
  /// that hold on the day the one that begins last decides.
  package func decisive(for team: String?, on day: CalendarDate) -> ModuleSwitch? {
    var team = team
    for _ in 0...parents.count + 1 {
      let holding = switches.filter { $0.team?.text == team && $0.holds(on: day) }
      if let last = holding.max(by: { $0.from < $1.from }) { return last }
      guard let current = team else { return nil }
      team = parents[current]?.text
    }
    return nil
  }
}

/// A module switched on or off for a team, from a day to a day, with the reason.
package struct ModuleSwitch: Sendable, Equatable {
  package let module: Named
  /// Nil for everybody.
  package let team: Named?
  package let isEnabled: Bool
  package let from: CalendarDate
  /// The last day, nil for no end.
  package let to: CalendarDate?
  package let reason: String

  package init(
    module: Named, team: Named?, isEnabled: Bool, from: CalendarDate, to: CalendarDate?, reason: String
  ) {
    self.module = module
    self.team = team
    self.isEnabled = isEnabled
    self.from = from
    self.to = to
    self.reason = reason
  }

  /// Whether the switch holds on the day.
  package func holds(on day: CalendarDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}
