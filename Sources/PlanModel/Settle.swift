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

    package var isCap: Bool { if case .cap = kind { true } else { false } }

    /// The components that the step names, for what it looks at and for what was paid.
    package var allComponents: [Named] {
      guard case .clawback(let clawback) = kind, case .lines(let source) = clawback.paid else {
        return components
      }
      return components + source.components
    }
  }

  package enum Kind: Sendable {
    /// Cuts what is above an amount: 12,000.00 at a cap of 10,000.00 loses 2,000.00.
    case cap(Cap)
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

  package struct Cap: Sendable {
    package let amount: Amount
    /// The window that is capped as a whole; nil for each period.
    package let window: Grain?

    package init(amount: Amount, window: Grain?) { (self.amount, self.window) = (amount, window) }
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
    /// Columns: the payee, the day on which it is owed, the day of the sale (nil for the line's own).
    package let person: String
    package let date: String
    package let since: String?
    package let paid: Paid
    /// The column with the share of the deal that fell through; nil for all of it.
    package let part: String?
    /// The column with the day on which it was put right, and what was taken is given back.
    package let back: String?
    package let share: Share
    package let rounding: Rounding

    package init(
      table: String, person: String, date: String, since: String?, paid: Paid, part: String?, back: String?,
      share: Share, rounding: Rounding
    ) {
      (self.table, self.person, self.date, self.since) = (table, person, date, since)
      (self.paid, self.part, self.back) = (paid, part, back)
      (self.share, self.rounding) = (share, rounding)
    }
  }

  /// Where it stands what was paid on a deal that fell through.
  package enum Paid: Sendable {
    /// In a column of the clawback's table.
    case column(String)
    /// What the run's own components earned on the deal.
    case lines(PaidLines)
  }

  package struct PaidLines: Sendable {
    /// The column of the clawback's table with the deal's id.
    package let row: String
    package let components: [Named]
    package let earlier: EarlierLines?

    package init(row: String, components: [Named], earlier: EarlierLines?) {
      (self.row, self.components, self.earlier) = (row, components, earlier)
    }
  }

  /// The lines of earlier runs: a table, and its columns.
  package struct EarlierLines: Sendable {
    package let table: String
    package let person: String
    package let row: String
    package let date: String
    package let amount: String

    package init(table: String, person: String, row: String, date: String, amount: String) {
      (self.table, self.person, self.row, self.date, self.amount) = (table, person, row, date, amount)
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
    /// Each period's part is taken in periods that begin so many days after its last day, or later; nil for at once.
    package let after: Int?
    /// The most that is taken in a period: an amount, and a share of what the step looks at.
    package let most: ExactDecimal?
    package let share: ExactDecimal?
    /// Pay is not brought below this.
    package let floor: ExactDecimal

    package init(
      from: CalendarDate? = nil, after: Int? = nil, most: ExactDecimal? = nil, share: ExactDecimal? = nil,
      floor: ExactDecimal = .zero
    ) {
      (self.from, self.after, self.most, self.share, self.floor) = (from, after, most, share, floor)
    }
  }
}
