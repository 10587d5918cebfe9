import Diagnostics
import Money
package import PlanCalendar
package import PlanModel
package import Tables

/// The exchange rates of a table, by currency and day.
struct ExchangeRates: Sendable {
  /// Digits after the point of every rate.
  let places: Int
  private static let none = Int64.min
  private let days: Range<Int32>
  // INVARIANT: for each code of a currency, no rates or one a day of `days`; those that were rejected are not above
  // zero.
  private var rates: [[Int64]]
  private let ownRate: [Int64]

  /// Rates on these days for the currencies of the pool.
  init?(
    _ source: RateTable, _ table: Table, currencies pool: TextPool, planCurrency: String, days: Range<Int32>,
    rejected: inout [RejectedRow]
  ) {
    guard let currency = table[source.currency], let rate = table[source.rate] else { return nil }
    self.days = days
    places = if case .decimal(_, let places) = rate.values { places } else { 0 }
    rates = [[Int64]](repeating: [], count: pool.count)
    let one = Int64(truncatingIfNeeded: PowersOfTen[places])
    // The plan's own currency needs no rows.
    ownRate = (0..<Int32(pool.count)).map { pool[$0] == planCurrency ? one : Self.none }
    var numbers: [String: Int] = [:]
    for code in 0..<Int32(pool.count) { numbers[pool[code]] = Int(code) }
    var spans = [[Int32: Span]](repeating: [:], count: pool.count)
    for row in 0..<table.rowCount {
      guard let value = rate.number(row), let digits = Int64(exactly: value.coefficient) else { continue }
      if digits <= 0 { rejected.append(Self.notPositive(row, value, source, table)) }
      guard let word = currency.text(row), let code = numbers[word],
        let days = source.days(of: row, in: table)
      else { continue }
      if var span = spans[code][days.lowerBound] {
        // Which of the two holds would be left to the order of the rows: neither does.
        rejected.append(Self.twin(span.row, of: row, source, table))
        rejected.append(Self.twin(row, of: span.row, source, table))
        span.digits = 0
        spans[code][days.lowerBound] = span
      } else {
        spans[code][days.lowerBound] = Span(days: days, row: row, digits: digits)
      }
    }
    for code in spans.indices where !spans[code].isEmpty { fill(code, spans[code]) }
  }

  /// The days for which a row holds.
  private struct Span {
    let days: Range<Int32>
    let row: Int
    var digits: Int64
  }

  /// The rate of a currency on a day, as an integer of the last digit; nil where the table has no good one.
  @inline(__always)
  func rate(code: Int32, day: Int32) -> Int64? {
    let rate = known(code, day)
    return rate > 0 ? rate : nil
  }

  /// Whether the table has rows with a rate for this currency and day, all of them rejected.
  func isRejected(code: Int32, day: Int32) -> Bool {
    let rate = known(code, day)
    return rate != Self.none && rate <= 0
  }

  @inline(__always)
  private func known(_ code: Int32, _ day: Int32) -> Int64 {
    let isKnown = !rates[Int(code)].isEmpty && days.contains(day)
    let known = isKnown ? rates[Int(code)][Int(day - days.lowerBound)] : Self.none
    return known == Self.none ? ownRate[Int(code)] : known
  }

  /// Writes the rates of one currency to their days; an open span ends where the next begins.
  private mutating func fill(_ code: Int, _ spans: [Int32: Span]) {
    var ofCode = [Int64](repeating: Self.none, count: days.count)
    for span in spans.values.sorted(by: { $0.days.lowerBound < $1.days.lowerBound }) {
      let filled = span.days.clamped(to: days)
      for day in filled { ofCode[Int(day - days.lowerBound)] = span.digits }
    }
    rates[code] = ofCode
  }

  private static func notPositive(
    _ row: Int, _ rate: ExactDecimal, _ source: RateTable, _ table: Table
  ) -> RejectedRow {
    RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: source.rate,
      code: .badNumber,
      message: "a rate of \(rate) converts nothing: a rate must be above zero",
      help: "write how much of the plan's currency one unit of this currency is worth")
  }

  private static func twin(_ row: Int, of other: Int, _ source: RateTable, _ table: Table) -> RejectedRow {
    let currency = table[source.currency]?.display(row) ?? ""
    let day = source.date.flatMap { table[$0]?.display(row) }
    let time =
      switch source.at {
      case .month, .monthEnd: " for the month of \(day ?? "")"
      default: day.map { " for \($0)" } ?? ""
      }
    return RejectedRow(
      table: table.name, file: table.file(of: row), line: Int(table.lines[row]), column: source.rate,
      code: .duplicateKey,
      message: "line \(table.lines[other]) has a rate of \(currency)\(time) too",
      help: "keep one of the rows; none of them is used")
  }
}

extension RateTable {
  /// The days for which a row of the table holds; nil for one that holds on none, as with a day inside a month whose end
  /// is wanted.
  fileprivate func days(of row: Int, in table: Table) -> Range<Int32>? {
    guard let date else { return Int32.min..<Int32.max }
    guard let date = table[date]?.date(row) else { return nil }
    let month = date.startOfMonth().day..<date.startOfMonth(adding: 1).day
    return switch at {
    case .day: date.day..<date.day + 1
    // Until the next one, which is written over it.
    case .latest: date.day..<Int32.max
    case .month: month
    case .monthEnd: date.day + 1 == month.upperBound ? month : nil
    case .plan: Int32.min..<Int32.max
    }
  }

  /// The row with the rate of a currency on a day, for those who want to see it.
  package func row(of code: String, on day: CalendarDate, in table: Table) -> Int? {
    let fitting = (0..<table.rowCount).filter { row in
      table[currency]?.text(row) == code && days(of: row, in: table)?.contains(day.day) == true
    }
    guard let date else { return fitting.first }
    return fitting.max { (table[date]?.date($0)?.day ?? 0) < (table[date]?.date($1)?.day ?? 0) }
  }
}
