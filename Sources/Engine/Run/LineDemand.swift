import ModuleProtocol
import PlanModel

/// Which credit rules and components must have single lines, and of which the sums by payee and period are enough.
///
/// Sums are enough for a component that says that it looks at sums alone, when no output shows what its lines earned
/// and nothing is passed on from them; and for credit passed on that no output shows, that is measured by plain sums
/// if at all, and that only such components pay on.
struct LineDemand {
  private let rules: Set<String>
  private let components: Set<String>

  init(_ plan: Plan, _ contracts: [String: ComponentContract], keepsLines: Bool) {
    let components = keepsLines ? [] : Self.components(plan, contracts)
    self.components = components
    guard !keepsLines, let shown = plan.outputs.lineCredits else {
      rules = []
      return
    }
    // Measures of which it is asked how far they had come before a line.
    let walked = Set(
      plan.components.compactMap { component in
        contracts[component.name.text]?.standing == nil ? nil : component.measure
      })
    rules = Set(
      plan.credits.filter { rule in
        guard case .rollUp = rule.source else { return false }
        let name = rule.name.text
        return !shown.contains(name)
          && plan.components.allSatisfy { !$0.credits.contains(name) || components.contains($0.name.text) }
          && plan.measures.allSatisfy { measure in
            guard measure.credits.contains(name) else { return true }
            if walked.contains(measure.name.text) { return false }
            if case .amount = measure.total { return measure.condition == nil }
            return false
          }
          && !Self.isPassedOn(plan) { origin in
            if case .credits(let passed) = origin { passed == name } else { false }
          }
      }
      .map(\.name.text))
  }

  /// Whether the sums of the rule are enough.
  func isSummed(_ rule: CreditRule) -> Bool { rules.contains(rule.name.text) }

  /// Whether the sums of the component's lines are enough.
  func isSummed(_ component: Component) -> Bool { components.contains(component.name.text) }

  /// What can be computed payee by payee, its lines handed on and forgotten.
  struct Streaming: Sendable {
    /// All components that pay on credit rules whose lines are written, when nothing else looks at what they come to.
    var components: Set<String> = []
    /// The rules of rows of which nobody but these components looks at single lines.
    var rules: Set<String> = []
  }

  /// What of the plan can be streamed.
  func streaming(_ plan: Plan, _ contracts: [String: ComponentContract]) -> Streaming {
    let shown = Set(plan.credits.map(\.name.text).filter { plan.outputs.lineCredits?.contains($0) ?? true })
    let paying = plan.components.filter { !shown.isDisjoint(with: $0.credits) && !isSummed($0) }
    let isFit = paying.allSatisfy { component in
      let name = component.name.text
      guard let contract = contracts[name], contract.gives.scope != .component else { return false }
      return !plan.components.contains {
        contracts[$0.name.text]?.components(in: plan).contains(name) ?? false
      }
        && !Self.isPassedOn(plan) { if case .earnings(let passed) = $0 { passed == name } else { false } }
    }
    if !isFit || paying.isEmpty { return Streaming() }
    let components = Set(paying.map(\.name.text))
    let others = plan.components.filter { !components.contains($0.name.text) && !isSummed($0) }
    let rules = plan.credits.filter { rule in
      guard case .rows = rule.source else { return false }
      let name = rule.name.text
      return others.allSatisfy { component in
        let walked = plan.measures.first { $0.name.text == component.measure }?.credits ?? []
        return !component.credits.contains(name) && !walked.contains(name)
      }
    }
    return Streaming(components: components, rules: Set(rules.map(\.name.text)))
  }

  private static func components(
    _ plan: Plan, _ contracts: [String: ComponentContract]
  ) -> Set<String> {
    // Without stated columns the lines show what every component earned on them.
    guard let columns = plan.outputs.lines else { return [] }
    let shown = Set(columns.map { $0.path[0] })
    if shown.contains("total") { return [] }
    return Set(
      plan.components.filter { component in
        guard let contract = contracts[component.name.text], component.credits.count == 1 else {
          return false
        }
        return contract.gives.isSummable && contract.needs.lines.allSatisfy { $0.name == "amount" }
          && plan.teams.of(module: component.module.text).switches.isEmpty
          && component.condition == nil && component.payees == nil && component.from == nil
          && component.to == nil && !shown.contains(component.name.text)
          && !isPassedOn(plan) { origin in
            if case .earnings(let passed) = origin { passed == component.name.text } else { false }
          }
      }
      .map(\.name.text))
  }

  private static func isPassedOn(_ plan: Plan, _ isOrigin: (RollUp.Origin) -> Bool) -> Bool {
    plan.credits.contains { rule in
      if case .rollUp(let rollUp) = rule.source { isOrigin(rollUp.origin) } else { false }
    }
  }
}
