import ModuleKit
import ModuleProtocol
import Money

/// The figures that a gate looks at.
struct GateColumns {
  let terms: Terms.Gate
  private let value: NumberColumn
  private let quota: NumberColumn

  init(_ terms: Terms.Gate, _ periods: Frame) throws(CalculationFault) {
    self.terms = terms
    let prefix = terms.measure.map { $0 + "." } ?? ""
    value = try periods.numbers(prefix + "value")
    quota = try periods.numbers(prefix + "quota")
  }

  /// Whether the attainment has reached the gate; no quota is an attainment of 0, a quota of 0 any.
  func isOpen(_ row: Int) throws(CalculationFault) -> Bool {
    if quota.isMissing(row) { return terms.atLeast <= .zero }
    if quota.values[row] == 0 { return true }
    do {
      return try quota.decimal(row).multiplied(by: terms.atLeast) <= value.decimal(row)
    } catch {
      throw Exact.tooLarge
    }
  }

  /// Why the gate is closed, in words.
  func words(_ row: Int) -> String {
    "gate closed: \(attainment(row)) is below \(StepText.percent(terms.atLeast))"
  }

  private func attainment(_ row: Int) -> String {
    guard !quota.isMissing(row), quota.values[row] != 0,
      let ratio = try? value.decimal(row).divided(by: quota.decimal(row), places: 4, .floor)
    else { return "attainment without a quota" }
    return "attainment \(StepText.percent(ratio))"
  }
}
