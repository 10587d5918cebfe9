import ModuleKit
import ModuleProtocol
import Money

/// How far somebody has come.
enum Reached {
  /// Without a quota nothing is attained, and nothing is paid.
  case nothing
  /// With a quota of zero that is passed, everything.
  case beyond
  /// A share of the quota, or the figure itself.
  case exactly(ExactFraction)
}

/// A figure of the periods: a measure over its quota, the measure itself, or a number of the payee.
struct BonusFigure {
  enum Kind {
    /// Of a measure, over its quota; nil for the component's own measure.
    case attainment(String?)
    /// What a measure has come to in its window; nil for the component's own measure.
    case value(String?)
    /// A number of the payee.
    case column(String)
  }

  let kind: Kind
  let pointer: String

  var needs: [ColumnNeeds.Need] {
    func head(_ measure: String?) -> String { measure.map { $0 + "." } ?? "" }
    switch kind {
    case .attainment(let measure):
      return ["value", "quota"].map { ColumnNeeds.Need(head(measure) + $0, .number, at: pointer) }
    case .value(let measure): return [ColumnNeeds.Need(head(measure) + "value", .number, at: pointer)]
    case .column(let name): return [ColumnNeeds.Need(name, .number, at: pointer)]
    }
  }

  /// The figure in the rows of the periods.
  func over(_ periods: Frame) throws(CalculationFault) -> Rows {
    func head(_ measure: String?) -> String { measure.map { $0 + "." } ?? "" }
    switch kind {
    case .attainment(let measure):
      return Rows(
        value: try periods.numbers(head(measure) + "value"),
        quota: try periods.numbers(head(measure) + "quota"))
    case .value(let measure): return Rows(value: try periods.numbers(head(measure) + "value"), quota: nil)
    case .column(let name): return Rows(value: try periods.numbers(name), quota: nil)
    }
  }

  /// The cells of a figure.
  struct Rows {
    let value: NumberColumn
    let quota: NumberColumn?

    subscript(row: Int) -> Reached { get throws(CalculationFault) { try together([row]) } }

    /// The figures of several rows together: the sum of the values over the sum of the quotas.
    func together(_ rows: [Int]) throws(CalculationFault) -> Reached {
      func sum(_ column: NumberColumn) -> ExactDecimal? {
        let known = rows.filter { !column.isMissing($0) }
        if known.isEmpty { return nil }
        return ExactDecimal(
          coefficient: known.reduce(Int128(0)) { $0 + Int128(column.values[$1]) }, scale: column.places)
      }
      guard let reached = sum(value) else { return .nothing }
      guard let quota else { return .exactly(ExactFraction(reached)) }
      guard let base = sum(quota) else { return .nothing }
      if base <= .zero { return .beyond }
      guard let share = try? ExactFraction(reached).divided(by: ExactFraction(base)) else { throw .tooLarge }
      return .exactly(share)
    }
  }

  /// What was reached in words: `attainment 95%`, or the figure.
  func words(_ reached: Reached) -> String {
    switch (reached, kind) {
    case (.exactly(let share), .attainment):
      // Cut and not rounded, so that a cent short of the quota does not read 100%.
      let shown = try? share.rounded(to: 4, .floor)
      return "attainment \(shown.map { StepText.percent($0) } ?? "")"
    case (.exactly(let number), _):
      return (try? number.rounded(to: 4, .halfEven)).map { StepText.amount($0.normalized) } ?? "a figure"
    case (.nothing, .attainment), (.beyond, _): return "attainment without a quota"
    case (.nothing, _): return "no figure"
    }
  }
}
