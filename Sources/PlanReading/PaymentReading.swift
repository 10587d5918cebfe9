import Diagnostics
import PlanCalendar
import PlanModel
import YAMLSource

/// Reads `payment`: on which day a period is paid.
struct PaymentReading {
  let context: ReadingContext

  func read(_ node: YAMLNode) -> PaymentDay? {
    guard var reader = MappingReader(node, "`payment`", context) else { return nil }
    let daysAfter = reader.optionalInteger("days_after", 0...366)
    let day = dayOfMonth(&reader)
    let months = reader.optionalInteger("months_after", 0...12)
    let weekends = reader.statedWord(
      "weekends", PaymentDay.Weekends.self,
      asking: "whether a payment that falls on a weekend or holiday moves to the workday `before` or `after`")
    let holidays = holidays(reader.optional("holidays"), reader)
    reader.finish()
    guard let weekends else { return nil }
    switch (daysAfter, day) {
    case (let days?, nil):
      if months != nil, let node = node["months_after"] {
        context.report(.wrongValue, "`months_after` belongs to `day`", at: node.span)
      }
      return PaymentDay(.daysAfter(days), weekends: weekends, holidays: holidays)
    case (nil, let day?):
      return PaymentDay(.dayOfMonth(day, monthsAfter: months ?? 1), weekends: weekends, holidays: holidays)
    default:
      if node["day"] != nil, node["days_after"] == nil { return nil }
      context.report(
        .missingKey, "`payment` states either `day` or `days_after`", at: node.span.firstLine,
        help: "write `day: 15` for the 15th of the next month, or `days_after: 30`")
      return nil
    }
  }

  private func dayOfMonth(_ reader: inout MappingReader) -> Int? {
    if reader.node["day"]?.scalar?.text == "last" {
      if let node = reader.optional("day") { context.record?.note(.words(["last"]), at: node.span) }
      return 31
    }
    return reader.optionalInteger("day", 1...31)
  }

  private func holidays(_ node: YAMLNode?, _ reader: MappingReader) -> Set<CalendarDate> {
    guard let node else { return [] }
    guard let items = node.items else {
      context.report(.wrongType, "`holidays` must be a list of days", at: node.span)
      return []
    }
    return Set(items.compactMap { reader.date($0) })
  }
}
