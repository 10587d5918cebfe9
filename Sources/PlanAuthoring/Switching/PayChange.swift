import Diagnostics
import Engine
package import JSONCore
package import Money
package import Reports
package import Sessions

/// What payees get, in money, before a change of the plan and after it.
package struct PayChange: Sendable {
  /// One payee whose pay changes.
  package struct Payee: Sendable {
    package let id: String
    package let name: String
    package let before: ExactDecimal
    package let after: ExactDecimal
    package let difference: ExactDecimal
  }

  /// Those whose pay changes, by the size of the difference, then by id.
  package let payees: [Payee]
  package let before: ExactDecimal
  package let after: ExactDecimal

  /// The change between two runs over the same people; nil where one of them is not whole.
  package init?(from before: RunOutcome, to after: RunOutcome) {
    let (old, new) = (StatementReport(before.result), StatementReport(after.result))
    guard let oldTotal = old.totals().money, let newTotal = new.totals().money else { return nil }
    var payees: [Payee] = []
    let people = before.result.data.people
    for payee in 0..<people.count {
      guard let was = old.totals(payee: payee).money, let becomes = new.totals(payee: payee).money,
        let difference = try? becomes.subtracting(was)
      else { return nil }
      if difference.isZero { continue }
      payees.append(
        Payee(
          id: people.ids[payee], name: people.names[payee], before: was, after: becomes,
          difference: difference))
    }
    self.payees = payees.sorted { left, right in
      if left.difference.size == right.difference.size { return left.id < right.id }
      return right.difference.size < left.difference.size
    }
    (self.before, self.after) = (oldTotal, newTotal)
  }

  /// A table of the payees, and the totals in the last row.
  package var table: Report {
    let total = (try? after.subtracting(before)) ?? .zero
    func row(_ words: [String], _ amounts: [ExactDecimal]) -> [Cell] {
      words.map { .text($0) } + amounts.map { .number($0) }
    }
    return Report(
      headings: ["payee", "name", "before", "after", "difference"],
      isFigure: [false, false, true, true, true],
      rows: payees.map { row([$0.id, $0.name], [$0.before, $0.after, $0.difference]) }
        + [row(["total", ""], [before, after, total])])
  }

  package var json: JSONValue {
    [
      "payees": .array(
        payees.map { payee in
          [
            "payee": .string(payee.id), "before": .string(payee.before.description),
            "after": .string(payee.after.description), "difference": .string(payee.difference.description),
          ]
        }), "before": .string(before.description), "after": .string(after.description),
    ]
  }
}

extension ExactDecimal {
  fileprivate var size: ExactDecimal {
    ExactDecimal(coefficient: Int128(coefficient.magnitude), scale: scale)
  }
}
