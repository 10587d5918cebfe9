import ModuleKit
import ModuleProtocol
import Money
import PlanCalendar

/// A bonus for events that are reached once: the first deal, a certificate, a launch.
///
/// Each is paid in the period of the first day on which it was reached; a second row of it pays nothing, nor does a
/// milestone that was reached before the first period. Worked number: 500 for the first deal by 31 March, reached on 10
/// March and again on 2 April, pays 500 in March; reached on 2 April alone, after `until`, nothing.
struct Milestones: PeriodBonus {
  struct Milestone {
    let name: String
    let amount: ExactDecimal
    /// The last day on which it counts.
    let until: CalendarDate?
    let pointer: String
  }

  /// Where it stands who reached what: a row an event.
  struct Events {
    let table: String
    let person: String
    let milestone: String
    let date: String
    let evidence: String?
  }

  let milestones: [Milestone]
  let events: Events
  let scaling: Scaling
  let rounding: RoundingMode
  let places: Int

  var needs: ColumnNeeds {
    let dates: [ColumnNeeds.Need] = [.init("period.from", .date), .init("period.to", .date)]
    let columns: [ColumnNeeds.Need] =
      [
        .init(events.milestone, .key, at: "/milestones/reached/milestone"),
        .init(events.date, .date, at: "/milestones/reached/date"),
      ] + (events.evidence.map { [.init($0, .key, at: "/milestones/reached/evidence")] } ?? [])
    return ColumnNeeds(
      periods: (dates + scaling.needs).withoutRepeats,
      tables: [
        ColumnNeeds.TableNeed(
          events.table, person: events.person, columns: columns, at: "/milestones/reached/table")
      ])
  }

  var gives: ColumnGifts { ColumnGifts(places: places, isSummable: true) }

  func outcome(_ batch: Batch) throws(CalculationFault) -> BonusOutcome {
    let scaling = try scaling.over(batch.periods)
    let payees = try batch.periods.numbers("payee").values
    let from = try batch.periods.days("period.from").numbers
    let to = try batch.periods.days("period.to").numbers
    let first = try firstDays(batch)
    var parts = [[Part]](repeating: [], count: batch.periods.count)
    for row in payees.indices {
      for milestone in milestones {
        guard let event = first[payees[row]]?[milestone.name] else { continue }
        guard from[row] <= event.day, event.day <= to[row] else { continue }
        if let until = milestone.until, until.day < event.day { continue }
        let factor = try scaling.factor(row...row)
        let amount = try rounded(try ExactFraction(milestone.amount) * factor.number, rounding)
        let evidence = event.evidence.map { " (\($0))" } ?? ""
        let words = "\(milestone.name), reached on \(CalendarDate(day: event.day))\(evidence)\(factor.words)"
        parts[row].append(Part(amount: amount, words: words, pointer: milestone.pointer))
      }
    }
    return BonusOutcome(parts: parts)
  }

  /// The first day on which each payee reached each milestone.
  private func firstDays(
    _ batch: Batch
  ) throws(CalculationFault) -> [Int64: [String: (day: Int32, evidence: String?)]] {
    guard let table = batch.tables[events.table] else {
      throw CalculationFault("table `\(events.table)` is missing")
    }
    let owners = try table.numbers("payee").values
    let (names, days) = (try table.keys(events.milestone), try table.days(events.date))
    let evidence = try events.evidence.map { name throws(CalculationFault) in try table.keys(name) }
    var first: [Int64: [String: (day: Int32, evidence: String?)]] = [:]
    for row in 0..<table.count {
      guard let name = names.name(row), let day = days.day(row)?.day else { continue }
      let words = evidence?.name(row)
      if let other = first[owners[row]]?[name], (other.day, other.evidence ?? "") <= (day, words ?? "") {
        continue
      }
      first[owners[row], default: [:]][name] = (day, words)
    }
    return first
  }
}
