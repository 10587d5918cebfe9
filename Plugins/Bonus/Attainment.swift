import ModuleKit
import ModuleProtocol
import Money

/// The figures of a batch's periods against their quotas.
struct Attainment {
  private let value: NumberColumn
  private let quota: NumberColumn

  /// The figures of the component's own measure, or of another.
  init(_ periods: Frame, of measure: String? = nil) throws(CalculationFault) {
    let head = measure.map { $0 + "." } ?? ""
    value = try periods.numbers(head + "value")
    quota = try periods.numbers(head + "quota")
  }

  /// Whether the figure of a row has reached a share of its quota, compared without any division.
  func isAtLeast(_ share: ExactDecimal, _ row: Int) throws(CalculationFault) -> Bool {
    if quota.isMissing(row) { return share <= .zero }
    if quota.values[row] == 0 { return true }
    do {
      return try quota.decimal(row).multiplied(by: share) <= value.decimal(row)
    } catch {
      throw CalculationFault("a figure or a quota is too large")
    }
  }

  /// The figure and the quota of a row; nil without a quota, or with one of zero.
  func pair(_ row: Int) -> (value: ExactDecimal, base: ExactDecimal)? {
    quota.isMissing(row) || quota.values[row] <= 0 ? nil : (value.decimal(row), quota.decimal(row))
  }

  /// The attainment in words, to two digits of a percent.
  func text(_ row: Int) -> String {
    guard !quota.isMissing(row), quota.values[row] != 0,
      let ratio = try? value.decimal(row).divided(by: quota.decimal(row), places: 4, .floor)
    else { return "attainment without a quota" }
    return "attainment \(StepText.percent(ratio))"
  }
}
