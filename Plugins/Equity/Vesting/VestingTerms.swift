import PlanCalendar

/// How a grant vests: a graph of conditions, as the Open Cap Table Format has it.
struct VestingTerms {
  /// What a condition vests, each time that it occurs.
  enum Amount: Hashable {
    /// A part of the whole grant, or of what is not vested when the condition is reached.
    case portion(Fraction, ofRemainder: Bool)
    /// So many units.
    case quantity(Fraction)

    var isNothing: Bool {
      switch self {
      case .portion(let part, _): part.isZero
      case .quantity(let units): units.isZero
      }
    }
  }

  struct Condition {
    let id: String
    let amount: Amount
    let trigger: Trigger
    /// The conditions that can follow, highest priority first, by place.
    let next: [Int]
    /// A day after which nothing of this condition vests any more.
    let expires: Trigger?
    /// Where it stands in the component's config.
    let pointer: String
  }

  let name: String
  let allocation: Allocation
  let conditions: [Condition]

  /// The conditions with which vesting can begin: those that follow no other.
  var roots: [Int] {
    let followers = Set(conditions.flatMap(\.next))
    return conditions.indices.filter { !followers.contains($0) }
  }
}

/// What makes a condition occur.
indirect enum Trigger {
  /// The day on which vesting starts.
  case start
  case absolute(CalendarDate)
  /// An event that is recorded when it happens.
  case event(String)
  /// So long after the (last) occurrence of another condition, so many times.
  case relative(to: Int, Span)
  /// The first of several; one that has not happened counts as later than all.
  case earlierOf([Trigger])
  /// The last of several: nothing occurs before all have.
  case laterOf([Trigger])

  /// How many times it occurs.
  var occurrences: Int {
    switch self {
    case .start, .absolute, .event: 1
    case .relative(_, let span): span.occurrences
    case .earlierOf(let parts), .laterOf(let parts): parts.map(\.occurrences).max() ?? 1
    }
  }

  /// Whether time alone makes it occur.
  var isTimed: Bool {
    switch self {
    case .start, .absolute, .relative: true
    case .event: false
    case .earlierOf(let parts), .laterOf(let parts): parts.allSatisfy(\.isTimed)
    }
  }

  /// The first part of it that is time alone.
  var timed: Trigger? {
    if isTimed { return self }
    if case .earlierOf(let parts) = self { return parts.lazy.compactMap(\.timed).first }
    if case .laterOf(let parts) = self { return parts.lazy.compactMap(\.timed).first }
    return nil
  }

  /// The conditions whose days it counts from.
  var bases: [Int] {
    switch self {
    case .start, .absolute, .event: []
    case .relative(let base, _): [base]
    case .earlierOf(let parts), .laterOf(let parts): parts.flatMap(\.bases)
    }
  }

  /// The events that it looks at.
  var events: [String] {
    switch self {
    case .start, .absolute, .relative: []
    case .event(let name): [name]
    case .earlierOf(let parts), .laterOf(let parts): parts.flatMap(\.events)
    }
  }
}

/// A length of time that recurs.
struct Span {
  enum Unit: String, CaseIterable {
    case days = "DAYS"
    case months = "MONTHS"
  }

  let length: Int
  let unit: Unit
  let occurrences: Int
  let day: DayOfMonth
  /// How much passes before the first length begins.
  var lead = 0
  /// The occurrence on whose day the earlier ones vest too.
  var cliff = 1

  /// The day of occurrence `number`, from 1, after `base`.
  ///
  /// Months are counted in the calendar and the day is set anew each time, so that a short month leaves no mark:
  /// from 31 January, 28 February and then 31 March.
  func day(_ number: Int, after base: CalendarDate, start: CalendarDate) -> CalendarDate {
    let passed = lead + length * max(number, cliff)
    return switch unit {
    case .days: base.adding(days: passed)
    case .months: day.day(inMonthOf: base.startOfMonth(adding: passed), start: start)
    }
  }
}

/// On which day of a month something vests.
enum DayOfMonth: Hashable {
  /// The day on which vesting started, or the month's last day where it is shorter.
  case startDay
  /// This day, or the month's last day where it is shorter.
  case fixed(Int)

  /// The word of the Open Cap Table Format.
  var word: String {
    switch self {
    case .startDay: "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH"
    case .fixed(let day) where day > 28: "\(day)_OR_LAST_DAY_OF_MONTH"
    case .fixed(let day): day < 10 ? "0\(day)" : "\(day)"
    }
  }

  init?(word: String) {
    guard let found = ([.startDay] + (1...31).map { .fixed($0) } as [Self]).first(where: { $0.word == word })
    else { return nil }
    self = found
  }

  func day(inMonthOf month: CalendarDate, start: CalendarDate) -> CalendarDate {
    let wanted = if case .fixed(let day) = self { day } else { start.civil.day }
    let (year, number, _) = month.civil
    let last = CalendarDate.daysInMonth(number, of: year)
    return CalendarDate(year: year, month: number, dayOfMonth: min(wanted, last)) ?? month
  }
}

extension CalendarDate {
  /// The day so many calendar months later, or the last of a month that is shorter.
  func adding(months count: Int) -> CalendarDate {
    DayOfMonth.startDay.day(inMonthOf: startOfMonth(adding: count), start: self)
  }

  /// The whole calendar months from this day to a later one.
  func months(to later: CalendarDate) -> Int {
    let (from, to) = (civil, later.civil)
    let count = (to.year - from.year) * 12 + to.month - from.month
    return adding(months: count) <= later ? count : count - 1
  }
}
