import Diagnostics
import Engine
import JSONCore
import JSONRPC
import Money
import PlanCalendar
import PlanModel
import Reports
import Sessions

/// Which figures of a run a role sees: pairs of a payee and a period.
struct Sight {
  let role: Role
  let result: RunResult
  /// The number of the role's own person.
  let own: Int?
  private let count: Int

  init(_ role: Role, _ result: RunResult) throws(RPCError) {
    (self.role, self.result) = (role, result)
    count = result.data.plan.calendar.periods.count
    own = role.person.flatMap { result.data.people.finder.index(of: $0) }
    if let person = role.person, own == nil {
      throw RPCError(.forbidden, "the session is that of `\(person)`, who takes no part in this plan")
    }
  }

  /// Whether the figures of a payee's period are shown: a manager's people are those of the period's last day, or
  /// of the day as of which the run looked at the data, when that is earlier.
  func sees(payee: Int, period: Int) -> Bool {
    switch role {
    case .admin, .finance, .auditor: return true
    case .payee: return payee == own
    case .manager:
      guard let own, payee != own else { return payee == own }
      let last = result.data.plan.calendar.periods[period].lastDay
      let day = min(last.day, result.asOf?.day ?? last.day)
      return result.data.people.level(of: own, above: payee, day: day) != nil
    }
  }

  /// Whether any figures of a payee are shown.
  func sees(payee: Int) -> Bool { result.periods.contains { sees(payee: payee, period: $0) } }

  /// The payees of whom any figures are shown.
  var payees: [Int] {
    role.seesAll ? Array(0..<result.data.people.count) : (0..<result.data.people.count).filter(sees(payee:))
  }

  /// The places of all figures that are shown, of those asked for: payee by payee, period by period.
  func places(payee: Int?, period: Int?) -> [Int32] {
    let periods = period.map { $0..<$0 + 1 } ?? result.periods
    let payees = payee.map { $0..<$0 + 1 } ?? 0..<result.data.people.count
    return payees.flatMap { payee in
      periods.compactMap { sees(payee: payee, period: $0) ? Int32(payee * count + $0) : nil }
    }
  }

  /// The pay that the role sees: of one payee or all, told apart by id, in the period of this label or in all; of nobody
  /// where there is no such period.
  func pay(payee id: String?, period label: String?) -> Pay {
    let period = label.map { label in result.data.plan.calendar.periods.firstIndex { $0.label == label } }
    if case .some(nil) = period { return Pay(result, payees: []) { _ in [] } }
    let wanted = payees.filter { id == nil || result.data.people.ids[$0] == id }
    return Pay(result, payees: wanted) { places(payee: $0, period: period ?? nil) }
  }

  /// The facts of a run as the role may know them: all of `run.json`, or the figures that it sees and no counts,
  /// names or diagnostics, which tell of others.
  func manifest(_ outcome: RunOutcome, payee: Int?, period: Int?) -> JSONValue {
    if role.seesAll { return outcome.manifest(payee: payee, period: period) }
    let plan = result.data.plan
    let totals = StatementReport(result).totals(places: places(payee: payee, period: period))
    return [
      "state": outcome.isComplete ? "complete" : "incomplete",
      "plan": ["name": .string(plan.name.text), "currency": .string(plan.currency.code)],
      "asOf": result.asOf.map { .string($0.description) } ?? .null,
      "components": totals.componentsJSON, "total": totals.money.json, "totals": totals.unitsJSON,
    ]
  }
}

extension StatementReport.Totals {
  /// Each component with its unit and total.
  var componentsJSON: JSONValue {
    .array(
      components.map { ["name": .string($0.name), "unit": .string($0.unit), "total": $0.amount.json] })
  }

  /// The total of each unit.
  var unitsJSON: JSONValue { .object(JSONObject(units.map { ($0.unit, $0.amount.json) })) }
}

extension ExactDecimal? {
  /// An amount as a string; null for one that is not known.
  var json: JSONValue { map { .string($0.description) } ?? .null }
}
