package import Money

/// What a payee is wanted to reach, from rows of a table.
package struct Quota: Sendable, Equatable {
  package enum Placement: Sendable, Equatable {
    /// A column of dates: the row belongs to the period that holds the day.
    case date(String)
    /// A column of period labels.
    case label(String)
  }

  /// Which quota a figure to date is held against.
  package enum Target: String, Sendable, CaseIterable {
    /// The quota of the whole window.
    case full
    /// The quota of the window's periods up to this one.
    case toDate = "to-date"
  }

  /// How a quota of zero, or none, is read.
  package enum Zero: String, Sendable, CaseIterable {
    /// Nothing is attained: 0 %, and amounts stay in the first band.
    case unmet
    /// Every amount lies beyond all bands; the attainment is shown as 0 %.
    case passed
  }

  /// Whose quota a row is.
  package enum Holder: Sendable, Equatable {
    /// The person's whose id stands in the column.
    case person(String)
    /// Everybody's whose attribute, on the period's last day, equals the column: quotas of roles or teams.
    case attribute(String, column: String)
  }

  /// What counts for somebody whose attribute changes within a period.
  package enum Change: String, Sendable, CaseIterable {
    /// The quota of what they are on its last day.
    case lastDay = "last-day"
    /// Each day's part of the quota of what they are on that day.
    case byDay = "by-day"
  }

  package let table: String
  package let holder: Holder
  /// How a quota of a role or team counts for people who change within a period.
  package let change: Change
  package let placement: Placement
  package let amount: String
  /// What each row's amount is multiplied by; 1 unless the plan says otherwise.
  package let scale: ExactDecimal
  package let target: Target
  package let zero: Zero
  /// Which part of a period's quota counts, for people who are there for a part of it.
  package let active: ActiveDays?
  /// Which part counts in somebody's first periods.
  package let ramp: Ramp?

  package init(
    table: String, holder: Holder, change: Change = .lastDay, placement: Placement, amount: String,
    scale: ExactDecimal, target: Target,
    zero: Zero, active: ActiveDays? = nil, ramp: Ramp? = nil
  ) {
    self.table = table
    self.holder = holder
    self.change = change
    self.placement = placement
    self.amount = amount
    self.scale = scale
    self.target = target
    self.zero = zero
    self.active = active
    self.ramp = ramp
  }

  /// How amounts in other currencies are converted; nil where all are in the plan's.
  package var conversion: QuotaConversion?

  /// The tables that it reads.
  package var tables: [String] {
    [table] + (active?.leave.map { [$0.table] } ?? []) + (conversion.map { [$0.rates.table] } ?? [])
  }
}

/// The days on which a payee is there: a quota counts by the active days of a period over all its days.
///
/// Worked number: a quota of 31,000 for January, for one hired on January 11: 21,000 when the first day counts, 20,000
/// when it does not.
package struct ActiveDays: Sendable, Equatable {
  package enum FirstDay: String, Sendable, CaseIterable {
    case counted
    case notCounted = "not-counted"
  }

  /// Days on which somebody is away, as rows of a table; the last day is still away.
  package struct Leave: Sendable, Equatable {
    package let table: String
    package let person: String
    package let from: String
    package let to: String

    package init(table: String, person: String, from: String, to: String) {
      (self.table, self.person, self.from, self.to) = (table, person, from, to)
    }
  }

  /// The attribute with the first day; without one, or an empty one, somebody was always there.
  package let from: String?
  /// The attribute with the last day, which counts.
  package let to: String?
  package let firstDay: FirstDay
  package let leave: Leave?

  package init(from: String?, to: String?, firstDay: FirstDay, leave: Leave?) {
    (self.from, self.to, self.firstDay, self.leave) = (from, to, firstDay, leave)
  }
}

/// The part of the quota that counts in somebody's first months, from the month of a day of theirs on.
///
/// The period that holds the day has the first share, one that begins so many months after that month the share of that
/// number; one that ends before the day has no quota.
/// Worked number: shares of 0 %, 50 % and 75 % since May 20: nothing in May, half of June's quota, three quarters of
/// July's, and August's whole.
package struct Ramp: Sendable, Equatable {
  /// The attribute with the day.
  package let since: String
  package let shares: [ExactDecimal]

  package init(since: String, shares: [ExactDecimal]) { (self.since, self.shares) = (since, shares) }
}
