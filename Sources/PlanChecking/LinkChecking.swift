package import Diagnostics
package import ModuleProtocol
package import PlanModel

/// Checks what components look at of each other, once all modules have said what they need and give.
package struct LinkChecking {
  private let plan: Plan
  private let needs: [String: ColumnNeeds]
  private let gives: [String: ColumnGifts]

  /// A checker of the components whose terms were accepted.
  package init(_ plan: Plan, needs: [String: ColumnNeeds], gives: [String: ColumnGifts]) {
    (self.plan, self.needs, self.gives) = (plan, needs, gives)
  }

  package var faults: [Diagnostic] {
    plan.components.flatMap(columnFaults) + creditFaults + cycleFaults
  }

  /// Columns of other components that these do not give.
  private func columnFaults(_ component: Component) -> [Diagnostic] {
    (needs[component.name.text]?.periods ?? []).compactMap { need in
      let parts = need.name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let gifts = gives[parts[0]] else { return nil }
      let given = ["earned"] + gifts.periods.map(\.name)
      if given.contains(parts[1]), need.kind == .number { return nil }
      return Diagnostic(
        .unknownName, .error, "component `\(parts[0])` gives no \(need.kind.rawValue) `\(parts[1])`",
        at: component.span(of: need.pointer), help: Suggestion.help(for: parts[1], in: given))
    }
  }

  /// Credit of what is no money.
  private var creditFaults: [Diagnostic] {
    plan.credits.compactMap { rule in
      guard case .rollUp(let rollUp) = rule.source, case .earnings(let name) = rollUp.origin,
        let unit = gives[name]?.unit
      else { return nil }
      return Diagnostic(
        .wrongValue, .error,
        "credit rule `\(rule.name.text)` passes on earnings as money, and component `\(name)` pays in `\(unit)`",
        at: rule.name.span, help: "pass on the earnings of a component that pays money")
    }
  }

  /// Components that wait for themselves, by way of what they look at.
  private var cycleFaults: [Diagnostic] {
    plan.components.compactMap { component in
      let name = component.name.text
      guard needs[name] != nil, reachable(from: name).contains(name) else { return nil }
      return Diagnostic(
        .componentCycle, .error, "component `\(name)` waits for itself, by way of what it looks at",
        at: component.name.span)
    }
  }

  private func reachable(from name: String) -> Set<String> {
    var found: Set<String> = []
    var waiting = origins(of: name)
    while let next = waiting.popLast() {
      if found.insert(next).inserted { waiting += origins(of: next) }
    }
    return found
  }

  /// The components that must be computed before this one.
  private func origins(of name: String) -> [String] {
    let owners = (needs[name]?.periods ?? []).map { String($0.name.prefix { $0 != "." }) }
    guard let component = plan.components.first(where: { $0.name.text == name }) else { return [] }
    let measures = plan.measures.whole(owners + (component.measure.map { [$0] } ?? []))
    let rules = component.credits + measures.flatMap(\.credits)
    return owners.filter { gives[$0] != nil } + rules.flatMap { origins(ofRule: $0, depth: 0) }
  }

  private func origins(ofRule name: String, depth: Int) -> [String] {
    guard depth < 64, let rule = plan.credits.first(where: { $0.name.text == name }),
      case .rollUp(let rollUp) = rule.source
    else { return [] }
    switch rollUp.origin {
    case .credits(let name): return origins(ofRule: name, depth: depth + 1)
    case .earnings(let name): return [name]
    }
  }
}
