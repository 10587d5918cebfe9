import ModuleKit
import PlanCalendar

/// One occurrence of a condition: what vests, and when.
struct Installment: Hashable {
  let day: CalendarDate
  let condition: Int
  /// From 1.
  let occurrence: Int
  /// In integers of the last digit.
  let units: Int64
}

/// Goes through the graph of conditions the one way that days and events take, and says what vests on the way.
///
/// Each day the next conditions are looked at in their order; the first that has occurred is gone to, and the others
/// are left for good. A condition that occurs several times is left before its last one when a next condition that
/// does not count from it comes earlier. An event that happened before its turn counts from the day of its turn.
struct VestingWalk {
  private let terms: VestingTerms
  private let start: CalendarDate
  private let events: [String: CalendarDate]
  private let total: Fraction
  private let places: Int
  /// The day of the last occurrence of each condition that was gone through.
  private var reached: [Int: CalendarDate] = [:]
  private var amounts: [Fraction] = []
  private var vested = Fraction.zero
  private var allotted: Int64 = 0
  private var installments: [Installment] = []

  /// The installments of a grant of `units`, in the order of their days.
  static func installments(
    _ terms: VestingTerms, units: Int64, places: Int, start: CalendarDate, events: [String: CalendarDate]
  ) throws(CalculationFault) -> [Installment] {
    var walk = VestingWalk(terms, units: units, places: places, start: start, events: events)
    try walk.run()
    return walk.installments
  }

  private init(
    _ terms: VestingTerms, units: Int64, places: Int, start: CalendarDate, events: [String: CalendarDate]
  ) {
    self.terms = terms
    self.start = start
    self.events = events
    self.places = places
    total = Fraction(units: units, places: places)
  }

  private mutating func run() throws(CalculationFault) {
    var now: CalendarDate?
    var candidates = terms.roots
    while let (place, _) = first(of: candidates, since: now) {
      guard let last = try goThrough(place, since: now) else { return }
      now = last
      candidates = terms.conditions[place].next
    }
  }

  /// The condition that comes first, by its day and then its priority.
  private func first(of candidates: [Int], since now: CalendarDate?) -> (Int, CalendarDate)? {
    var found: (Int, CalendarDate)?
    for place in candidates {
      guard let day = days(terms.conditions[place].trigger)[0] else { continue }
      let turn = max(day, now ?? day)
      if found.map({ turn < $0.1 }) ?? true { found = (place, turn) }
    }
    return found
  }

  /// Takes the occurrences of a condition; the day of the last one, nil where vesting ends with it.
  private mutating func goThrough(_ place: Int, since now: CalendarDate?) throws(CalculationFault)
    -> CalendarDate?
  {
    let condition = terms.conditions[place]
    let days = days(condition.trigger)
    let amount = try exact(condition.amount, unvested: total - vested)
    // What vests nothing is no tranche, and takes no part of what whole units leave over.
    let isNothing = condition.amount.isNothing
    let unitsTo = isNothing ? [] : try projected(condition, amount, days.count)
    let gate = condition.expires.flatMap { self.days($0)[0] }
    var last = now
    for (index, day) in days.enumerated() {
      guard var day else { return last }
      if let last, day < last { day = last }
      if index > 0, let other = first(of: condition.next, since: last), other.1 < day { return last }
      if let gate, day > gate { return nil }
      last = day
      if isNothing { continue }
      vested = try vested + amount
      guard vested <= total else {
        throw CalculationFault("`\(condition.id)` vests more than the \(total.shown) units that were granted")
      }
      amounts.append(amount)
      let units = max(0, unitsTo[index] - allotted)
      allotted += units
      installments.append(
        Installment(day: day, condition: place, occurrence: index + 1, units: units))
    }
    reached[place] = last
    return last
  }

  private func exact(_ amount: VestingTerms.Amount, unvested: Fraction) throws(CalculationFault) -> Fraction {
    switch amount {
    case .portion(let part, ofRemainder: true): try part * unvested
    case .portion(let part, ofRemainder: false): try part * total
    case .quantity(let units): units
    }
  }

  /// The units up to each occurrence of a condition, by the amounts so far and those that are expected to follow.
  private func projected(
    _ condition: VestingTerms.Condition, _ amount: Fraction, _ count: Int
  ) throws(CalculationFault) -> [Int64] {
    var amounts = amounts + Array(repeating: amount, count: count)
    var left = try total - vested - amount * Fraction(count)
    var next = condition.next
    while left.isPositive, let following = expected(next) {
      let amount = try exact(following.amount, unvested: left)
      let count = following.trigger.occurrences
      amounts += Array(repeating: amount, count: count)
      left = try left - amount * Fraction(count)
      next = following.next
    }
    let sums = try terms.allocation.cumulative(amounts, places: places)
    return Array(sums[self.amounts.count..<self.amounts.count + count])
  }

  /// Of the conditions that can follow, the one that is expected: the first to vest a part of the whole, else the
  /// first to vest anything.
  private func expected(_ next: [Int]) -> VestingTerms.Condition? {
    let vesting = next.map { terms.conditions[$0] }.filter { !$0.amount.isNothing }
    return vesting.first {
      if case .portion(_, ofRemainder: true) = $0.amount { false } else { true }
    } ?? vesting.first
  }

  /// The days on which a trigger occurs, nil for those that have not come.
  private func days(_ trigger: Trigger) -> [CalendarDate?] {
    switch trigger {
    case .start: return [start]
    case .absolute(let day): return [day]
    case .event(let name): return [events[name]]
    case .relative(let base, let span):
      guard let day = reached[base] else { return Array(repeating: nil, count: span.occurrences) }
      return (1...span.occurrences).map { max(day, span.day($0, after: day, start: start)) }
    case .earlierOf(let parts):
      return combined(parts, trigger.occurrences) { $0.compactMap { $0 }.min() }
    case .laterOf(let parts):
      return combined(parts, trigger.occurrences) { $0.contains(nil) ? nil : $0.compactMap { $0 }.max() }
    }
  }

  private func combined(
    _ parts: [Trigger], _ count: Int, _ pick: ([CalendarDate?]) -> CalendarDate?
  ) -> [CalendarDate?] {
    let each = parts.map { days($0) }
    return (0..<count).map { index in pick(each.map { $0.count == 1 ? $0[0] : $0[index] }) }
  }
}

extension Fraction {
  /// A number of units, for people.
  var shown: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
