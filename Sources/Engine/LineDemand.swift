import ModuleProtocol
import PlanModel

/// Which credit rules must give single lines, and of which the sums by payee and period are enough.
///
/// Sums are enough for credit passed on that no output shows, that is measured by plain sums if at all, and that
/// only such components pay on as say that they look at sums alone.
struct LineDemand {
  private let summed: Set<String>

  init(_ plan: Plan, _ contracts: [String: ComponentContract], keepsLines: Bool) {
    guard !keepsLines, let shown = plan.outputs.lineCredits else {
      summed = []
      return
    }
    summed = Set(
      plan.credits.filter { rule in
        guard case .rollUp = rule.source else { return false }
        let name = rule.name.text
        return !shown.contains(name)
          && plan.components.allSatisfy { component in
            !component.credits.contains(name) || Self.looksAtSumsAlone(component, plan, contracts)
          }
          && plan.measures.allSatisfy { measure in
            guard measure.credits.contains(name) else { return true }
            if case .amount = measure.total { return measure.condition == nil }
            return false
          }
          && !plan.credits.contains { other in
            guard case .rollUp(let rollUp) = other.source, case .credits(let origin) = rollUp.origin else {
              return false
            }
            return origin == name
          }
      }
      .map(\.name.text))
  }

  /// Whether the sums of the rule are enough.
  func isSummed(_ rule: CreditRule) -> Bool { summed.contains(rule.name.text) }

  private static func looksAtSumsAlone(
    _ component: Component, _ plan: Plan, _ contracts: [String: ComponentContract]
  ) -> Bool {
    guard let contract = contracts[component.name.text], component.credits.count == 1 else { return false }
    return contract.gives.isSummable && contract.needs.lines.allSatisfy { $0.name == "amount" }
      && component.condition == nil && component.payees == nil && component.from == nil && component.to == nil
  }
}
