import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// Which options are incentive stock options: those meant as such, up to the limit of each year.
struct ISOSplit {
  struct Part {
    let day: CalendarDate
    let iso: Int64
    let nso: Int64
    let words: String
  }

  /// The parts of each holding, in the order of their days.
  private(set) var parts: [[Part]] = []

  /// Parts what is first exercisable in each calendar year at the limit, in the order of the grants.
  ///
  /// Worked number: a limit of 100,000 and 2,500 options of each of two grants at 25.00 and 30.00 in one year: 62,500
  /// and 37,500 of the second's 75,000, so that 1,250 of its options are incentive stock options and 1,250 are not.
  init(_ holdings: [Holding], _ terms: Terms) throws(CalculationFault) {
    var used: [Int: Fraction] = [:]
    for holding in holdings {
      let grant = holding.grant
      var own: [Part] = []
      for tranche in holding.tranches.sorted(by: { ($0.first, $0.number) < ($1.first, $1.number) }) {
        let count = tranche.vested > 0 ? tranche.vested : tranche.units
        guard tranche.first != .distant else { continue }
        var within = grant.isISO ? count : 0
        if grant.isISO, let limit = terms.isoLimit {
          let value = try Self.value(grant, terms)
          let year = tranche.first.civil.year
          let free = max(.zero, try limit - (used[year] ?? .zero))
          within = min(
            count, try (free / value).rounded(to: 0, .down) * Int64(PowersOfTen[terms.unitPlaces]))
          used[year] = try (used[year] ?? .zero) + Fraction(units: count, places: terms.unitPlaces) * value
        }
        guard let day = tranche.vestedOn else { continue }
        own.append(
          Part(day: day, iso: within, nso: count - within, words: "\(grant.id): \(tranche.label)"))
      }
      parts.append(own)
    }
  }

  /// The incentive stock options of a holding that have vested up to a day.
  func iso(_ place: Int, to day: CalendarDate) -> Int64 {
    parts[place].reduce(0) { $0 + ($1.day <= day ? $1.iso : 0) }
  }

  private static func value(_ grant: Grant, _ terms: Terms) throws(CalculationFault) -> Fraction {
    if let value = grant.marketValue, value.isPositive { return value }
    throw CalculationFault(
      "grant `\(grant.id)` has no market value, which the limit is counted in",
      at: [terms.grants.place(grant.row, "market_value")])
  }
}

extension Tranche {
  /// The day on which it is first exercisable: what was lost in the year in which it would have been still counts.
  fileprivate var first: CalendarDate {
    if let vestedOn { return vestedOn }
    guard let scheduled, let lostOn, lostOn.civil.year == scheduled.civil.year else { return .distant }
    return scheduled
  }
}

extension EntryMaker {
  /// Tells incentive stock options from others as they become exercisable.
  mutating func tell(_ split: ISOSplit) {
    for part in split.parts.flatMap({ $0 }) {
      add(.iso, part.day, part.iso, part.words, "/iso_limit")
      add(.nso, part.day, part.nso, part.words, "/iso_limit")
    }
  }
}
