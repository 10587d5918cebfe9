import Diagnostics
import PlanModel
import PlanReading

/// The figures of a statement or of a line that a test may name, and what each name stands for.
struct FigurePaths {
  let plan: Plan

  /// All names that are known before a run.
  var names: [String] {
    let measures = plan.measures.map(\.name.text)
    let components = plan.components.map(\.name.text)
    let ofMeasures = measures.flatMap { name in
      ["value", "in_period", "quota", "period_quota", "attainment"].map { "\(name).\($0)" }
    }
    let steps = plan.settle?.steps.map(\.name.text) ?? []
    let settled = plan.settle == nil ? [] : ["payable", "paid"]
    let inPayCurrency = plan.settle?.payIn == nil ? [] : ["paid_in_currency"]
    return ["total"] + settled + inPayCurrency + components + measures + ofMeasures
      + components.flatMap { ["\($0).earned", "\($0).adjustment"] }
      + steps.flatMap { ["\($0).amount", "\($0).open"] }
  }

  /// The names of figures of a transaction that are known before a run.
  var lineNames: [String] {
    let components = plan.components.map(\.name.text)
    return ["credited", "total"] + components + components.map { "\($0).earned" }
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
