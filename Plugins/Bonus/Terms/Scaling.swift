import ModuleKit
import ModuleProtocol
import Money

/// What every bonus may be multiplied by: factors, the ramp of the first months, the share of active days.
///
/// Worked number: 10,000 × 1.2 for the rating × 50 % in the first month × 15 of 30 days is 3,000.
struct Scaling {
  var factors: [Factor] = []
  var ramp: MonthShares?
  var proration: Proration?

  var needs: [ColumnNeeds.Need] {
    let days: [ColumnNeeds.Need] =
      ramp == nil && proration == nil ? [] : [.init("period.from", .date), .init("period.to", .date)]
    return days + factors.flatMap(\.needs) + (ramp.map { [$0.need] } ?? []) + (proration?.needs ?? [])
  }

  func over(_ periods: Frame) throws(CalculationFault) -> Rows {
    Rows(
      factors: try factors.map { factor throws(CalculationFault) in try factor.over(periods) },
      ramp: try ramp.map { ramp throws(CalculationFault) in try ramp.over(periods) },
      days: try proration.map { proration throws(CalculationFault) in try proration.days(periods) })
  }

  struct Rows {
    fileprivate let factors: [[(number: ExactFraction, words: String)]]
    fileprivate let ramp: [ExactDecimal?]?
    fileprivate let days: [Proration.Days]?

    /// The active days of these rows together, and all of them.
    func days(_ rows: ClosedRange<Int>) -> Proration.Days {
      guard let days else { return Proration.Days(active: 1, all: 1) }
      return rows.reduce(into: Proration.Days(active: 0, all: 0)) {
        $0.active += days[$1].active
        $0.all += days[$1].all
      }
    }

    /// The share of active days alone.
    func activeShare(_ rows: ClosedRange<Int>) throws(CalculationFault) -> ExactFraction {
      let days = days(rows)
      guard let share = try? ExactFraction(Int128(days.active), over: Int128(days.all)) else {
        throw .tooLarge
      }
      return share
    }

    /// The factor of what is paid in the last of these rows, for all of them, and its words: ` × 50%, 15 of 30 days`.
    func factor(
      _ rows: ClosedRange<Int>
    ) throws(CalculationFault) -> (number: ExactFraction, words: String) {
      var number = try activeShare(rows)
      var words = ""
      for factor in factors {
        number = try number * factor[rows.upperBound].number
        words += " × " + factor[rows.upperBound].words
      }
      if let share = ramp?[rows.upperBound] {
        number = try number * ExactFraction(share)
        words += " × \(StepText.percent(share)) of the ramp"
      }
      let days = days(rows)
      if days.active != days.all { words += ", \(days.active) of \(days.all) days" }
      return (number, words)
    }
  }
}
