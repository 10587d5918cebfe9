package import Money
package import PlanCalendar

/// How what a payee earned in a period becomes payable, and then paid: steps that are taken in order.
package struct Settle: Sendable {
  /// The steps, in the order in which they are taken.
  package let steps: [Step]
  /// The table of balances that earlier runs left; nil where everything begins at nothing.
  package let opening: Named?

  /// The currencies in which people are paid; nil for the plan's own.
  package let payIn: PayCurrency?

  package init(steps: [Step], opening: Named?, payIn: PayCurrency? = nil) {
    (self.steps, self.opening, self.payIn) = (steps, opening, payIn)
  }

  /// The columns of a table of balances, and of `balances.csv`.
  package static let balanceColumns = ["payee", "step", "due", "amount"]

  package struct Step: Sendable {
    package let name: Named
    package let kind: Kind
    /// The components of which the step looks at the earnings; none for all that is left of the pay.
    package let components: [Named]
    /// How what is owed is taken back; steps that owe nothing have none.
    package let recovery: Recovery

    package init(name: Named, kind: Kind, components: [Named], recovery: Recovery) {
      (self.name, self.kind, self.components, self.recovery) = (name, kind, components, recovery)
    }
  }

  package enum Kind: Sendable {
    /// Cuts what is above an amount a period: 12,000.00 at a cap of 10,000.00 loses 2,000.00.
    case cap(Amount)
    /// Pays ahead of earnings, or up to an amount.
    case draw(Draw)
    /// Takes back what was paid on deals that fell through.
    case clawback(Clawback)
    /// Keeps back a share, and pays it later.
    case holdback(Holdback)
    /// Pays nothing where pay is below zero, and sets that against later pay.
    case carry
  }

  /// An amount a period: the same for all, or a payee's attribute on the period's last day.
  package enum Amount: Sendable {
    case fixed(ExactDecimal)
    case attribute(String)
  }

  package struct Draw: Sendable {
    /// What the draw pays.
    package enum Payment: String, Sendable, CaseIterable {
      /// What is missing: 1,000.00 on earnings of 2,000.00 with a draw of 3,000.00.
      case topUp = "top_up"
      /// The whole amount, whatever was earned.
      case advance
    }

    package let amount: Amount
    package let payment: Payment
    /// Whether it is owed: a draw that is not is a guarantee.
    package let isRecoverable: Bool
    /// The periods that begin from the one day to the other have it.
    package let from: CalendarDate?
    package let to: CalendarDate?

    package init(
      amount: Amount, payment: Payment, isRecoverable: Bool, from: CalendarDate?, to: CalendarDate?
    ) {
      (self.amount, self.payment, self.isRecoverable) = (amount, payment, isRecoverable)
      (self.from, self.to) = (from, to)
    }
  }

  package struct Clawback: Sendable {
    /// How much of what was paid is owed, by the days from the sale to its end.
    package enum Share: Sendable {
      /// The share of the first band that reaches as far as the days; nothing beyond the last.
      case bands([(within: Int, share: ExactDecimal)])
      /// The part of so many days that is left: 265/365 after 100 days.
      case proRata(days: Int)
    }

    package let table: String
    /// Columns: the payee, the day on which it is owed, the day of the sale, what was paid.
    package let person: String
    package let date: String
    package let since: String
    package let paid: String
    package let share: Share
    package let rounding: Rounding

    package init(
      table: String, person: String, date: String, since: String, paid: String, share: Share,
      rounding: Rounding
    ) {
      (self.table, self.person, self.date, self.since) = (table, person, date, since)
      (self.paid, self.share, self.rounding) = (paid, share, rounding)
    }
  }

  package struct Holdback: Sendable {
    package let share: ExactDecimal
    /// How many days after the period's last day it falls due.
    package let releaseAfter: Int
    package let rounding: Rounding

    package init(share: ExactDecimal, releaseAfter: Int, rounding: Rounding) {
      (self.share, self.releaseAfter, self.rounding) = (share, releaseAfter, rounding)
    }
  }

  /// How what is owed is taken from later pay.
  package struct Recovery: Sendable {
    /// Nothing is taken in periods that begin before.
    package let from: CalendarDate?
    /// The most that is taken in a period.
    package let most: ExactDecimal?
    /// Pay is not brought below this.
    package let floor: ExactDecimal

    package init(from: CalendarDate? = nil, most: ExactDecimal? = nil, floor: ExactDecimal = .zero) {
      (self.from, self.most, self.floor) = (from, most, floor)
    }
  }
}
