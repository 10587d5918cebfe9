import Diagnostics
import PlanModel
import PlanReading

/// The figures of a statement that a test may name, and what each name stands for.
struct FigurePaths {
  let plan: Plan

  /// All names that are known before a run.
  var names: [String] {
    let measures = plan.measures.map(\.name.text)
    let components = plan.components.map(\.name.text)
    let ofMeasures = measures.flatMap { name in
      ["value", "in_period", "quota", "period_quota", "attainment"].map { "\(name).\($0)" }
    }
    let ofSteps = (plan.settle?.steps ?? []).flatMap { ["\($0.name.text).amount", "\($0.name.text).open"] }
    return ["total"] + (plan.settle == nil ? [] : ["payable", "paid"]) + components + measures + ofMeasures
      + ofSteps + components.flatMap { ["\($0).earned", "\($0).adjustment"] }
  }

  /// Whether only a run can tell that there is such a figure: a component's module may give more of its own.
  func isOpen(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && plan.components.contains { $0.name.text == parts[0] }
  }

  /// The path of a figure: a component alone stands for what it earned, a measure for its value.
  func path(_ name: String) -> [String] {
    if name == "total" { return [name] }
    if plan.components.contains(where: { $0.name.text == name }) { return [name, "earned"] }
    if plan.measures.contains(where: { $0.name.text == name }) { return [name, "value"] }
    return name.split(separator: ".").map(String.init)
  }

  /// The component that a figure belongs to, if it belongs to one.
  func component(_ name: String) -> String? {
    let head = path(name)[0]
    return plan.components.contains { $0.name.text == head } ? head : nil
  }
}
