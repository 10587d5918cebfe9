import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// The part of their target incentive that people have in each period.
///
/// Each day counts with the target that holds on it, and only while the payee is in the plan; it is rounded once, half-even,
/// to the currency's digits. Worked number: 12,000 a year until June 15 and 24,000 from then on is, spread equally, in June
/// 1,000 × 15/30 + 2,000 × 15/30, so 1,500.
struct PeriodTargets: Sendable {
  /// By payee and period; nil where no target is known.
  let amounts: [Int64?]
  let places: Int

  init?(_ data: RunData) throws(Diagnostic) {
    guard let pay = data.plan.people.pay else { return nil }
    let periods = data.plan.calendar.periods
    let everybody = Array(0..<Int32(data.people.count))
    let membership = data.plan.assignment == nil ? nil : try Membership(data)
    let name = PayMix.Stated.target.rawValue
    places = data.plan.currency.places
    var amounts = [Int64?](repeating: nil, count: everybody.count * periods.count)
    for (number, period) in periods.enumerated() {
      let days = period.start.day..<period.end.day
      // Where nothing changes from day to day, one day stands for all.
      let isPlain = membership == nil && !data.people.changes(name)
      let looked = isPlain ? days.prefix(1) : days[...]
      var sums = [ExactDecimal?](repeating: nil, count: everybody.count)
      for day in looked {
        let targets = data.people.attribute(
          name, payees: everybody, days: [Int32](repeating: day, count: everybody.count))
        for payee in everybody.indices {
          guard membership?.holds(payee, on: CalendarDate(day: day)) ?? true,
            let target = targets?.number(payee)
          else { continue }
          do { sums[payee] = try (sums[payee] ?? .zero).adding(target) } catch { throw Self.overflow(data) }
        }
      }
      let divisor = Int128(looked.count) * Int128(data.plan.calendar.parts(pay.spread, period).over)
      let factor = Int128(data.plan.calendar.parts(pay.spread, period).of)
      for payee in everybody.indices {
        guard let sum = sums[payee] else { continue }
        do {
          let exact = try ExactFraction(sum).multiplied(by: ExactFraction(factor, over: divisor))
          let digits = try exact.rounded(to: places, .halfEven).coefficient
          guard let short = Int64(exactly: digits) else { throw ArithmeticOverflow() }
          amounts[payee * periods.count + number] = short
        } catch {
          throw Self.overflow(data)
        }
      }
    }
    self.amounts = amounts
  }

  private static func overflow(_ data: RunData) -> Diagnostic {
    Diagnostic(
      .arithmeticOverflow, .error, "a target incentive is too large to be spread over its days",
      at: data.plan.name.span)
  }

  /// A cell a pair of payee and period.
  func column(_ pairs: some Sequence<Int>, name: String) -> Column {
    let cells = pairs.map { amounts[$0] }
    return Column(
      name: name, values: .decimal(cells.map { $0 ?? 0 }, places: places), missing: cells.map { $0 == nil })
  }
}

extension PlanCalendar {
  /// The part of a year's target that a whole period has: 1 of 12 months, or its days of those of its year.
  fileprivate func parts(_ spread: PayMix.Spread?, _ period: Period) -> (of: Int, over: Int) {
    let days = Int(period.end.day - period.start.day)
    switch spread {
    case nil: return (1, 1)
    case .equal: return (1, periodsInYear(days))
    case .days: return (days, daysInYear(of: period.start))
    }
  }

  private func periodsInYear(_ days: Int) -> Int {
    switch days {
    case ..<10: 52
    case ..<60: 12
    case ..<120: 4
    case ..<200: 2
    default: 1
    }
  }

  private func daysInYear(of day: CalendarDate) -> Int {
    if let year = weekYears?.years.last(where: { $0.start <= day }) { return 7 * year.weeks }
    let start = Self.windowStart(.year, of: day, fiscalYearStart: fiscalYearStart)
    return Int(start.startOfMonth(adding: 12).day - start.day)
  }
}
