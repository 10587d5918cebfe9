import PlanCalendar

/// A part of a grant that vests, or is lost, as one.
struct Tranche {
  /// How its units were lost.
  enum Loss {
    case forfeited
    case repurchased(RepurchasePrice)
  }

  /// Whether it was cancelled in such a way that its cost is borne at once.
  var bearsCost = false

  /// The place among the grant's tranches, from 1.
  let number: Int
  /// What it is called on a statement: `monthly 3 of 36`.
  let label: String
  /// Where the terms say so.
  var pointer: String
  /// The day on which it vests by its schedule; nil while an event has not come.
  var scheduled: CalendarDate?
  /// The day of an event before which nobody can say that it vests at all.
  let awaited: CalendarDate?
  /// Whether time alone makes it vest.
  let isTimed: Bool
  /// The units by the schedule.
  var units: Int64

  /// When it vested, and how much of it.
  var vestedOn: CalendarDate?
  var vested: Int64 = 0
  /// When it was lost, and how much of it.
  var lostOn: CalendarDate?
  var lost: Int64 = 0
  var loss = Loss.forfeited
  /// Why it vested early, or changed.
  var note = ""

  var isOpen: Bool { vestedOn == nil && lostOn == nil }

  mutating func vest(on day: CalendarDate, _ note: String, at pointer: String) {
    (vestedOn, vested, self.note, self.pointer) = (day, units, note, pointer)
  }

  mutating func lose(on day: CalendarDate, as loss: Loss = .forfeited) {
    (lostOn, lost, self.loss) = (day, units, loss)
  }

  /// Takes `count` units off as a tranche of their own.
  mutating func split(_ count: Int64) -> Tranche {
    var part = self
    part.units = count
    units -= count
    return part
  }
}

/// A grant and what became of it.
struct Holding {
  /// Units that left the holder's hands after they had vested.
  struct Departure {
    enum Kind { case exercised, cancelled, lapsed, repurchased(RepurchasePrice) }

    let day: CalendarDate
    let units: Int64
    let kind: Kind
    /// The row that says so, where there is one.
    var row: Int?
  }

  let grant: Grant
  var tranches: [Tranche]
  var departures: [Departure] = []
  /// Vested units that are still to be cancelled; `units` is nil for all that are left.
  var cancelled: [Facts.Movement] = []

  /// The units that vested up to a day.
  func vested(to day: CalendarDate) -> Int64 {
    tranches.reduce(0) { $0 + ($1.vestedOn.map { $0 <= day } ?? false ? $1.vested : 0) }
  }

  /// The units that were lost before they vested, up to a day.
  func lost(to day: CalendarDate) -> Int64 {
    tranches.reduce(0) { $0 + ($1.lostOn.map { $0 <= day } ?? false ? $1.lost : 0) }
  }

  /// The units that left after vesting, up to a day.
  func departed(to day: CalendarDate) -> Int64 {
    departures.reduce(0) { $0 + ($1.day <= day ? $1.units : 0) }
  }

  /// The units granted by a day that have neither vested nor been lost.
  func unvested(on day: CalendarDate) -> Int64 {
    guard grant.day <= day else { return 0 }
    return tranches.reduce(0) { sum, tranche in
      let isGone =
        (tranche.vestedOn.map { $0 <= day } ?? false) || (tranche.lostOn.map { $0 <= day } ?? false)
      return sum + (isGone ? 0 : tranche.units)
    }
  }
}
