package import Expressions
package import Money

/// Who gets credit for what: from rows of a table, or passed on to managers.
package struct CreditRule: Sendable {
  package enum Source: Sendable, Equatable {
    case rows(RowCredit)
    case rollUp(RollUp)
  }

  package let name: Named
  package let source: Source

  package init(name: Named, source: Source) {
    self.name = name
    self.source = source
  }
}

/// Credit for rows of a table: the whole amount to the owner, or shares to the people of a split.
package struct RowCredit: Sendable, Equatable {
  package let table: String
  /// The column that names the row, unique in the table.
  package let id: String
  package let date: String
  package let amount: String
  /// Who owns a row: the ways to find them, in order.
  package let recipients: [Recipient]
  /// Only rows for which this holds are credited.
  package let condition: Expression?
  package let split: Split?
  package let conversion: Conversion?
  /// Where conversion and splitting round, and the places of every credited amount.
  package let rounding: Rounding

  package init(
    table: String, id: String, date: String, amount: String, recipients: [Recipient],
    condition: Expression?, split: Split?, conversion: Conversion?, rounding: Rounding
  ) {
    self.table = table
    self.id = id
    self.date = date
    self.amount = amount
    self.recipients = recipients
    self.condition = condition
    self.split = split
    self.conversion = conversion
    self.rounding = rounding
  }

  /// The tables that it reads: those of the rows, the territories, the shares and the rates.
  package var tables: [String] {
    let territories = recipients.compactMap { recipient in
      if case .territory(let territory) = recipient.way { territory.table } else { nil }
    }
    return [table] + territories + (split.map { [$0.table] } ?? [])
      + (conversion.map { [$0.rates.table] } ?? [])
  }

  /// The first column that names owners, for faults of rows without one.
  package var ownerColumn: String? {
    recipients.lazy.compactMap { recipient in
      if case .column(let column) = recipient.way { column } else { nil }
    }.first
  }
}

/// Shares of a row's credit, which add up to 100 %, unless they stand side by side.
package struct Split: Sendable, Equatable {
  /// What each person of a shared row counts of a number that stands in it.
  package enum Quantity: String, Sendable, CaseIterable {
    /// Their share of it, exactly: of 10 units, 3.333 at 33.33 %.
    case share
    /// All of it.
    case full
  }

  /// Who gets the amount less what the others got after rounding.
  package enum Remainder: String, Sendable, CaseIterable {
    /// The row's owner, who must be one of the people.
    case owner
    /// The person with the largest share; of equals, the one whose id comes first.
    case largest
  }

  /// What the plan must state of a number that is counted on shared rows.
  package static func question(_ column: String, rule: String) -> String {
    "the split of credit rule `\(rule)` must state `quantities`: whether each person of a shared row counts all of "
      + "`\(column)` or their share"
  }

  /// How it is stated.
  package static func help(_ column: String) -> String {
    "write `quantities: {\(column): share}` or `{\(column): full}` in the split"
  }

  package let table: String
  package let row: String
  package let person: String
  package let percent: String
  /// Nil where the shares need not add up, as with overlays: each is rounded by itself.
  package let remainder: Remainder?
  /// For columns of numbers that are counted, like units: whether each person has a part of a row's number.
  package let quantities: [String: Quantity]

  package init(
    table: String, row: String, person: String, percent: String, remainder: Remainder?,
    quantities: [String: Quantity] = [:]
  ) {
    self.quantities = quantities
    self.table = table
    self.row = row
    self.person = person
    self.percent = percent
    self.remainder = remainder
  }
}

/// Conversion of a row's amount to the plan's currency, at a rate of the row's day or of another time.
package struct Conversion: Sendable, Equatable {
  /// The column of the row's table with the amount's currency.
  package let currency: String
  package let rates: RateTable

  package init(currency: String, rates: RateTable) { (self.currency, self.rates) = (currency, rates) }
}

/// Credit passed on to the managers as of each line's date.
package struct RollUp: Sendable, Equatable {
  package enum Origin: Sendable, Equatable {
    /// The lines of another credit rule.
    case credits(String)
    /// What a component paid.
    case earnings(String)
  }

  package let origin: Origin
  /// How many managers up; nil for all.
  package let levels: Int?
  /// What part each level gets, from the nearest manager up; empty where each gets the whole.
  package let shares: [ExactDecimal]

  package init(origin: Origin, levels: Int?, shares: [ExactDecimal] = []) {
    self.origin = origin
    self.levels = levels
    self.shares = shares
  }
}
