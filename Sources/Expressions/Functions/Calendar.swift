import Money
import PlanCalendar

extension StandardFunction {
  /// Functions of days, which CEL has none of.
  static let calendar: [StandardFunction] = [
    StandardFunction(
      "date", .global,
      [([.text], .date), ([.timestamp], .date), ([.date], .date), ([.integer, .integer, .integer], .date)]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .text(let text):
        guard let date = CalendarDate(text) else { throw notRead(text, "a day, like `2026-03-31`") }
        return .date(date)
      case .timestamp(let time): return .date(time.civil(ahead: 0).date)
      case .date: return values[0]
      case .integer(let year):
        guard values.count == 3, case .integer(let month) = values[1], case .integer(let day) = values[2]
        else {
          return nil
        }
        let date = CalendarDate(
          year: Int(clamping: year), month: Int(clamping: month), dayOfMonth: Int(clamping: day))
        guard let date else { throw notRead("\(year)-\(month)-\(day)", "a day") }
        return .date(date)
      default: return nil
      }
    },
    count("year") { $0.civil.year },
    count("month") { $0.civil.month },
    count("quarter") { ($0.civil.month + 2) / 3 },
    count("day") { $0.civil.day },
    later("addDays") { (day, count) throws(EvaluationFault) in try day.shifted(days: count) },
    later("addMonths") { (day, count) throws(EvaluationFault) in try day.shifted(months: count) },
    later("addYears") { (day, count) throws(EvaluationFault) in
      let (months, overflow) = count.multipliedReportingOverflow(by: 12)
      return try day.shifted(months: overflow ? .max : months)
    },
    between("daysUntil") { Int64($1.day) - Int64($0.day) },
    between("monthsUntil") { $0.months(until: $1) },
  ]

  private static func count(
    _ name: String, _ get: @escaping @Sendable (CalendarDate) -> Int
  ) -> StandardFunction {
    StandardFunction(name, .method, [([.date], .integer)]) { (values) throws(EvaluationFault) in
      if case .date(let date) = values[0] { .integer(Int64(get(date))) } else { nil }
    }
  }

  private static func later(
    _ name: String, _ move: @escaping @Sendable (CalendarDate, Int64) throws(EvaluationFault) -> CalendarDate
  ) -> StandardFunction {
    StandardFunction(name, .method, [([.date, .number], .date)]) { (values) throws(EvaluationFault) in
      guard case .date(let date) = values[0], let number = values[1].fraction else { return nil }
      guard number.denominator == 1, let count = Int64(exactly: number.numerator) else {
        throw EvaluationFault("`\(name)` takes a whole number")
      }
      return .date(try move(date, count))
    }
  }

  private static func between(
    _ name: String, _ measure: @escaping @Sendable (CalendarDate, CalendarDate) -> Int64
  ) -> StandardFunction {
    StandardFunction(name, .method, [([.date, .date], .integer)]) { (values) throws(EvaluationFault) in
      guard case .date(let from) = values[0], case .date(let to) = values[1] else { return nil }
      return .integer(measure(from, to))
    }
  }
}
