package import Diagnostics
import Engine
package import JSONCore
package import Money
import PlanModel
import Reports
package import Sessions

/// What two plans pay on the same data, payee by payee: who is better off, who worse, and by how much.
package struct PayDifference: Sendable {
  /// What a payee gets by each plan, over all periods.
  package struct Payee: Sendable {
    package let id: String
    package let name: String
    package let before: ExactDecimal
    package let after: ExactDecimal
    package let difference: ExactDecimal
  }

  /// All payees of either plan: those whose pay changes most first, equal ones by their ids.
  package let payees: [Payee]
  package let before: ExactDecimal
  package let after: ExactDecimal
  private let currency: String
  private let places: Int

  /// Compares two runs; a fault when their amounts are in two currencies, or when one of them has no total.
  package init(_ before: RunOutcome, _ after: RunOutcome) throws(Diagnostic) {
    let (old, new) = (before.result.data.plan.currency, after.result.data.plan.currency)
    guard old.code == new.code else {
      throw Diagnostic(
        .currencyMismatch, .error, "the plans pay in \(old.code) and \(new.code): amounts cannot be compared",
        at: .source(after.result.data.plan.name.span))
    }
    (currency, places) = (old.code, old.places)
    let (paid, pays) = (try Self.pay(before), try Self.pay(after))
    self.before = try Self.sum(paid.values.map(\.amount))
    self.after = try Self.sum(pays.values.map(\.amount))
    var payees: [Payee] = []
    for id in Set(paid.keys).union(pays.keys) {
      let (one, other) = (paid[id]?.amount ?? .zero, pays[id]?.amount ?? .zero)
      payees.append(
        Payee(
          id: id, name: pays[id]?.name ?? paid[id]?.name ?? id, before: one, after: other,
          difference: try Self.sum([other, one.negated])))
    }
    self.payees = payees.sorted {
      let (one, other) = (Self.size($0.difference), Self.size($1.difference))
      return one == other ? $0.id < $1.id : other < one
    }
  }

  private static func pay(_ outcome: RunOutcome) throws(Diagnostic) -> [String: (
    name: String, amount: ExactDecimal
  )] {
    let people = outcome.result.data.people
    let statements = StatementReport(outcome.result)
    var pay: [String: (name: String, amount: ExactDecimal)] = [:]
    for payee in 0..<people.count {
      guard let amount = statements.totals(payee: payee).money else {
        throw Diagnostic(
          .componentSkipped, .error, "a component failed, so that nobody's total is known",
          at: .source(outcome.result.data.plan.name.span))
      }
      pay[people.ids[payee]] = (people.names[payee], amount)
    }
    return pay
  }

  private static func sum(_ amounts: [ExactDecimal]) throws(Diagnostic) -> ExactDecimal {
    do {
      var sum = ExactDecimal.zero
      for amount in amounts { sum = try sum.adding(amount) }
      return sum
    } catch {
      throw Diagnostic(
        .arithmeticOverflow, .error, "the totals are too large to add up", at: nil as Location?)
    }
  }

  private static func size(_ amount: ExactDecimal) -> ExactDecimal {
    amount < .zero ? amount.negated : amount
  }

  /// Those whose pay changes.
  package var changed: [Payee] { payees.filter { !$0.difference.isZero } }

  // MARK: Words

  /// A table of those whose pay changes, and a summary.
  package var text: String {
    var text = ""
    if !changed.isEmpty {
      text +=
        TextTable(
          Report(
            headings: ["payee", "name", "before", "after", "difference"],
            isFigure: [false, false, true, true, true],
            rows: changed.map { payee in
              [
                .text(payee.id), .text(payee.name), .number(payee.before), .number(payee.after),
                .text(signed(payee.difference)),
              ]
            })
        ).text
    }
    let better = payees.filter { $0.difference > .zero }
    let worse = payees.filter { $0.difference < .zero }
    let difference = (try? after.subtracting(before)).map { signed($0) } ?? ""
    text += "\(better.count) better off\(by(better)), \(worse.count) worse off\(by(worse)), "
    text += "\(payees.count - better.count - worse.count) as before\n"
    text += "total \(shown(before)) → \(shown(after)) \(currency) (\(difference))\n"
    return text
  }

  private func by(_ payees: [Payee]) -> String {
    guard !payees.isEmpty, let sum = try? Self.sum(payees.map { Self.size($0.difference) }) else { return "" }
    return " by \(shown(sum))"
  }

  private func shown(_ amount: ExactDecimal) -> String { amount.padded(to: places).grouped }
  private func signed(_ amount: ExactDecimal) -> String { (amount > .zero ? "+" : "") + shown(amount) }

  /// The same for programs; amounts are strings.
  package var json: JSONValue {
    [
      "currency": .string(currency), "before": .string(before.description),
      "after": .string(after.description),
      "better": .number(payees.count { $0.difference > .zero }),
      "worse": .number(payees.count { $0.difference < .zero }),
      "payees": .array(
        changed.map { payee in
          [
            "payee": .string(payee.id), "name": .string(payee.name),
            "before": .string(payee.before.description),
            "after": .string(payee.after.description), "difference": .string(payee.difference.description),
          ]
        }),
    ]
  }
}
