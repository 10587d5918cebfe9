package import ModuleProtocol
import PlanModel

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
  func measures(of component: Component) -> [String] {
    let named = needs.periods.compactMap { need -> String? in
      let parts = need.name.split(separator: ".")
      return parts.count == 2 && parts[0] != "payee" ? String(parts[0]) : nil
    }
    return (component.measure.map { [$0] } ?? []) + named
  }
}
