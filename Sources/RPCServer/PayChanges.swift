import Engine
import JSONCore
import Money
import PlanCalendar
import PlanModel
import Reports

/// How the money that people get differs between two runs, as far as a role sees both.
///
/// Worked number: 12,000.00 at 10% and then at 12% is 1,200.00 and 1,440.00, a difference of 240.00.
struct PayChanges {
  /// An amount before and after; nil where a component failed.
  struct Amounts {
    var before: ExactDecimal? = .zero
    var after: ExactDecimal? = .zero
    var difference: ExactDecimal? {
      before.flatMap { before in after.flatMap { try? $0.subtracting(before) } }
    }
  }

  struct Row {
    let payee: String
    let name: String
    var amounts = Amounts()

    var json: JSONValue {
      [
        "payee": .string(payee), "name": .string(name), "before": amounts.before.json,
        "after": amounts.after.json, "difference": amounts.difference.json,
      ]
    }
  }

  /// Everybody, by id.
  let all: [Row]
  /// What all of them get together.
  let totals: Amounts
  /// Those who get more or less, or of whom that is not known: the largest gain first, the largest loss last; of
  /// equals, by id.
  let changed: [Row]
  let better: Int
  let worse: Int
  let same: Int

  /// The changes of one payee or all, told apart by id, in one period or all.
  init(from old: Sight, to new: Sight, payee: String?, period: String?) {
    var rows: [String: Row] = [:]
    var totals = Amounts()
    func add(_ sight: Sight, _ member: WritableKeyPath<Amounts, ExactDecimal?>) {
      let data = sight.result.data
      let place = period.flatMap { label in data.plan.calendar.periods.firstIndex { $0.label == label } }
      if period != nil, place == nil { return }
      let report = StatementReport(sight.result)
      for number in sight.payees where payee == nil || data.people.ids[number] == payee {
        let id = data.people.ids[number]
        let money = report.totals(places: sight.places(payee: number, period: place)).money
        rows[id, default: Row(payee: id, name: data.people.names[number])].amounts[keyPath: member] = money
        let sum = totals[keyPath: member]
        totals[keyPath: member] = sum.flatMap { sum in money.flatMap { try? sum.adding($0) } }
      }
    }
    add(old, \.before)
    add(new, \.after)
    self.totals = totals
    all = rows.values.sorted { $0.payee < $1.payee }
    let zero = ExactDecimal.zero
    changed = all.filter { $0.amounts.difference.map { !$0.isZero } ?? true }.sorted { a, b in
      let (first, second) = (a.amounts.difference ?? zero, b.amounts.difference ?? zero)
      return first == second ? a.payee < b.payee : first > second
    }
    better = all.filter { $0.amounts.difference.map { $0 > zero } ?? false }.count
    worse = all.filter { $0.amounts.difference.map { $0 < zero } ?? false }.count
    same = all.count - changed.count
  }
}
