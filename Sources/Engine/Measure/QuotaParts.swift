import Diagnostics
import Money
import PlanCalendar
import PlanModel
import Tables

/// Which part of a period's quota counts for a payee: by the days on which they are there, and while they ramp up.
///
/// Worked number: 31,000 for January at 21 of 31 days and half a ramp is 10,500: rounded once, half-even, to the digits
/// of the quotas.
struct QuotaParts {
  private let quota: Quota
  private let calendar: PlanCalendar
  private let people: Payees
  /// For each payee, the days on which they are away, ascending.
  private let away: [[Range<Int32>]]

  init(_ quota: Quota, _ calendar: PlanCalendar, _ context: RunData) {
    self.quota = quota
    self.calendar = calendar
    people = context.people
    var away = [[Range<Int32>]](repeating: [], count: context.people.count)
    if let leave = quota.active?.leave, let table = context.tables[leave.table],
      case .date(let from)? = table[leave.from]?.values, case .date(let to)? = table[leave.to]?.values
    {
      let owners = context.people.finder.indices(of: table[leave.person])
      for row in owners.indices where owners[row] >= 0 && from[row] <= to[row] {
        if table[leave.from]?.isMissing(row) ?? true || table[leave.to]?.isMissing(row) ?? true { continue }
        away[Int(owners[row])].append(from[row]..<to[row] + 1)
      }
      for payee in away.indices { away[payee].sort { $0.lowerBound < $1.lowerBound } }
    }
    self.away = away
  }

  /// Brings each quota down to the part that counts.
  func apply(to quotas: inout [Int64?], _ measure: Measure) throws(Diagnostic) {
    if quota.active == nil, quota.ramp == nil { return }
    let everybody = Array(0..<Int32(people.count))
    let count = calendar.periods.count
    for (number, period) in calendar.periods.enumerated() {
      let last = [Int32](repeating: period.end.day - 1, count: everybody.count)
      func days(_ attribute: String?) -> Column? {
        attribute.flatMap { people.attribute($0, payees: everybody, days: last) }
      }
      let (first, end) = (days(quota.active?.from), days(quota.active?.to))
      let since = days(quota.ramp?.since)
      for payee in everybody.indices {
        let place = payee * count + number
        guard let whole = quotas[place] else { continue }
        let share = rampShare(since?.date(payee), period)
        let active = activeDays(payee, first?.date(payee), end?.date(payee), period)
        let total = Int128(period.end.day - period.start.day)
        let (product, overflow) = (Int128(whole) * Int128(active)).multipliedReportingOverflow(
          by: share.coefficient)
        let (divisor, large) = total.multipliedReportingOverflow(
          by: PowersOfTen[min(share.scale, PowersOfTen.largestExponent)])
        guard !overflow, !large, share.scale <= PowersOfTen.largestExponent,
          let part = Int64(exactly: RoundingMode.halfEven.quotient(product, divisor))
        else { throw measure.overflow }
        quotas[place] = part
      }
    }
  }

  /// How many days of the period the payee is there.
  private func activeDays(
    _ payee: Int, _ first: CalendarDate?, _ last: CalendarDate?, _ period: Period
  ) -> Int {
    guard let active = quota.active else { return Int(period.end.day - period.start.day) }
    var start = period.start.day
    if let first { start = max(start, first.day + (active.firstDay == .counted ? 0 : 1)) }
    let end = min(period.end.day, last.map { $0.day + 1 } ?? period.end.day)
    var days = 0
    var next = start
    for leave in away[payee] where leave.upperBound > next && next < end {
      days += Int(max(0, min(leave.lowerBound, end) - next))
      next = max(next, leave.upperBound)
    }
    return days + Int(max(0, end - next))
  }

  /// The share of the ramp in a period: the first of them where the day lies, the whole after the last.
  private func rampShare(_ since: CalendarDate?, _ period: Period) -> ExactDecimal {
    guard let ramp = quota.ramp, let since else { return .one }
    if period.end <= since { return .zero }
    func month(_ day: CalendarDate) -> Int { day.civil.year * 12 + day.civil.month }
    let months = max(0, month(period.start) - month(since))
    return months < ramp.shares.count ? ramp.shares[months] : .one
  }
}
