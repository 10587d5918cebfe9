package import ModuleProtocol
package import PlanModel

/// What a module said of a component when it was configured: the columns that it needs and gives.
package struct ComponentContract: Sendable {
  package let needs: ColumnNeeds
  package let gives: ColumnGifts

  package init(needs: ColumnNeeds, gives: ColumnGifts) {
    self.needs = needs
    self.gives = gives
  }

  /// How far back the component wants to know of each line what its measure had come to; nil when it does not ask.
  var standing: Standing.Span? {
    Standing.Span.allCases.first { span in needs.lines.contains { $0.name == span.rawValue } }
  }

  /// The measures whose figures the component looks at.
  func measures(of component: Component, in plan: Plan) -> [String] {
    let names = Set(plan.measures.map(\.name.text))
    return (component.measure.map { [$0] } ?? []) + owners.filter(names.contains)
  }

  /// The components whose figures the component looks at.
  package func components(in plan: Plan) -> [String] {
    let names = Set(plan.components.map(\.name.text))
    return owners.filter(names.contains)
  }

  /// The names before the point of the period columns that the component needs.
  private var owners: [String] {
    needs.periods.compactMap { need in
      let parts = need.name.split(separator: ".", maxSplits: 1)
      return parts.count == 2 ? String(parts[0]) : nil
    }
  }
}
