package import Diagnostics
package import Engine
package import JSONCore
package import Money
import PlanCalendar
import PlanModel

/// The money that people get by a run, as far as it is looked at.
package struct Pay: Sendable {
  /// What one of them gets; nil where a component failed, so that it is not known.
  package struct Payee: Sendable {
    package let id: String
    package let name: String
    package let amount: ExactDecimal?
  }

  package let payees: [Payee]
  fileprivate let currency: Currency
  fileprivate let plan: Location

  /// The pay of these payees, each over these places, which are counted as those of `StatementReport`.
  package init(_ result: RunResult, payees: some Sequence<Int>, places: (Int) -> [Int32]) {
    let (people, statements) = (result.data.people, StatementReport(result))
    self.payees = payees.map { payee in
      Payee(
        id: people.ids[payee], name: people.names[payee],
        amount: statements.totals(places: places(payee)).money)
    }
    (currency, plan) = (result.data.plan.currency, .source(result.data.plan.name.span))
  }

  /// The pay of everybody in the period of this label, or in all; of nobody where there is no such period.
  package init(_ result: RunResult, period label: String? = nil) {
    let periods = result.data.plan.calendar.periods
    let wanted =
      label.map { label in
        periods.firstIndex { $0.label == label }.map { $0..<$0 + 1 } ?? 0..<0
      } ?? result.periods
    self.init(result, payees: wanted.isEmpty ? 0..<0 : 0..<result.data.people.count) { payee in
      wanted.map { Int32(payee * periods.count + $0) }
    }
  }
}

/// What people get by two runs, told apart by their ids: who gets more, who less, and by how much.
///
/// Worked number: 12,000.00 at 10% and then at 12% is 1,200.00 and 1,440.00, a difference of 240.00.
package struct PayDifference: Sendable {
  /// An amount by each run; nil where a component failed, so that it is not known.
  package struct Amounts: Sendable {
    package fileprivate(set) var before: ExactDecimal? = .zero
    package fileprivate(set) var after: ExactDecimal? = .zero

    package var difference: ExactDecimal? {
      before.flatMap { before in after.flatMap { try? $0.subtracting(before) } }
    }

    fileprivate var size: ExactDecimal { difference.map { $0 < .zero ? $0.negated : $0 } ?? .zero }
  }

  /// What one person gets by each.
  package struct Payee: Sendable {
    package let id: String
    /// The later name, where it changed.
    package fileprivate(set) var name: String
    package fileprivate(set) var amounts = Amounts()
  }

  /// All payees of either run: those whose pay changes most first, equal ones by their ids.
  package let payees: [Payee]
  /// What all of them get together.
  package let totals: Amounts
  private let currency: Currency

  /// Compares two runs; a fault when their amounts are in two currencies.
  package init(from old: Pay, to new: Pay) throws(Diagnostic) {
    guard old.currency.code == new.currency.code else {
      throw Diagnostic(
        .currencyMismatch, .error,
        "the plans pay in \(old.currency.code) and \(new.currency.code): amounts cannot be compared",
        at: new.plan)
    }
    var payees: [String: Payee] = [:]
    var totals = Amounts()
    for (pay, member) in [(old, \Amounts.before), (new, \Amounts.after)] {
      for payee in pay.payees {
        var own = payees[payee.id] ?? Payee(id: payee.id, name: payee.name)
        (own.name, own.amounts[keyPath: member]) = (payee.name, payee.amount)
        payees[payee.id] = own
        totals[keyPath: member] = Self.sum(totals[keyPath: member], payee.amount)
      }
    }
    self.payees = payees.values.sorted { one, other in
      let (first, second) = (one.amounts.size, other.amounts.size)
      return first == second ? one.id < other.id : second < first
    }
    (self.totals, currency) = (totals, new.currency)
  }

  private static func sum(_ one: ExactDecimal?, _ other: ExactDecimal?) -> ExactDecimal? {
    one.flatMap { one in other.flatMap { try? one.adding($0) } }
  }

  /// Whether everybody's difference is known.
  package var isKnown: Bool { payees.allSatisfy { $0.amounts.difference != nil } }
  /// Those who get more, the largest gain first.
  package var better: [Payee] { payees.filter { $0.amounts.difference.map { $0 > .zero } ?? false } }
  /// Those who get less, the largest loss first.
  package var worse: [Payee] { payees.filter { $0.amounts.difference.map { $0 < .zero } ?? false } }
  /// Those whose pay changes, or of whom that is not known.
  package var changed: [Payee] { payees.filter { $0.amounts.difference.map { !$0.isZero } ?? true } }
  /// How many get the same.
  package var same: Int { payees.count - changed.count }

  // MARK: Words

  /// A table of those whose pay changes, and a summary.
  package var text: String {
    var text = ""
    let changed = changed
    if !changed.isEmpty {
      let report = Report(
        headings: ["payee", "name", "before", "after", "difference"],
        isFigure: [false, false, true, true, true],
        rows: changed.map { payee in
          let amounts = payee.amounts
          return [
            .text(payee.id), .text(payee.name), .text(shown(amounts.before)), .text(shown(amounts.after)),
            .text(signed(amounts.difference)),
          ]
        })
      text += TextTable(report).text
    }
    let (better, worse) = (better, worse)
    text +=
      "\(better.count) better off\(by(better)), \(worse.count) worse off\(by(worse)), \(same) as before\n"
    return text + "total \(shown(totals.before)) → \(shown(totals.after)) \(currency.code)"
      + " (\(signed(totals.difference)))\n"
  }

  private func by(_ payees: [Payee]) -> String {
    let sum = payees.reduce(ExactDecimal.zero as ExactDecimal?) { Self.sum($0, $1.amounts.size) }
    return payees.isEmpty ? "" : " by \(shown(sum))"
  }

  private func shown(_ amount: ExactDecimal?) -> String {
    amount.map { $0.padded(to: currency.places).grouped } ?? "unknown"
  }

  private func signed(_ amount: ExactDecimal?) -> String {
    (amount.map { $0 > .zero } ?? false ? "+" : "") + shown(amount)
  }

  // MARK: JSON

  /// The sums, and how many get more, less and the same, for programs; amounts are strings.
  package var facts: JSONObject {
    var facts = totals.json
    (facts["better"], facts["worse"]) = (.number(better.count), .number(worse.count))
    facts["same"] = .number(same)
    return JSONObject([("currency", .string(currency.code))] + facts.members.map { ($0.key, $0.value) })
  }

  /// The facts, and those whose pay changes.
  package var json: JSONValue {
    var facts = facts
    facts["payees"] = .array(changed.map(\.json))
    return .object(facts)
  }
}

extension PayDifference.Amounts {
  fileprivate var json: JSONObject {
    func word(_ amount: ExactDecimal?) -> JSONValue { amount.map { .string($0.description) } ?? .null }
    return JSONObject([
      ("before", word(before)), ("after", word(after)), ("difference", word(difference)),
    ])
  }
}

extension PayDifference.Payee {
  /// The payee for programs; amounts are strings, null where they are not known.
  package var json: JSONValue {
    .object(
      JSONObject(
        [("payee", .string(id)), ("name", .string(name))] + amounts.json.members.map { ($0.key, $0.value) }))
  }
}
