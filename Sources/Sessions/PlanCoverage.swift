import Diagnostics
import Engine
import PlanCalendar
import PlanModel
import PlanReading

/// Who is in which of a book's plans on which days.
struct PlanCoverage {
  private let parts: [BookOutcome.Part]
  /// For each part, the number of each of its people by id.
  private let places: [[String: Int]]
  /// The ids of all people, ascending by their bytes.
  private let people: [String]

  init(_ parts: [BookOutcome.Part]) {
    self.parts = parts
    places = parts.map { part in
      Dictionary(
        part.outcome.result.data.people.ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    }
    people = Set(places.flatMap(\.keys)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func diagnostics(_ book: BookFile) -> [Diagnostic] {
    (book.book?.several == .refused ? several : []) + gaps(book)
  }

  private var days: Range<Int32> {
    let periods = parts.flatMap { $0.outcome.result.data.plan.calendar.periods }
    guard let start = periods.map(\.start.day).min(), let end = periods.map(\.end.day).max() else {
      return 0..<0
    }
    return start..<end
  }

  private func holds(_ part: Int, _ person: String, _ day: Int32) -> Bool {
    places[part][person].map { parts[part].membership.holds($0, on: CalendarDate(day: day)) } ?? false
  }

  /// For each two plans, who is in both, and from when.
  private var several: [Diagnostic] {
    var found: [Diagnostic] = []
    for second in parts.indices {
      for first in parts.indices.prefix(second)
      where parts[first].member.plan.text != parts[second].member.plan.text {
        let shared = people.compactMap { person -> (String, Range<Int32>)? in
          stretches(days) { holds(first, person, $0) && holds(second, person, $0) }.first.map { (person, $0) }
        }
        guard let (person, days) = shared.first else { continue }
        let plans = "`\(parts[first].member.label)` and `\(parts[second].member.label)`"
        found.append(
          Diagnostic(
            .severalPlans, .error,
            "`\(person)` is in \(plans) \(words(days))" + others(shared.count),
            at: parts[second].member.plan.span,
            help: "tell them apart by `payees`, or state `several_plans: allowed`"))
      }
    }
    return found
  }

  /// Who is in no plan between days on which they are in one, and who is in none at all.
  private func gaps(_ book: BookFile) -> [Diagnostic] {
    guard let name = book.book?.name else { return [] }
    var nowhere: [String] = []
    var between: [(String, Range<Int32>)] = []
    for person in people {
      let held = stretches(days) { day in parts.indices.contains { holds($0, person, day) } }
      if held.isEmpty { nowhere.append(person) }
      for (earlier, later) in zip(held, held.dropFirst()) {
        between.append((person, earlier.upperBound..<later.lowerBound))
        break
      }
    }
    var found: [Diagnostic] = []
    if let (person, days) = between.first {
      found.append(
        Diagnostic(
          .planGap, .warning, "`\(person)` is in no plan \(words(days))" + others(between.count),
          at: name.span))
    }
    if let person = nowhere.first {
      found.append(
        Diagnostic(
          .planGap, .warning, "`\(person)` is in no plan at all" + others(nowhere.count), at: name.span))
    }
    return found
  }

  private func stretches(_ days: Range<Int32>, _ holds: (Int32) -> Bool) -> [Range<Int32>] {
    var found: [Range<Int32>] = []
    for day in days where holds(day) {
      if let last = found.last, last.upperBound == day {
        found[found.count - 1] = last.lowerBound..<day + 1
      } else {
        found.append(day..<day + 1)
      }
    }
    return found
  }

  private func words(_ days: Range<Int32>) -> String {
    "from \(CalendarDate(day: days.lowerBound)) to \(CalendarDate(day: days.upperBound - 1))"
  }

  private func others(_ count: Int) -> String {
    count == 1 ? "" : ", and \(count - 1) \(count == 2 ? "other" : "others") so too"
  }
}
