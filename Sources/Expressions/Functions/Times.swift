import PlanCalendar

extension StandardFunction {
  /// CEL's functions of timestamps and durations; days take them too, where they have a meaning.
  static let times: [StandardFunction] = [
    StandardFunction(
      "timestamp", .global,
      [([.text], .timestamp), ([.integer], .timestamp), ([.timestamp], .timestamp), ([.date], .timestamp)]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .text(let text): .timestamp(try Timestamp(text))
      case .integer(let seconds): .timestamp(try Timestamp(seconds: seconds))
      case .date(let date): .timestamp(try Timestamp(seconds: Int64(date.day) * Timestamp.day))
      case .timestamp: values[0]
      default: nil
      }
    },
    StandardFunction(
      "duration", .global, [([.text], .duration), ([.duration], .duration)]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .text(let text): .duration(try TimeSpan(text))
      case .duration: values[0]
      default: nil
      }
    },
    part("getFullYear") { date, _ in date.civil.year },
    part("getMonth") { date, _ in date.civil.month - 1 },
    part("getDate") { date, _ in date.civil.day },
    part("getDayOfMonth") { date, _ in date.civil.day - 1 },
    part("getDayOfWeek") { date, _ in floorDivide(Int(date.day) + 4, 7).1 },
    part("getDayOfYear") { date, _ in
      Int(date.day - (CalendarDate(year: date.civil.year, month: 1, dayOfMonth: 1)?.day ?? date.day))
    },
    clock("getHours", unit: 3_600) { Int64($0 / 3600) },
    clock("getMinutes", unit: 60) { Int64($0 / 60 % 60) },
    clock("getSeconds", unit: 1) { Int64($0 % 60) },
    StandardFunction(
      "getMilliseconds", .method,
      [([.timestamp], .integer), ([.timestamp, .text], .integer), ([.duration], .integer)]
    ) { (values) throws(EvaluationFault) in
      switch values[0] {
      case .timestamp(let time): .integer(time.nanoseconds / 1_000_000)
      case .duration(let span): .integer(span.nanoseconds / 1_000_000 % 1000)
      default: nil
      }
    },
  ]

  /// The day and second of a timestamp, in the zone of the second value if there is one, or of a day.
  private static func civil(_ values: [Value]) throws(EvaluationFault) -> (date: CalendarDate, second: Int64)?
  {
    switch values[0] {
    case .date(let date) where values.count == 1: return (date, 0)
    case .timestamp(let time):
      guard values.count == 2 else { return time.civil(ahead: 0) }
      guard case .text(let zone) = values[1] else { return nil }
      guard let offset = Timestamp.offset(Array(zone.utf8)[...]) else {
        throw EvaluationFault("`\(zone)` is no zone; write how far it is ahead of UTC, as `+08:00`")
      }
      return time.civil(ahead: offset)
    default: return nil
    }
  }

  private static func part(
    _ name: String, _ get: @escaping @Sendable (CalendarDate, Int64) -> Int
  ) -> StandardFunction {
    StandardFunction(
      name, .method, [([.timestamp], .integer), ([.timestamp, .text], .integer), ([.date], .integer)]
    ) { (values) throws(EvaluationFault) in
      try civil(values).map { .integer(Int64(get($0.date, $0.second))) }
    }
  }

  /// A part of the time of day; of a duration, how often the unit of so many seconds goes into it.
  private static func clock(
    _ name: String, unit: Int64, _ get: @escaping @Sendable (Int64) -> Int64
  ) -> StandardFunction {
    StandardFunction(
      name, .method, [([.timestamp], .integer), ([.timestamp, .text], .integer), ([.duration], .integer)]
    ) { (values) throws(EvaluationFault) in
      if case .duration(let span) = values[0] { return .integer(span.nanoseconds / 1_000_000_000 / unit) }
      if case .date = values[0] { return nil }
      return try civil(values).map { .integer(get($0.second)) }
    }
  }
}
