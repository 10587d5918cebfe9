import ModuleKit
import ModuleProtocol
import Money

/// A factor on what was earned: a rating of the payee, what a table says of a grade, the result of the company.
struct Factor {
  enum Kind {
    /// A number of the payee, and what stands in for an empty cell.
    case column(String, ifNone: ExactDecimal)
    /// By a value of the payee.
    case table(by: String, keys: [String], factors: [ExactDecimal], otherwise: ExactDecimal)
    /// What a curve pays for what was reached.
    case reached(BonusFigure, Curve)
  }

  let kind: Kind
  let pointer: String

  var needs: [ColumnNeeds.Need] {
    switch kind {
    case .column(let name, _): [ColumnNeeds.Need(name, .number, at: pointer)]
    case .table(let name, _, _, _): [ColumnNeeds.Need(name, .key, at: pointer + "/by")]
    case .reached(let figure, _): figure.needs
    }
  }

  /// The factor of each row, with where it comes from in words.
  func over(_ periods: Frame) throws(CalculationFault) -> [(number: ExactFraction, words: String)] {
    switch kind {
    case .column(let name, let ifNone):
      let column = try periods.numbers(name)
      return column.values.indices.map { row in
        let number = column.isMissing(row) ? ifNone : column.decimal(row)
        return (ExactFraction(number), "\(StepText.amount(number.normalized)) by \(name)")
      }
    case .table(let name, let keys, let factors, let otherwise):
      let column = try periods.keys(name)
      let places = try column.places(in: keys)
      return column.codes.indices.map { row in
        let place = column.codes[row] < 0 ? nil : places[Int(column.codes[row])]
        let number = place.map { factors[$0] } ?? otherwise
        return (
          ExactFraction(number), "\(StepText.amount(number.normalized)) by \(column.name(row) ?? name)"
        )
      }
    case .reached(let figure, let curve):
      let rows = try figure.over(periods)
      return try (0..<periods.count).map { row throws(CalculationFault) in
        let reached = try rows[row]
        let number = try curve.payout(reached).pays
        return (number, "\(number.percent) for \(figure.words(reached))")
      }
    }
  }
}
