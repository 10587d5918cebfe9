import Diagnostics
import Engine
import PlanModel

/// Says where a component does not pay since its module is switched off.
struct SwitchNotes {
  private let data: RunData

  init(_ data: RunData) { self.data = data }

  /// The notes of one component for a payee's period.
  func notes(_ component: Component, _ payee: Int, _ period: Int) -> [Derivation.Note] {
    guard let switching = ModuleSwitching(component, data) else { return [] }
    return switching.disabling(payee: payee, period: period).map {
      Derivation.Note(text: Self.words($0), location: .source($0.module.span))
    }
  }

  /// What a statement says of a payee's period, component by component.
  func line(_ payee: Int, _ period: Int) -> String {
    data.plan.components.flatMap { component in
      notes(component, payee, period).map { "\(component.name.text): \($0.text)" }
    }.joined(separator: "; ")
  }

  private static func words(_ moduleSwitch: ModuleSwitch) -> String {
    let team = moduleSwitch.team.map { " for team \($0.text)" } ?? ""
    let end = moduleSwitch.to.map { " to \($0)" } ?? ""
    return "\(moduleSwitch.module.text) is off\(team) from \(moduleSwitch.from)\(end): \(moduleSwitch.reason)"
  }
}
