import ModuleKit
import ModuleProtocol
import Money

/// A figure of a period that must be reached.
struct Condition {
  enum Figure {
    /// A measure's figure over its quota.
    case attainment(String)
    /// What a measure came to in the period.
    case measure(String)
  }

  let figure: Figure
  let atLeast: ExactDecimal
  let pointer: String

  var needs: [ColumnNeeds.Need] {
    switch figure {
    case .attainment(let name):
      [.init(name + ".value", .number, at: pointer), .init(name + ".quota", .number, at: pointer)]
    case .measure(let name): [.init(name + ".in_period", .number, at: pointer)]
    }
  }

  /// Whether the figures of these rows together reach it: those of a payee's row, or of a team's rows.
  ///
  /// Without a quota, or with one of zero, nothing is attained.
  func holds(_ periods: Frame, rows: [Int]) throws(CalculationFault) -> Bool {
    do {
      switch figure {
      case .attainment(let name):
        let (value, quota) = (try periods.numbers(name + ".value"), try periods.numbers(name + ".quota"))
        let base = try Self.sum(quota, rows)
        return base > .zero ? try base.multiplied(by: atLeast) <= Self.sum(value, rows) : false
      case .measure(let name): return atLeast <= (try Self.sum(periods.numbers(name + ".in_period"), rows))
      }
    } catch let fault as CalculationFault {
      throw fault
    } catch {
      throw CalculationFault("a figure is too large")
    }
  }

  private static func sum(_ column: NumberColumn, _ rows: [Int]) throws(ArithmeticOverflow) -> ExactDecimal {
    var sum = ExactDecimal(coefficient: 0, scale: column.places)
    for row in rows where !column.isMissing(row) { sum = try sum.adding(column.decimal(row)) }
    return sum
  }

  /// The figure in words.
  var words: String {
    switch figure {
    case .attainment(let name): "\(StepText.percent(atLeast)) of the quota of \(name) reached"
    case .measure(let name): "\(StepText.amount(atLeast)) of \(name) reached"
    }
  }
}
