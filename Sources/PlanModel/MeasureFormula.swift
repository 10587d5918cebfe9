package import Expressions
package import Money

/// A figure that is made of those of other measures of the same payee and period.
///
/// The formula names a measure for what it came to, and `NAME.quota`, `NAME.previous` and `NAME.year_before`.
/// Worked number: with `bookings / bookings.year_before - 1` 120,000 after 100,000 a year before is 0.2.
package struct MeasureFormula: Sendable, Equatable {
  /// What a formula may name of a measure, beside the figure itself.
  package enum Part: String, Sendable, CaseIterable {
    case quota
    /// The figure at the same place in the measure's window before.
    case previous
    /// The figure at the same place in the fiscal year before.
    case yearBefore = "year_before"
  }

  package let expression: Expression
  /// Digits after the point, to which the figure is rounded once.
  package let places: Int
  package let rounding: RoundingMode
  /// The figure where the formula has none: something that it names is not there, or it divides by zero.
  package let none: ExactDecimal

  package init(expression: Expression, places: Int, rounding: RoundingMode, none: ExactDecimal) {
    (self.expression, self.places, self.rounding, self.none) = (expression, places, rounding, none)
  }

  /// The names of the measures that an expression names.
  package static func measures(in expression: Expression) -> [String] {
    let owners = expression.columns.map { String($0.prefix { $0 != "." }) }
    return Set(owners).subtracting(["payee", "period"]).sorted()
  }
}

extension Measure {
  /// The names of the measures that its formula looks at.
  package var parts: [String] {
    guard case .formula(let formula) = total else { return [] }
    return MeasureFormula.measures(in: formula.expression)
  }
}

extension [Measure] {
  /// The measures with these names, and all that they are made of.
  package func whole(_ names: [String]) -> [Measure] {
    var found: Set<String> = []
    var waiting = names
    while let name = waiting.popLast() {
      guard found.insert(name).inserted, let measure = first(where: { $0.name.text == name }) else {
        continue
      }
      waiting += measure.parts
    }
    return filter { found.contains($0.name.text) }
  }
}
