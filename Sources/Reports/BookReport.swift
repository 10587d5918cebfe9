package import Engine
package import Money
import PlanCalendar
import PlanModel

/// The statements of a book: a row a payee and period, with what each plan pays.
package struct BookReport: Sendable {
  /// A plan's version, what it came to, and who was in it.
  package struct Part: Sendable {
    package let plan: String
    package let result: RunResult
    package let membership: Membership

    package init(plan: String, result: RunResult, membership: Membership) {
      (self.plan, self.result, self.membership) = (plan, result, membership)
    }

    /// What is paid in money at a place; nil where a component failed.
    func money(_ place: Int) -> ExactDecimal? {
      if let settlement = result.settlement { return settlement.decimal(settlement.paid[place]) }
      var sum = ExactDecimal.zero
      for component in result.components where component.unit == nil {
        guard let figures = component.figures,
          let next = try? sum.adding(
            ExactDecimal(coefficient: Int128(figures.total[place]), scale: figures.places))
        else { return nil }
        sum = next
      }
      return sum
    }
  }

  private struct Row {
    let payee: String
    let name: String
    let period: Period
    /// By plan; a plan that somebody is not in, and that pays nothing, has no entry.
    var amounts: [String: ExactDecimal?] = [:]
  }

  private let plans: [String]
  private let places: Int
  private let rows: [Row]

  /// The rows of all payees in all periods, or of one payee, or of the periods with one label.
  package init(_ parts: [Part], payee: String? = nil, period: String? = nil) {
    var plans: [String] = []
    var rows: [String: Row] = [:]
    for part in parts {
      if !plans.contains(part.plan) { plans.append(part.plan) }
      let data = part.result.data
      let count = data.plan.calendar.periods.count
      for index in data.people.ids.indices where payee == nil || data.people.ids[index] == payee {
        for number in part.result.periods {
          let held = data.plan.calendar.periods[number]
          if let period, held.label != period { continue }
          let amount = part.money(index * count + number)
          if amount?.isZero ?? false, !part.membership.holds(index, in: held) { continue }
          let key = "\(data.people.ids[index])\n\(held.label)\n\(held.start)"
          var row =
            rows[key] ?? Row(payee: data.people.ids[index], name: data.people.names[index], period: held)
          let before = row.amounts[part.plan] ?? .some(.zero)
          row.amounts[part.plan] = before.flatMap { sum in amount.flatMap { try? sum.adding($0) } }
          rows[key] = row
        }
      }
    }
    self.plans = plans
    places = parts.first?.result.data.plan.currency.places ?? 0
    self.rows = rows.values.sorted {
      if $0.payee != $1.payee { return $0.payee.utf8.lexicographicallyPrecedes($1.payee.utf8) }
      return ($0.period.end, $0.period.start) < ($1.period.end, $1.period.start)
    }
  }

  /// The rows with a column a plan, empty where somebody is not in it, and their total.
  package var report: Report {
    let cells = rows.map { row -> [Cell] in
      let amounts = plans.map { plan -> Cell in
        guard let amount = row.amounts[plan], let amount else { return .empty }
        return cell(amount)
      }
      return [.text(row.payee), .text(row.name), .text(row.period.label)] + amounts
        + [Self.sum(row.amounts.values.map(\.self)).map { cell($0) } ?? .empty]
    }
    return Report(
      headings: ["payee", "name", "period"] + plans + ["total"],
      isFigure: [false, false, false] + plans.map { _ in true } + [true], rows: cells)
  }

  /// All that is paid; nil where a plan has failed.
  package var total: ExactDecimal? {
    Self.sum(rows.flatMap { $0.amounts.values.map(\.self) })
  }

  private func cell(_ amount: ExactDecimal) -> Cell {
    guard amount.scale < places, let digits = try? amount.rescaled(to: places, rounding: .halfEven) else {
      return .number(amount)
    }
    return .number(ExactDecimal(coefficient: digits, scale: places))
  }

  private static func sum(_ amounts: [ExactDecimal?]) -> ExactDecimal? {
    amounts.reduce(.zero) { sum, amount in
      guard let sum, let amount else { return nil }
      return try? sum.adding(amount)
    }
  }
}
